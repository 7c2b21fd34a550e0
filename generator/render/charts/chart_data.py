"""What a chart draws: rows and series, with their colours, and the sizes of words and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE = 482.0
"""Units of the whole width: 170 mm in points."""
NARROW = 216.0
"""Units of the width of a column of text, and on a phone."""
SIZE = 8.6
"""Size of labels and other words, in units."""
LEADING = 10.6
"""Line height in units."""


@dataclass(frozen=True, slots=True)
class PlottedValue:
    """A number with its printed words; a gap in the data has no number. Dates are days since the year 1."""

    at: float | None = None
    words: str = ""
    until: float | None = None
    """The last day of a date with only month or year."""


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A label with one value for each series. `at` is its place on an axis of dates, if labels are dates."""

    label: str
    values: tuple[PlottedValue, ...]
    at: float | None = None


SERIES = ("#12284a", "#c2571a", "#2f9e91", "#7d4fa3", "#b8892a", "#5a6472")
"""Each has a contrast of at least 3 to 1 to white paper, and differs in lightness or hue for every kind of colour vision."""


@dataclass(frozen=True, slots=True)
class Plotted:
    """A chart to be drawn. `id` distinguishes its patterns from those of other charts on the page."""

    id: str
    kind: str
    """`bar`, `grouped-bar`, `line`, `dot`, `range`, `position` or `timeline`."""
    series: tuple[str, ...]
    rows: tuple[ChartRow, ...]
    units: str
    language: str
    gap: str
    """Printed instead of a missing number."""
    missing: str
    """Names the labels whose first number is missing; empty if none is."""
    off_zero: str
    """Printed if an axis does not begin at zero."""
    log_note: str = ""
    """Printed where the axis is logarithmic; empty where it is not."""
    labels_title: str = ""
    """Title of the axis of labels."""
    ends: tuple[str, ...] = ()
    """Meanings of the two ends of the axis of positions."""
    span: tuple[float, ...] = ()
    """Numbers at the two ends of that axis, if they do not come from the data."""
    mirrored: bool = False
    colours: tuple[str, ...] = SERIES

    def numbers(self) -> list[float]:
        return [value.at for row in self.rows for value in row.values if value.at is not None]


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """A drawing: the content of an `<svg>` element with this view box."""

    width: str
    height: str
    body: str


INK = "#17202c"
SOFT = "#525d6b"
GRID = "#d5dbe4"
AXIS = "#525d6b"
PAPER = "#ffffff"
MOST = len(SERIES)
DASHES = ("", "6 2.5", "2 2", "8 2.5 2 2.5", "4 1.5", "1.2 2.2")
MARKERS = ("circle", "square", "triangle", "diamond", "ring", "box")


def palette(first: Sequence[str]) -> tuple[str, ...]:
    """Return the colours of the series: those of a design, then the program's own."""
    return (*first[:MOST], *SERIES[len(first) :])


_PATTERNS = (
    "",
    '<path d="M-1 6L6 -1M0 0" {ink} stroke-width="2"/><path d="M-1 1L1 -1M4 6L6 4" {ink} stroke-width="2"/>',
    '<circle cx="2.5" cy="2.5" r="1.25" {fill}/>',
    '<path d="M0 2.5H5" {ink} stroke-width="1.9"/>',
    '<path d="M0 0L5 5M-1 4L1 6M4 -1L6 1" {ink} stroke-width="1.3"/>',
    '<path d="M2.5 0V5M0 2.5H5" {ink} stroke-width=".9"/>',
)
"""Patterns in a tile of five by five units; the first series is solid."""


def pattern(number: int, name: str, colour: str) -> str:
    """Return the `<pattern>` of a series with this id; empty for the first, which is solid."""
    drawn = _PATTERNS[number % MOST]
    if not drawn:
        return ""
    marks = drawn.format(
        ink=f'class="line-{number}" stroke="{colour}" fill="none"', fill=f'class="fill-{number}" fill="{colour}"'
    )
    ground = f'<rect class="paper" width="5" height="5" fill="{PAPER}"/>'
    return f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse">{ground}{marks}</pattern>'
