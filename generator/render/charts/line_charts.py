"""Line charts: a series for each line, over labels that are dates or steps."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.render.charts.canvas import Canvas, Point, lines_of, width_of
from generator.render.charts.chart_data import LEADING, SIZE, WIDE, ChartDrawing, Plotted
from generator.render.charts.scales import Scale, log_scale, number_scale

_HEIGHT = 158.0
"""Height of the area with the lines."""
_BESIDE = 0.26
"""Largest share of the width for the names of series at the ends of their lines."""
_FEW = 9
"""Most points of a single line that have their numbers."""
_STEEP = 8.0
"""Vertical distance to the next point, in units, from which the line would cross a number above its point."""
_EVERY = (1, 2, 3, 4, 5, 10, 20, 25, 50, 100)
"""If not all labels fit, every second, third ... is printed."""
_MARKED = 24
"""Most points of a line that have markers."""


def draw_lines(plotted: Plotted, width: float) -> ChartDrawing:
    canvas = Canvas(width, plotted.id, plotted.colours, mirrored=plotted.mirrored)
    several = len(plotted.series) > 1
    names = max((width_of(name) for name in plotted.series), default=0.0) + 10
    beside = several and width >= WIDE and names <= width * _BESIDE and all(map(_last, _runs_of(plotted)))
    top = canvas.legend(SIZE, plotted.series, kind="run") if several and not beside else 0.0
    lines = lines_of(plotted.units, width) if plotted.units else []
    canvas.lines(0.0, top + SIZE, lines, soft=True, italic=True)
    has_numbers = not several and len(plotted.rows) <= _FEW
    top += len(lines) * LEADING + SIZE * (
        2 if lines and has_numbers else 1
    )  # the highest number stands above its point
    values = _scale(plotted, top)
    margin = max(width_of(words) for _, words in values.ticks) + 7
    places = _places(plotted, margin + 8, width - (names if beside else 0.0) - 12)
    end = width - (names if beside else 0.0)
    for value, words in values.ticks:
        y = values.place(value)
        canvas.grid(margin, y, end, y)
        canvas.text(margin - 5, y + SIZE * 0.34, words, anchor="end", soft=True)
    bottom = values.place(values.low)
    canvas.axis(
        margin,
        values.place(max(values.low, min(0.0, values.high))),
        end,
        values.place(max(values.low, min(0.0, values.high))),
        weight=1.1,
    )
    for number, run in reversed(list(enumerate(_runs_of(plotted)))):
        _draw_run(canvas, run, places, values, number)
    if beside:
        _draw_names(canvas, plotted, places, values)
    if has_numbers:
        _draw_numbers(canvas, plotted, places, values)
    note = plotted.log_note or ("" if values.low <= 0 <= values.high else plotted.off_zero)
    return canvas.picture(_draw_labels(canvas, plotted, places, bottom, margin, note))


def _scale(plotted: Plotted, top: float) -> Scale:
    """The axis of the numbers, which grows upwards."""
    numbers, start = plotted.numbers(), top + _HEIGHT
    if plotted.log_note:
        return log_scale(numbers, start, top, plotted.language, most=8)
    return number_scale(numbers, start, top, plotted.language, most=5, from_zero=False)


def _runs_of(plotted: Plotted) -> list[list[float | None]]:
    return [[row.values[number].at for row in plotted.rows] for number in range(len(plotted.series))]


def _last(run: Sequence[float | None]) -> bool:
    """Whether the line goes up to the last label."""
    return run[-1] is not None


def _places(plotted: Plotted, start: float, end: float) -> list[float]:
    """Return the place of each label: dates to scale, all others in equal steps."""
    days = [row.at for row in plotted.rows]
    if all(day is not None for day in days) and len(set(days)) > 1:
        dates = [day for day in days if day is not None]
        low, high = min(dates), max(dates)
        return [start + (end - start) * (day - low) / (high - low) for day in dates]
    parts = max(len(days) - 1, 1)
    return [start + (end - start) * number / parts for number in range(len(days))]


def _draw_run(canvas: Canvas, run: Sequence[float | None], places: Sequence[float], values: Scale, number: int) -> None:
    """Draw a line that breaks at missing numbers; a point between two gaps has only its marker."""
    stretch: list[Point] = []
    stretches = [stretch]
    for x, value in zip(places, run, strict=True):
        if value is None:
            stretch = []
            stretches.append(stretch)
        else:
            stretch.append((x, values.place(value)))
    for points in stretches:
        if len(points) > 1:
            canvas.run(points, number)
    for points in stretches:
        for x, y in points if len(places) <= _MARKED or len(points) == 1 else points[-1:]:
            canvas.marker(x, y, number, radius=2.9)


def _draw_names(canvas: Canvas, plotted: Plotted, places: Sequence[float], values: Scale) -> None:
    """Draw the names of the series at the ends of their lines, moved apart if they would touch."""
    ends = sorted((values.place(run[-1] or 0.0), number) for number, run in enumerate(_runs_of(plotted)))
    heights = [y for y, _ in ends]
    for number in range(1, len(heights)):
        heights[number] = max(heights[number], heights[number - 1] + LEADING)
    over = heights[-1] - max(values.start, ends[-1][0])
    if over > 0:
        heights[-1] -= over
        for number in range(len(heights) - 2, -1, -1):
            heights[number] = min(heights[number], heights[number + 1] - LEADING)
    for y, (_, number) in zip(heights, ends, strict=True):
        canvas.text(places[-1] + 7, y + SIZE * 0.34, plotted.series[number])


def _draw_numbers(canvas: Canvas, plotted: Plotted, places: Sequence[float], values: Scale) -> None:
    """Draw the numbers of a single line next to its points, if there is room."""
    heights = [None if row.values[0].at is None else values.place(row.values[0].at) for row in plotted.rows]
    drawn: list[tuple[float, float, float]] = []
    for number, (x, y, row) in enumerate(zip(places, heights, plotted.rows, strict=True)):
        if y is not None:
            before = heights[number - 1] if number else None
            after = heights[number + 1] if number + 1 < len(heights) else None
            anchor, shift, base = _free_side(y, before, after)
            if y + base > values.start:  # the place of the labels
                anchor, shift, base = "middle", 0.0, -6.0
            wide = width_of(row.values[0].words, bold=True)
            left = x + shift - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
            left = min(max(left, 0.0), canvas.width - wide)
            place = (left, left + wide, y + base)
            if not any(_touch(place, other) for other in drawn):  # left out: the table below has all numbers
                canvas.text(left, y + base, row.values[0].words, bold=True)
                drawn.append(place)


def _touch(one: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether words on a baseline, from left to right, overlap others."""
    return one[0] < other[1] + 2 and other[0] < one[1] + 2 and abs(one[2] - other[2]) < SIZE


def _free_side(y: float, before: float | None, after: float | None) -> tuple[str, float, float]:
    """Return anchor and distance of a number at height y from its point, by the heights of the neighbours; y grows downwards."""
    falls_in = before is not None and before < y - _STEEP
    rises_out = after is not None and after < y - _STEEP
    if falls_in and rises_out:
        return "middle", 0.0, 12.0
    if rises_out and not falls_in:
        return ("end", 3.0, -6.0) if before is not None else ("middle", 0.0, 13.0)
    if falls_in and not rises_out:
        return ("start", -3.0, -6.0) if after is not None else ("middle", 0.0, 13.0)
    return "middle", 0.0, -6.0


def _draw_labels(
    canvas: Canvas, plotted: Plotted, places: Sequence[float], bottom: float, margin: float, note: str
) -> float:
    """The labels below, as many as do not touch, with what they are and a note on the axis; returns where all ends."""
    y = lowest = bottom + SIZE + 4
    taken = -1e9
    shown = _shown(plotted, places)
    for number in shown:
        lines, x = lines_of(plotted.rows[number].label, canvas.width / 2 - 4), places[number]
        half = max(map(width_of, lines)) / 2
        x = min(max(x, half), canvas.width - half)
        if x - half > taken:
            canvas.axis(places[number], bottom, places[number], bottom + 2.6)
            canvas.lines(x, y, lines, anchor="middle", soft=True)
            taken = x + half + 4
            lowest = max(lowest, y + LEADING * (len(lines) - 1))
    y = lowest
    for words, space in ((plotted.labels_title, 1), (note, 0)):
        if words:
            lines = lines_of(words, canvas.width - margin)
            canvas.lines(margin, y + LEADING + space, lines, soft=True, italic=True)
            y += LEADING * len(lines) + space
    return y + 4


def _shown(plotted: Plotted, places: Sequence[float]) -> list[int]:
    """Return all labels, or every second, third ... label, so that none touches the next."""
    last = len(places) - 1
    for step in _EVERY:
        numbers = list(range(0, last + 1, step))
        pairs = pairwise(numbers)
        if (len(numbers) > 1 or not last) and all(
            places[b] - places[a] >= (width_of(plotted.rows[a].label) + width_of(plotted.rows[b].label)) / 2 + 4
            for a, b in pairs
        ):
            return numbers
    return [0, last] if last else [0]
