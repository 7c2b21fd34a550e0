"""Results of citing and verifying a brief, and its translations, for its page."""

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
    """The formatted citation groups of one brief, in their order."""

    kind: CitationKind
    citation_groups: tuple[str, ...]
    """HTML: for a note style the text of each note, otherwise the text in the sentence."""
    bibliography: tuple[BibliographyEntry, ...]
    in_text: tuple[str, ...] = ()
    """For a note style: the text in the sentence next to each note, which is the author's name if `CitationGroup.in_text` is true, and ""
    otherwise. Empty for other styles."""


class Verdict(StrEnum):
    """The result for a quotation. Only `VERIFIED` and `LOCKED` can be published."""

    VERIFIED = "verified"
    LOCKED = "locked"
    """Unchanged since it was verified against the capture that the lock pins; the capture is not on this machine."""
    ABSENT = "absent"
    UNCHECKED = "cannot be checked"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quotation or passage with its result, for the evidence annex and the lock."""

    words: str
    source: str
    kind: str
    """`quote`, `support`, `attributed` or `prose`."""
    verdict: Verdict
    place: Location
    where: str = ""
    """Where it is in the capture: `para. 5`, `p. 3`."""
    captured: str = ""
    """ISO date."""
    digest: str = ""
    """SHA-256 of the captured text, hexadecimal."""
    alterations: str = ""
    """Who has checked the editor's alterations, and why they are right."""


@dataclass(frozen=True, slots=True)
class LanguageVersion:
    """A brief in one language, as a link to it needs it."""

    language: str
    stem: str
    original: bool
