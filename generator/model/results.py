"""What the citation processor and the quotation gate make of a brief, for the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.problems import Location


class CitationKind(StrEnum):
    NOTE = "note"
    AUTHOR_DATE = "author-date"
    NUMERIC = "numeric"


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    key: str
    html: str


@dataclass(frozen=True, slots=True)
class FormattedCitations:
    """What the citation processor made of the citation groups of one brief, in their order."""

    kind: CitationKind
    citation_groups: tuple[str, ...]
    """HTML: for a note style the text of each note, otherwise what stands in the sentence."""
    bibliography: tuple[BibliographyEntry, ...]
    in_text: tuple[str, ...] = ()
    """For a note style: what stands in the sentence beside each note, which is the author's name where `CitationGroup.in_text`
    asks for it and "" elsewhere. Empty for other styles."""


class Verdict(StrEnum):
    """What is known of a quotation. Only `VERIFIED` and `LOCKED` publish."""

    VERIFIED = "verified"
    LOCKED = "locked"
    """Unchanged since it was verified against the capture that the lock pins; the capture is not here."""
    ABSENT = "absent"
    UNCHECKED = "cannot be checked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quotation or passage with what was found of it, for the evidence annex and the lock."""

    words: str
    source: str
    kind: str
    """`quote`, `support`, `attributed` or `prose`."""
    verdict: Verdict
    place: Location
    where: str = ""
    """Where in the capture it stands: `para. 5`, `p. 3`."""
    captured: str = ""
    """ISO date."""
    digest: str = ""
    """SHA-256 of the captured text, hexadecimal."""
    alterations: str = ""
    """Who has checked the editor's alterations, and why they are right."""
