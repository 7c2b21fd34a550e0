"""Whether timeline entries are dated by the event, not by the report about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

REPORT_DATE = Code("report-date", Severity.WARNING, rests_on=("timeline.date", "/sources.references.issued"))


def check_timeline(subject: Subject) -> Iterator[Problem]:
    """`report-date`."""
    sources = subject.library.sources
    for event in subject.brief.timeline:
        cited = [sources.get(one.key) for one in event.cite.citations] if event.cite else []
        reports = [source for source in cited if source and source.provenance == "report" and source.issued]
        same = [source for source in reports if source.issued == event.date]
        if event.reported is None and event.date.day and same and len(same) == len(cited):
            message = f"the event has the date of the report that it is cited from, “{same[0].key}”"
            yield REPORT_DATE.at(
                event.place, message, "write when it happened, or add `reported: true` or `reported: false`"
            )
