"""What a chart draws, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from generator.render.charts.series_colours import SERIES

WIDE = 482.0
"""Units over the whole width: 170 mm are as many points."""
NARROW = 216.0
"""Units in a column of text and on a telephone."""
SIZE = 8.6
"""Of all letters, in units."""
LEADING = 10.6
"""From line to line, in units."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number with the words that stand for it; a gap in the data has none. Dates are days since the year 1."""

    at: float | None = None
    words: str = ""
    until: float | None = None
    """The last day of a date that is known by month or year only."""


@dataclass(frozen=True, slots=True)
class Row:
    """A label with one value for each series. `at` is its own place on an axis of dates, where labels are dates."""

    label: str
    values: tuple[Value, ...]
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Plotted:
    """A chart to be drawn. `id` sets its patterns apart from those of other charts on the page."""

    id: str
    kind: str
    """`bar`, `grouped-bar`, `line`, `dot`, `range`, `position` or `timeline`."""
    series: tuple[str, ...]
    rows: tuple[Row, ...]
    units: str
    language: str
    gap: str
    """Printed in place of a number that is missing."""
    off_zero: str
    """Printed where an axis does not begin at zero."""
    log_note: str = ""
    """Printed where the axis is logarithmic; empty where it is not."""
    labels_title: str = ""
    """What the labels are, for the axis that they stand on."""
    ends: tuple[str, ...] = ()
    """What the two ends of the axis of positions mean."""
    span: tuple[float, ...] = ()
    """The numbers at the two ends of that axis, where they are not taken from the data."""
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
