"""Draws a brief's timeline: events on an axis to scale, with their numbers in the list and a few words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from generator.render.charts.canvas import Canvas
from generator.render.charts.flags import Flag, levels
from generator.render.charts.letters import lines_of, width_of
from generator.render.charts.plotted import LEADING, SIZE, WIDE, Picture
from generator.render.charts.scales import Scale, fitting, time_scale

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
class _Label:
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
) -> Picture:
    """Draw the timeline; `marks` are in the order of their dates. In a narrow or full drawing, the words are only in the list."""
    canvas = Canvas(width, name, colours, mirrored=mirrored)
    labels = [_Label(mark, _lines(mark, width)) for mark in marks]
    scale, places, label_levels = _placed(labels, width, language)
    if max(label_levels) >= _LEVELS:
        labels = [_Label(mark, ()) for mark in marks]
        scale, places, label_levels = _placed(labels, width, language)
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


def _placed(labels: Sequence[_Label], width: float, language: str) -> tuple[Scale, list[float], list[int]]:
    """Return the axis, and the place and the level of each label."""
    scale = _scale(labels, width, language)
    places = [(scale.place(label.event.first) + scale.place(label.event.last)) / 2 for label in labels]
    return scale, places, levels([Flag(x, x - 6, x + label.reach) for x, label in zip(places, labels, strict=True)])


def _lines(mark: EventMark, width: float) -> tuple[str, ...]:
    return tuple(lines_of(mark.words, _ROOM)) if mark.words and width >= WIDE else ()


def _scale(labels: Sequence[_Label], width: float, language: str) -> Scale:
    """Return the axis, which leaves room for the words of the last events."""
    days = [day for label in labels for day in (label.event.first, label.event.last)]
    end = width - 6.0
    while True:
        scale = fitting(partial(time_scale, days, 6.0, end, language), within=width)
        over = max((scale.place(label.event.last) + label.reach - width for label in labels), default=0.0)
        if over <= 0 or end < width * _LEAST:
            return scale
        end -= max(over, 2.0)
