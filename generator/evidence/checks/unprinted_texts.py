"""Texts that another field of their record keeps from being printed.

A record prints some of its texts only together with another value: the reason of an order only if the order is the editors'. A
text without that value would disappear without a message.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.evidence.checks.subject import Subject
from generator.model import Brief, Gap, GapReason
from generator.model.walk import drawn_events, walk
from generator.problems import Code, Problem, Severity

NOT_PRINTED = Code(
    "not-printed",
    Severity.WARNING,
    rests_on=("gap", "key", "order", "timeline", "timeline.reported"),
)


def check_unprinted(subject: Subject) -> Iterator[Problem]:
    """Yield `not-printed` at each text that the page does not have."""
    brief = subject.brief
    if brief.order_reason and brief.order != "as-given":
        message = "`order_reason` is printed only with `order: as-given`"
        yield NOT_PRINTED.at(brief.order_reason.place, message, "add `order: as-given`, or remove it")
    for fact in brief.facts:
        if fact.headline and not fact.key:
            message = "`headline` is printed only with `key: true`"
            yield NOT_PRINTED.at(fact.headline.place, message, "add `key: true`, or remove it")
    for gap in walk(brief, Gap):
        yield from _searched(gap)
    yield from _events(brief)


def _searched(gap: Gap) -> Iterator[Problem]:
    written = [name for name, value in (("searched", gap.searched), ("until", gap.until)) if value]
    if written and gap.reason is not GapReason.NO_POSITION_FOUND:
        names = " and ".join(f"`{name}`" for name in written)
        message = f"{names} {'are' if len(written) > 1 else 'is'} printed only with `gap: no-position-found`"
        place = gap.searched.place if gap.searched else gap.place
        yield NOT_PRINTED.at(place, message, "write it in `note`, which is printed with every reason")


def _events(brief: Brief) -> Iterator[Problem]:
    drawn = drawn_events(brief.timeline)
    for event in brief.timeline:
        if event.short and event not in drawn:
            why = "it does not show `reported` events" if event.reported else "it shows 4 to 24 events"
            message = f"`short` is printed only in the picture of the timeline: {why}"
            yield NOT_PRINTED.at(event.short.place, message, "remove it; `event` is printed")
