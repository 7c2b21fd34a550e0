"""Sections, charts, tables, pictures and boxes, ready to print. The rules of `views.py` hold here."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import CitationGroup, Prose
from generator.render.page.views import Head, Words


@dataclass(frozen=True, slots=True)
class PictureView:
    """An SVG drawing: its view box, its content as safe text, and the size of its words in units of the view box."""

    width: str
    height: str
    body: str
    font_size: float


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
class SectionView:
    id: str
    heading: str
    text: Prose
    wide: bool
    """Whether it contains a table or chart, which needs the width of the page."""


@dataclass(frozen=True, slots=True)
class ImageView:
    id: str
    file: str
    """Its name among the page's files, for `address`."""
    alt: str
    lead: str
    """What stands before the caption: `Figure 1. `."""
    caption: str
    credit: str
    """Credit and licence, as one phrase."""
    cluster: CitationGroup | None
    source: str
    """The line with its source."""
    width: int
    height: int
    """In pixels."""
    paper: str
    """Largest width in print, in mm."""
    window: int
    """Largest width on the screen, in CSS pixels."""


@dataclass(frozen=True, slots=True)
class PullQuoteView:
    id: str
    words: Words
    head: Head


@dataclass(frozen=True, slots=True)
class BoxView:
    id: str
    heading: str
    text: Prose
    keep: bool
    """Whether it is short enough to stay on one page."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """The header of a column; `kind` is `number` or `words`."""

    head: str
    kind: str


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A cell as it is printed."""

    words: str
    kind: str
    """`number`, `words` or `empty`."""
    pad: int = 0
    """How many fewer decimals it has than its column; with `whole`, the decimal mark is missing too."""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    id: str
    title: str
    """Its number and caption."""
    units: str
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[TableEntry, ...], ...]
    cluster: CitationGroup | None
    source: str
    """The line that names the source."""
    derived: str
    note: Prose | None
    whole_words: bool
    """Whether its longest words fit next to each other, so that none has to be divided."""
    narrow: bool
    """Whether they fit even in half of the page."""
    placed: bool = False
    """Whether a section prints it."""
