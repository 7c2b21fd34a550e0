"""Charts with a row for each label: bar, grouped bar, dot, range and timeline.

On wide pages labels are next to their row; on narrow ones they are above it, unless all are short.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.render.charts.canvas import Canvas, lines_of, width_of
from generator.render.charts.chart_data import LEADING, SIZE, WIDE, ChartDrawing, ChartRow, Plotted, PlottedValue
from generator.render.charts.scales import Scale, fitting, log_scale, number_scale, time_scale

_BESIDE = 0.34
"""Largest share of the width for labels next to their rows."""
_AWAY = 4.0
"""Space between a mark and its words."""
_THICK, _THIN = 11.0, 8.0
"""Height of a single bar, and of one of several."""
_BETWEEN = 7.0
"""Space between rows."""


@dataclass(frozen=True, slots=True)
class _RowLabel:
    """Return the words of a row's label in lines; in a timeline, also the dates of the row."""

    lines: tuple[str, ...]
    under: tuple[str, ...]

    @property
    def height(self) -> float:
        return LEADING * (len(self.lines) + len(self.under))


def draw_bars(plotted: Plotted, width: float) -> ChartDrawing:
    canvas = Canvas(width, plotted.id, plotted.colours, mirrored=plotted.mirrored)
    beside = width >= WIDE or _has_room(plotted, width)
    labels = [_label(row, plotted.kind, width * _BESIDE if beside else width) for row in plotted.rows]
    margin = max(width_of(line) for label in labels for line in (*label.lines, *label.under)) + 10 if beside else 0.0
    scale = _scale(plotted, margin, width)
    top = (
        canvas.legend(SIZE, plotted.series, kind="area" if plotted.kind == "grouped-bar" else "marker")
        if _has_legend(plotted)
        else 0.0
    )
    rows, bottom = _rows(plotted, labels, top + 2, beside=beside)
    for value, _ in scale.ticks:
        canvas.grid(scale.place(value), top, scale.place(value), bottom)
    for row, label, (y, height) in zip(plotted.rows, labels, rows, strict=True):
        _draw_label(canvas, label, margin, y, height, beside=beside)
        _draw_row(canvas, plotted, row, scale, y + (0 if beside else label.height), height)
    if plotted.kind in ("bar", "grouped-bar"):
        canvas.axis(scale.zero(), top, scale.zero(), bottom, weight=1.1)
    off_zero = plotted.off_zero if plotted.kind in ("dot", "range") and not scale.low <= 0 <= scale.high else ""
    return canvas.picture(_draw_axis(canvas, scale, [plotted.units, plotted.log_note or off_zero], bottom))


def _has_room(plotted: Plotted, width: float) -> bool:
    """Whether labels in one line leave most of the width to the marks and their words."""
    labels = max(width_of(row.label) for row in plotted.rows)
    return plotted.kind != "timeline" and labels + sum(_reserved(plotted)) <= width * 0.42


def _has_legend(plotted: Plotted) -> bool:
    return plotted.kind == "grouped-bar" or (plotted.kind == "dot" and len(plotted.series) > 1)


def _label(row: ChartRow, kind: str, room: float) -> _RowLabel:
    under = lines_of(_span(row), room) if kind == "timeline" and any(value.words for value in row.values) else []
    return _RowLabel(tuple(lines_of(row.label, room)), tuple(under))


def _span(row: ChartRow) -> str:
    """Return the dates of a row: `May 2024 – June 2025`."""
    return " – ".join(dict.fromkeys(value.words for value in row.values if value.words))


def _scale(plotted: Plotted, margin: float, width: float) -> Scale:
    """Return the axis between the labels and the edge, with room for the words at both ends of the marks."""
    if plotted.kind == "timeline":
        days = [
            day for row in plotted.rows for value in row.values for day in (value.at, value.until) if day is not None
        ]
        return fitting(lambda most: time_scale(days, margin + 4, width - 12, plotted.language, most=most))
    ahead, behind = _reserved(plotted)
    numbers, from_zero = plotted.numbers(), plotted.kind in ("bar", "grouped-bar")

    def make(most: int) -> Scale:
        start, end = margin + ahead, width - behind
        if plotted.log_note:
            return log_scale(numbers, start, end, plotted.language, most=most)
        return number_scale(numbers, start, end, plotted.language, most=most, from_zero=from_zero)

    scale = fitting(make)
    overhang = width_of(scale.ticks[-1][1]) / 2
    return replace(scale, end=width - overhang) if overhang > behind else scale


def _reserved(plotted: Plotted) -> tuple[float, float]:
    """Return the units for words before the first and after the last mark."""
    if plotted.kind == "timeline" or (plotted.kind == "dot" and len(plotted.series) > 1):
        return 8.0, 8.0
    lows = [row.values[0] for row in plotted.rows]
    highs = [row.values[-1] for row in plotted.rows]
    if plotted.kind == "range":
        return _widest(lows) + 2 * _AWAY, _widest(highs) + 2 * _AWAY
    values = [value for row in plotted.rows for value in row.values]
    negative = [value for value in values if value.at is not None and value.at < 0]
    positive = [value for value in values if value not in negative]
    gap = width_of(plotted.gap) + _AWAY if any(value.at is None for value in values) else 0.0
    if plotted.kind == "dot":
        return 6.0, max(_widest(values) + 2 * _AWAY, gap)
    return (_widest(negative) + _AWAY if negative else 0.0), max(
        _widest(positive) + _AWAY + 2 if positive else 0.0, gap if not positive else 0.0, 8
    )


def _widest(values: Sequence[PlottedValue]) -> float:
    return max((width_of(value.words) for value in values), default=0.0)


def _rows(
    plotted: Plotted, labels: Sequence[_RowLabel], top: float, *, beside: bool
) -> tuple[list[tuple[float, float]], float]:
    """Return top and height of the marks of each row, and the end of the last row."""
    marks = len(plotted.series) * (_THIN + 1) if plotted.kind == "grouped-bar" else _THICK
    rows = []
    y = top + 2
    for label in labels:
        height = max(marks, label.height) if beside else marks
        rows.append((y, height))
        y += height + (0 if beside else label.height) + _BETWEEN
    return rows, y - _BETWEEN + 4


def _draw_label(canvas: Canvas, label: _RowLabel, margin: float, y: float, height: float, *, beside: bool) -> None:
    # Next to a bar, the middle of the lines is on the middle of the bar, as the number is.
    first = y + ((height - label.height + LEADING) / 2 + SIZE * 0.34 if beside else SIZE * 0.8 - 1.5)
    x, anchor = (margin - 10, "end") if beside else (0.0, "start")
    canvas.lines(x, first, label.lines, anchor=anchor, ground=not beside)
    canvas.lines(x, first + LEADING * len(label.lines), label.under, anchor=anchor, soft=True, ground=not beside)


def _draw_row(canvas: Canvas, plotted: Plotted, row: ChartRow, scale: Scale, y: float, height: float) -> None:
    middle = y + height / 2
    if plotted.kind == "timeline":
        _draw_span(canvas, row, scale, middle)
    elif plotted.kind == "range":
        _draw_range(canvas, plotted, row, scale, middle)
    elif plotted.kind == "dot":
        _draw_dots(canvas, plotted, row, scale, middle)
    else:
        thick = _THICK if plotted.kind == "bar" else _THIN
        first = middle - len(row.values) * (thick + 1) / 2 + 0.5
        for number, value in enumerate(row.values):
            _draw_bar(canvas, plotted, value, scale, first + number * (thick + 1), thick, number)


def _draw_bar(
    canvas: Canvas, plotted: Plotted, value: PlottedValue, scale: Scale, y: float, thick: float, number: int
) -> None:
    """Draw one bar with its number behind its end, or the word for a gap."""
    base = y + thick / 2 + SIZE * 0.34
    if value.at is None:
        canvas.text(scale.zero() + _AWAY, base, plotted.gap, soft=True, italic=True)
        return
    canvas.area(scale.zero(), scale.place(value.at), y, thick, number)
    if value.at < 0:
        canvas.text(scale.place(value.at) - _AWAY, base, value.words, anchor="end", ground=True)
    else:
        canvas.text(scale.place(value.at) + _AWAY, base, value.words, ground=True)


def _draw_dots(canvas: Canvas, plotted: Plotted, row: ChartRow, scale: Scale, y: float) -> None:
    """Draw the dots of a row on a line; a single dot has its number next to it."""
    base = y + SIZE * 0.34
    places = [scale.place(value.at) for value in row.values if value.at is not None]
    if not places:
        canvas.text(scale.start + _AWAY, base, plotted.gap, soft=True, italic=True)
        return
    canvas.grid(scale.place(scale.low), y, scale.place(scale.high), y)
    if len(places) > 1:
        canvas.axis(min(places), y, max(places), y)
    for number, value in enumerate(row.values):
        if value.at is not None:
            canvas.marker(scale.place(value.at), y, number)
            if len(row.values) == 1:
                canvas.text(scale.place(value.at) + _AWAY + 3, base, value.words, ground=True)


def _draw_range(canvas: Canvas, plotted: Plotted, row: ChartRow, scale: Scale, y: float) -> None:
    """Draw a range with its ends and, if there is a third value, the middle; one known end is drawn as a point."""
    base = y + SIZE * 0.34
    low, high = row.values[0], row.values[-1]
    if low.at is None or high.at is None:
        known = low if low.at is not None else high
        if known.at is None:
            canvas.text(scale.start + _AWAY, base, plotted.gap, soft=True, italic=True)
            return
        low = high = known
    assert low.at is not None and high.at is not None
    canvas.beam(scale.place(low.at), scale.place(high.at), y, 0)
    for end in dict.fromkeys((low.at, high.at)):
        canvas.beam(scale.place(end) - 0.8, scale.place(end) + 0.8, y, 0, weight=_THICK)
    if low is not high:
        canvas.text(scale.place(low.at) - _AWAY, base, low.words, anchor="end", ground=True)
    canvas.text(scale.place(high.at) + _AWAY, base, high.words, ground=True)
    if len(row.values) > 2 and (middle := row.values[1].at) is not None:
        canvas.marker(scale.place(middle), y, 1)


def _draw_span(canvas: Canvas, row: ChartRow, scale: Scale, y: float) -> None:
    dates = [value for value in row.values if value.at is not None]
    if not dates:
        return
    first, last = dates[0].at, dates[-1].until if dates[-1].until is not None else dates[-1].at
    assert first is not None and last is not None
    if scale.place(last) - scale.place(first) < 3:
        canvas.marker((scale.place(first) + scale.place(last)) / 2, y, 0)
    else:
        canvas.beam(scale.place(first), scale.place(last), y, 0, weight=7)


def _draw_axis(canvas: Canvas, scale: Scale, notes: Sequence[str], bottom: float) -> float:
    """Draw the line below the rows, its ticks and the notes; return the lower edge."""
    canvas.axis(scale.place(scale.low), bottom, scale.place(scale.high), bottom)
    y = bottom + 3 + SIZE
    for value, words in scale.ticks:
        canvas.axis(scale.place(value), bottom, scale.place(value), bottom + 2.6)
        half = width_of(words) / 2
        x = min(max(scale.place(value), half), canvas.width - half)
        canvas.text(x, y, words, anchor="middle", soft=True)
    start = scale.place(scale.low)
    lines = [line for note in notes if note for line in lines_of(note, canvas.width - start)]
    canvas.lines(start, y + LEADING + 1, lines, soft=True, italic=True)
    return y + LEADING * len(lines) + 5
