"""The events of a brief; four or more are also drawn to scale above their list."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Brief, Event
from generator.model.days import first_day, last_day
from generator.render.charts.events import EventMark, draw_events
from generator.render.charts.plotted import NARROW, WIDE
from generator.render.charts.series_colours import palette
from generator.render.labels import Labels
from generator.render.page.chart_views import picture_view
from generator.render.page.picture_views import TimelineView
from generator.render.page.statement import is_short, when
from generator.render.page.views import EventView
from generator.render.scripts import direction_of

_DRAWN_FROM, _DRAWN_TO = 4, 24
_SHORT = 48
"""Most characters of an event that is drawn in its own words."""


def event_views(brief: Brief, labels: Labels) -> tuple[EventView, ...]:
    """Return all entries of the timeline in the order of their dates; drawn entries have numbers."""
    events = sorted(brief.timeline, key=_when)
    numbers = {id(event): number for number, event in enumerate(_drawn(events), 1)}
    return tuple(
        EventView(
            when(event.date, labels.language),
            event.event,
            event.cite,
            is_short(event.event),
            number=numbers.get(id(event), 0),
            reported=bool(event.reported),
        )
        for event in events
    )


def timeline_view(brief: Brief, labels: Labels, colours: Sequence[str]) -> TimelineView | None:
    """Return the drawing; None for too few or too many events."""
    drawn = _drawn(sorted(brief.timeline, key=_when))
    if not drawn:
        return None
    marks = [
        EventMark(number, first_day(event.date).toordinal(), last_day(event.date).toordinal(), _words(event))
        for number, event in enumerate(drawn, 1)
    ]
    first, last = (when(event.date, labels.language).words for event in (drawn[0], drawn[-1]))
    wide, narrow = (
        draw_events(
            marks, width, labels.language, name, palette(colours), mirrored=direction_of(labels.language) == "rtl"
        )
        for name, width in (("events-w", WIDE), ("events-n", NARROW))
    )
    description = labels("timeline_told", n=len(drawn), first=first, last=last)
    return TimelineView(description, picture_view(wide), picture_view(narrow))


def _drawn(events: Sequence[Event]) -> list[Event]:
    """Return the drawn events, without days on which something was only reported."""
    dated = [event for event in events if not event.reported]
    return dated if _DRAWN_FROM <= len(dated) <= _DRAWN_TO else []


def _words(event: Event) -> str:
    """Return a few words: the author's `short`, or the event itself if it is short."""
    if event.short:
        return event.short
    plain = " ".join(event.event.plain.split()).removesuffix(".")
    return plain if len(plain) <= _SHORT else ""


def _when(event: Event) -> tuple[int, int, int]:
    return event.date.year, event.date.month or 0, event.date.day or 0
