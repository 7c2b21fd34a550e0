"""The picture of a brief's timeline: events on an axis to scale, by their numbers in the list and a few words."""

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
"""Units for the lines of an event's words."""
_LEVELS = 9
"""Labels above each other; with more, the picture has numbers alone, and words stand in the list."""
_LEAST = 0.6
"""Of the width, that the axis of dates has at least."""


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
        """From its leader to the end of its words."""
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
    """The picture; `marks` are in the order of their dates. Words are left to the list where the picture is narrow or full."""
    canvas = Canvas(width, name, colours, mirrored=mirrored)
    labels = [_Label(mark, _lines(mark, width)) for mark in marks]
    scale, places, found = _placed(labels, width, language)
    if max(found) >= _LEVELS:
        labels = [_Label(mark, ()) for mark in marks]
        scale, places, found = _placed(labels, width, language)
    heights = [
        max(
            (LEADING * max(len(label.lines), 1) for label, on in zip(labels, found, strict=True) if on == level),
            default=0,
        )
        + 4
        for level in range(max(found, default=0) + 1)
    ]
    axis = sum(heights) + 9
    for label, x, level in zip(labels, places, found, strict=True):
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
    """The axis, and the place and the level of each label."""
    scale = _scale(labels, width, language)
    places = [(scale.place(label.event.first) + scale.place(label.event.last)) / 2 for label in labels]
    return scale, places, levels([Flag(x, x - 6, x + label.reach) for x, label in zip(places, labels, strict=True)])


def _lines(mark: EventMark, width: float) -> tuple[str, ...]:
    return tuple(lines_of(mark.words, _ROOM)) if mark.words and width >= WIDE else ()


def _scale(labels: Sequence[_Label], width: float, language: str) -> Scale:
    """The axis, which ends early enough for the words of the last events."""
    days = [day for label in labels for day in (label.event.first, label.event.last)]
    end = width - 6.0
    while True:
        scale = fitting(partial(time_scale, days, 6.0, end, language), within=width)
        over = max((scale.place(label.event.last) + label.reach - width for label in labels), default=0.0)
        if over <= 0 or end < width * _LEAST:
            return scale
        end -= max(over, 2.0)
