"""Pictures over one axis: positions and timelines, with labels that do not touch.

Levels are assigned from the end of the axis: an earlier label that reaches over a later mark is above that mark's label, so that no
leader crosses words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count

from generator.render.charts.canvas import Canvas, lines_of, width_of
from generator.render.charts.chart_data import LEADING, SIZE, WIDE, ChartDrawing, Plotted
from generator.render.charts.scales import Scale, fitting, number_scale, time_scale

_MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label: its words in lines, the place of its mark, the start of its words, and its level above the axis."""

    lines: tuple[str, ...]
    mark: float
    left: float
    level: int


def draw_positions(plotted: Plotted, width: float) -> ChartDrawing:
    canvas = Canvas(width, plotted.id, plotted.colours, mirrored=plotted.mirrored)
    numbers = plotted.span or plotted.numbers()
    scale = fitting(
        lambda most: number_scale(numbers, _MARGIN, width - _MARGIN, plotted.language, most=most, from_zero=False),
        within=width,
    )
    placed = _placed(plotted, scale, width)
    heights = _heights(placed)
    y = sum(heights) + 12
    for one in placed:
        base = y - 9 - sum(heights[: one.level]) - LEADING * (len(one.lines) - 1)
        canvas.grid(one.mark, base + 2, one.mark, y)
        canvas.lines(one.left, base, one.lines, ground=True)
    canvas.axis(_MARGIN, y, width - _MARGIN, y, weight=1.1)
    for one in placed:
        canvas.marker(one.mark, y, 0, radius=3.8)
    return canvas.picture(_below(canvas, plotted, scale, y))


def _placed(plotted: Plotted, scale: Scale, width: float) -> list[_Placed]:
    """Return the labels in the order of their numbers; words that would extend over the edge end there."""
    points = [
        (row.values[0].at, number, row) for number, row in enumerate(plotted.rows) if row.values[0].at is not None
    ]
    flags, labels = [], []
    for at, _, row in sorted(points, key=lambda one: (one[0], one[1])):
        mark = scale.place(at or 0.0)
        labels.append(tuple(lines_of(f"{row.label} ({row.values[0].words})", width)))
        wide = max(map(width_of, labels[-1]))
        left = max(min(mark - 4, width - wide), 0.0)
        flags.append(Flag(mark, left, left + wide))
    return [
        _Placed(lines, flag.mark, flag.left, level)
        for lines, flag, level in zip(labels, flags, levels(flags), strict=True)
    ]


def _heights(placed: Sequence[_Placed]) -> list[float]:
    """Return the height of each level, from the one just above the axis."""
    levels_used = range(max((one.level for one in placed), default=0) + 1)
    lines = [max((len(one.lines) for one in placed if one.level == level), default=1) for level in levels_used]
    return [LEADING * count for count in lines]


def _below(canvas: Canvas, plotted: Plotted, scale: Scale, y: float) -> float:
    """Draw ticks, units, meaning of the ends, and labels without a number; return the lower edge."""
    for value, words in scale.ticks:
        canvas.axis(scale.place(value), y, scale.place(value), y + 5)
        x = min(max(scale.place(value), width_of(words) / 2), canvas.width - width_of(words) / 2)
        canvas.text(x, y + 6 + SIZE, words, anchor="middle", soft=True)
    y += 6 + SIZE
    if plotted.ends:
        room = canvas.width / 2 - 8
        first, last = (lines_of(words, room, bold=True) for words in plotted.ends)
        canvas.lines(0.0, y + LEADING + 2, first, bold=True)
        canvas.lines(canvas.width, y + LEADING + 2, last, anchor="end", bold=True)
        y += LEADING * max(len(first), len(last)) + 2
    for words in (plotted.units, plotted.missing):
        lines = lines_of(words, canvas.width) if words else []
        canvas.lines(0.0, y + LEADING + 1, lines, soft=True, italic=True)
        y += LEADING * len(lines)
    return y + 4


_ROOM = 140.0
"""Width of an event's words, in units."""
_LEVELS = 9
"""Most levels of labels; with more, the drawing has only numbers, and the words are in the list."""
_LEAST = 0.6
"""Least share of the width for the axis of dates."""


@dataclass(frozen=True, slots=True)
class EventMark:
    """An event: its number, the first and last day that its date may mean, and a few words."""

    number: int
    first: float
    last: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class _AxisLabel:
    event: EventMark
    lines: tuple[str, ...]

    @property
    def reach(self) -> float:
        """Width from its leader to the end of its words."""
        return max(map(width_of, self.lines), default=0.0) + (10 if self.lines else 2)


def draw_events(
    marks: Sequence[EventMark],
    width: float,
    language: str,
    name: str,
    colours: Sequence[str],
    *,
    mirrored: bool = False,
) -> ChartDrawing:
    """Draw the timeline; `marks` are in the order of their dates. In a narrow or full drawing, the words are only in the list."""
    canvas = Canvas(width, name, colours, mirrored=mirrored)
    labels = [_AxisLabel(mark, _lines(mark, width)) for mark in marks]
    scale, places, label_levels = _placed_events(labels, width, language)
    if max(label_levels) >= _LEVELS:
        labels = [_AxisLabel(mark, ()) for mark in marks]
        scale, places, label_levels = _placed_events(labels, width, language)
    heights = [
        max(
            (LEADING * max(len(label.lines), 1) for label, on in zip(labels, label_levels, strict=True) if on == level),
            default=0,
        )
        + 4
        for level in range(max(label_levels, default=0) + 1)
    ]
    axis = sum(heights) + 9
    for label, x, level in zip(labels, places, label_levels, strict=True):
        top = axis - 9 - sum(heights[: level + 1])
        canvas.grid(x, top + SIZE + 3, x, axis)
        canvas.text(x, top + SIZE, str(label.event.number), anchor="middle", bold=True)
        canvas.lines(x + 6 + 2.4 * len(str(label.event.number)), top + SIZE, label.lines)
    canvas.axis(0.0, axis, width, axis, weight=1.1)
    for label, x in zip(labels, places, strict=True):
        first, last = scale.place(label.event.first), scale.place(label.event.last)
        if last - first > 4:
            canvas.beam(first, last, axis, 1, weight=4.5)
        else:
            canvas.marker(x, axis, 0)
    for value, words in scale.ticks:
        canvas.axis(scale.place(value), axis, scale.place(value), axis + 4)
        half = width_of(words) / 2
        canvas.text(
            min(max(scale.place(value), half), width - half), axis + 5 + SIZE, words, anchor="middle", soft=True
        )
    return canvas.picture(axis + SIZE + 9)


def _placed_events(labels: Sequence[_AxisLabel], width: float, language: str) -> tuple[Scale, list[float], list[int]]:
    """Return the axis, and the place and the level of each label."""
    scale = _scale(labels, width, language)
    places = [(scale.place(label.event.first) + scale.place(label.event.last)) / 2 for label in labels]
    return scale, places, levels([Flag(x, x - 6, x + label.reach) for x, label in zip(places, labels, strict=True)])


def _lines(mark: EventMark, width: float) -> tuple[str, ...]:
    return tuple(lines_of(mark.words, _ROOM)) if mark.words and width >= WIDE else ()


def _scale(labels: Sequence[_AxisLabel], width: float, language: str) -> Scale:
    """Return the axis, which leaves room for the words of the last events."""
    days = [day for label in labels for day in (label.event.first, label.event.last)]
    end = width - 6.0
    while True:
        scale = fitting(partial(time_scale, days, 6.0, end, language), within=width)
        over = max((scale.place(label.event.last) + label.reach - width for label in labels), default=0.0)
        if over <= 0 or end < width * _LEAST:
            return scale
        end -= max(over, 2.0)


_APART = 5.0
"""Space between two labels, in units."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A label: the place of its mark, and the start and end of its words."""

    mark: float
    left: float
    right: float


def levels(flags: Sequence[Flag]) -> list[int]:
    """Return the level of each flag, from 0 just above the axis; flags are in the order of their marks."""
    result = [0] * len(flags)
    for number in range(len(flags) - 1, -1, -1):
        later = range(number + 1, len(flags))
        taken = {result[other] for other in later if _touch(flags[number], flags[other])}
        covered = [result[other] for other in later if flags[other].mark < flags[number].right]
        result[number] = next(level for level in count(max(covered, default=-1) + 1) if level not in taken)
    return result


def _touch(one: Flag, other: Flag) -> bool:
    return one.left < other.right + _APART and other.left < one.right + _APART
