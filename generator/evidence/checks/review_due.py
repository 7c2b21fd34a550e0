"""Whether facts are overdue for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Status
from generator.model.days import due
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

REVIEW_OVERDUE = Code(
    "review-overdue", Severity.WARNING, rests_on=("review_by", "date", "/house.review_period", "/house.overdue")
)

CODES = (REVIEW_OVERDUE,)

SEVERITIES = {"warn": Severity.WARNING, "fail": Severity.ERROR}


def check_review_due(subject: Subject) -> Iterator[Problem]:
    """Yield `review-overdue` at the fact, from the day after the due day."""
    brief, house = subject.brief, subject.library.house
    severity = SEVERITIES.get(house.overdue)
    if severity is None or brief.status is Status.WITHDRAWN:
        return
    for fact in brief.facts:
        day = due(fact, brief, house)
        if day is not None and day < subject.today:
            hint = "check the fact, then set a later `review_by`"
            message = f"“{fact.id}” was due for review by {day.isoformat()}"
            yield REVIEW_OVERDUE.at(fact.place, message, hint, severity=severity)
