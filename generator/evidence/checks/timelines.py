"""Whether the entries of a timeline are events: the day on which something was reported is not the day on which it happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

REPORT_DATE = Code(
    "report-date",
    Severity.WARNING,
    "an event may have the date of its report",
    "The event has the very day on which the report that it is cited from was issued. Reports tell what has happened before; a reader "
    "of the timeline would take their day for that of the event. Write when it happened; where that is not known, `reported: true` "
    "lists the entry as reported on that day, and the picture of the timeline leaves it out; where it did happen on that day, write "
    "`reported: false`.",
    wrong='timeline:\n  - {date: 2024-05-03, event: Shares fell., cite: "@press"}',
    right='timeline:\n  - {date: 2024-05-03, event: Shares fell., reported: true, cite: "@press"}',
    rests_on=("timeline.date", "/sources.references.issued"),
)


def check_timeline(subject: Subject) -> Iterator[Problem]:
    """`report-date`."""
    sources = subject.library.sources
    for event in subject.brief.timeline:
        cited = [sources.get(one.key) for one in event.cite.citations] if event.cite else []
        reports = [source for source in cited if source and source.provenance == "report" and source.issued]
        same = [source for source in reports if source.issued == event.date]
        if event.reported is None and event.date.day and same and len(same) == len(cited):
            message = f"the event has the date of the report that it is cited from, “{same[0].key}”"
            yield REPORT_DATE.at(event.place, message, "write when it happened, or say `reported: true` or `false`")
