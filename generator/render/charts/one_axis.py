"""Positions: labels over one axis, with leaders where they would touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.render.charts.canvas import Canvas
from generator.render.charts.flags import Flag, levels
from generator.render.charts.letters import lines_of, width_of
from generator.render.charts.plotted import LEADING, SIZE, Picture, Plotted
from generator.render.charts.scales import Scale, fitting, number_scale

_MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class _Placed:
    """A label: its words in lines, the place of its mark, the start of its words, and its level above the axis."""

    lines: tuple[str, ...]
    mark: float
    left: float
    level: int


def draw_positions(plotted: Plotted, width: float) -> Picture:
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
    missing = [row.label for row in plotted.rows if row.values[0].at is None]
    for words in (plotted.units, f"{plotted.gap}: {', '.join(missing)}" if missing else ""):
        lines = lines_of(words, canvas.width) if words else []
        canvas.lines(0.0, y + LEADING + 1, lines, soft=True, italic=True)
        y += LEADING * len(lines)
    return y + 4
