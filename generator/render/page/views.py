"""Views: records of a page, ready to print by templates that decide nothing. Here, what several share.

Every word is in the brief's language and every date is formatted. `Prose` and citation groups are rendered when a template uses
them, because note numbers follow the reading order of the preset.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import CitationGroup, Prose


@dataclass(frozen=True, slots=True)
class When:
    """A date in words and, for `<time datetime>`, in ISO 8601 (`2025`, `2025-01` or `2025-01-29`)."""

    words: str
    iso: str


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a quotation: `plain`, `editorial` (square brackets and omission marks) or `emphasis` (added)."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Link:
    """A place on this page (`#...`) or an address, and its words."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Stance:
    """A label and its place on the question's scale: `steps` is true at one place, and empty if labels have no order."""

    label: str
    steps: tuple[bool, ...]
    rank: int = 0
    """Its place among them, from 1."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said, with its source."""

    paraphrase: Prose | None
    quote: tuple[Run, ...]
    opening: str
    closing: str
    cluster: CitationGroup | None
    marks: str
    """`emphasis added`, the translator: printed after the quotation in brackets."""
    said: str
    """Where and when it was said, if known."""
    source: str
    """The source line: source, date and locator, with "as quoted in" if needed."""
    language: str = ""
    """BCP 47 tag of the quotation; empty if it is the page's."""
    direction: str = ""
    """`rtl` or `ltr` of the quotation, if it is not the page's."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A position held before, still visible."""

    heading: str
    stance: Stance | None
    words: Words


@dataclass(frozen=True, slots=True)
class Head:
    """The header of an expert's column, or of a voice: name, and affiliation at the time of the statement."""

    id: str
    name: str
    short: str
    affiliation: str
    now: str
    """Today's affiliation if it differs, as a phrase."""
    institution: str
    """A word for an institution, if the column is not a person's."""
    affiliation_line: str = ""
    """The affiliation on a separate line: it begins with a capital, unless it is an organisation's own name."""
