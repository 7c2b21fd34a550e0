"""Charts, the picture of the timeline and the grid, ready to print. The rules of `views.py` hold here."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import CitationGroup, Prose


@dataclass(frozen=True, slots=True)
class PictureView:
    """An SVG drawing: its view box, and its content as text, which is safe to print."""

    width: str
    height: str
    body: str


@dataclass(frozen=True, slots=True)
class ChartCell:
    words: str
    kind: str
    """`number`, `words` or `empty`."""


@dataclass(frozen=True, slots=True)
class ChartView:
    id: str
    title: str
    """Its number and caption."""
    kind: str
    """What kind of chart it is and what it counts, in words."""
    told: str
    """Its data in words where these read as language, or else what they begin and end with, and what is highest and lowest."""
    wide: PictureView
    narrow: PictureView
    tall: bool
    """Too tall in a column of text: drawn over the whole width."""
    data_title: str
    head: tuple[str, ...]
    rows: tuple[tuple[ChartCell, ...], ...]
    cluster: CitationGroup | None
    source: str
    """The line that names the source."""
    derived: str
    note: Prose | None
    placed: bool = False
    """Whether a section prints it."""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The picture of the timeline; what it shows stands in the list below it."""

    told: str
    wide: PictureView
    narrow: PictureView


@dataclass(frozen=True, slots=True)
class GridCell:
    """One expert on one question: the label of the stance, or the reason of the gap."""

    words: str
    steps: tuple[bool, ...]
    """True at the place of the label on a scale with ranks."""
    href: str
    gap: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GridTable:
    """As many questions as stand side by side, by number and words, with a row for each expert."""

    questions: tuple[tuple[int, str], ...]
    rows: tuple[GridRow, ...]
    keep: bool
    """Few enough rows to stay on one page."""
