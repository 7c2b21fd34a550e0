"""Data of a chart to draw, and the drawing."""

from __future__ import annotations

from dataclasses import dataclass

from generator.render.charts.series_colours import SERIES

WIDE = 482.0
"""Units of the whole width: 170 mm in points."""
NARROW = 216.0
"""Units of the width of a column of text, and on a phone."""
SIZE = 8.6
"""Font size in units."""
LEADING = 10.6
"""Line height in units."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number with its printed words; a gap in the data has no number. Dates are days since the year 1."""

    at: float | None = None
    words: str = ""
    until: float | None = None
    """The last day of a date with only month or year."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label with one value for each series. `at` is its place on an axis of dates, if labels are dates."""

    label: str
    values: tuple[Value, ...]
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Plotted:
    """A chart to be drawn. `id` distinguishes its patterns from those of other charts on the page."""

    id: str
    kind: str
    """`bar`, `grouped-bar`, `line`, `dot`, `range`, `position` or `timeline`."""
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    units: str
    language: str
    gap: str
    """Printed instead of a missing number."""
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
class Picture:
    """A drawing: the content of an `<svg>` element with this view box."""

    width: str
    height: str
    body: str
