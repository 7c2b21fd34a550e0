"""Views of charts, the drawing of the timeline and the grid. The rules of `views.py` apply."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import CitationGroup, Prose


@dataclass(frozen=True, slots=True)
class PictureView:
    """An SVG drawing: its view box, and its content as safe text."""

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
    """Kind of the chart and its units, in words."""
    told: str
    """Its data in words if they are few, otherwise first and last, highest and lowest values."""
    wide: PictureView
    narrow: PictureView
    tall: bool
    """Whether it is too tall in a column of text and uses the whole width."""
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
    """The drawing of the timeline; the list below it has the same content."""

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
    """Questions that fit in one table, by number and words, with a row for each expert."""

    questions: tuple[tuple[int, str], ...]
    rows: tuple[GridRow, ...]
    keep: bool
    """Whether it has few enough rows to stay on one page."""
