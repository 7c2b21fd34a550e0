"""The smallest parts of a brief: texts with their places, prose and citations, dates, amounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.problems import Location


@dataclass(frozen=True, slots=True)
class Text:
    """A string as its author wrote it."""

    value: str
    place: Location
    raw: str = ""
    """The slice of the file from which it was read, with quotes and indentation; `syntax.spans` maps offsets with it."""

    def __str__(self) -> str:
        return self.value

    def __bool__(self) -> bool:
        return bool(self.value.strip())


@dataclass(frozen=True, slots=True, order=True)
class Date:
    """A date as exact as it is known: a year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as people write it, parsed. `low` equals `high` unless it is a range."""

    low: Decimal
    high: Decimal
    qualifier: str = ""
    """One of "", "about", "under", "over", "at least", "at most"."""
    unit: str = ""
    """ISO 4217 code for money (`USD`), `%`, or a word as written (`chips`)."""
    written: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A problem that the author accepts, with the reason; applies to the record that contains it."""

    code: str
    reason: str
    place: Location


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture in its published form: decoded and encoded again, so that it contains nothing but the picture."""

    kind: str
    """`jpeg`, `png` or `svg`."""
    width: int
    height: int
    """In pixels; for an SVG in its own units (CSS pixels)."""
    data: bytes
    digest: str
    """SHA-256 of the author's file, hexadecimal."""


@dataclass(frozen=True, slots=True)
class Locator:
    """A place inside a source: `label` is a CSL locator term (`page`, `paragraph`, `article-locator` ...)."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One `@key` with its prefix, locator and suffix, as in pandoc's syntax."""

    key: str
    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    offset: int = 0
    """Offset of the key in the string from which it was read."""


@dataclass(frozen=True, slots=True)
class CitationGroup:
    """Citations that belong together and get one number: `[@a, p. 3; @b]`."""

    citations: tuple[Citation, ...]
    place: Location
    in_text: bool = False
    """`@key [p. 3]` in prose: the author's name is part of the sentence."""
    inside: bool = False
    """Printed inside the note of the footnote that contains it. A citation group without citations is such a footnote."""


@dataclass(frozen=True, slots=True)
class FactReference:
    """`[#fact-id]` in prose; a shared fact's id begins with `shared:`."""

    fact: str
    place: Location
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Placement:
    """`![#picture:harbour]` on a line of its own: what is printed there, by kind and id."""

    kind: str
    """As written; empty if nothing precedes the id."""
    id: str
    place: Location

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class ProseQuotation:
    """Words in quotation marks, or a block quotation, in prose."""

    words: str
    place: Location
    citation_groups: tuple[int, ...]
    """Which of the prose's citation groups are near it; empty if there is none."""
    block: bool = False
    scare: bool = False
    """Marked by the author as not a quotation: `["so-called"]{.scare}`."""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """`[^label]: text` in prose, which is printed among the numbered notes."""

    label: str
    place: Location
    citation_groups: tuple[int, ...]
    """Which of the prose's citation groups are in it, in order."""


@dataclass(frozen=True, slots=True)
class BriefLink:
    """A link to another brief in prose: `[words](brief:slug#id)`."""

    slug: str
    id: str
    """Of a question, a fact, an option, a voice or a table there, or `question.expert` for a cell; empty for the whole brief."""
    place: Location

    @property
    def address(self) -> str:
        """Return the address as in the prose, without `brief:`."""
        return f"{self.slug}#{self.id}" if self.id else self.slug


@dataclass(frozen=True, slots=True)
class Line:
    """A line of plain text that contains quotation marks; other lines are stored as text only."""

    text: Text
    quotations: tuple[ProseQuotation, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown with citations and references to facts, read but not yet rendered."""

    text: Text
    citation_groups: tuple[CitationGroup, ...] = ()
    facts: tuple[FactReference, ...] = ()
    quotations: tuple[ProseQuotation, ...] = ()
    plain: str = ""
    """The words only, for counting and wording checks, without those of footnotes."""
    footnotes: tuple[Footnote, ...] = ()
    placements: tuple[Placement, ...] = ()
    links: tuple[BriefLink, ...] = ()
    """Links to other briefs."""

    def __bool__(self) -> bool:
        return bool(self.text)
