"""Whether the facts behind positions and options have changed since they were reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.evidence.review_record import suspects
from generator.model import Status
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

SUSPECT = Code("suspect", Severity.WARNING)
UNREVIEWED = Code("unreviewed", Severity.NOTE, rests_on=("facts.id", "rests_on"))

CODES = (SUSPECT, UNREVIEWED)


def check_reviews(subject: Subject) -> Iterator[Problem]:
    """Yield `suspect` and `unreviewed`, at the name of the fact in `rests_on`; nothing while the lock file is damaged."""
    brief = subject.brief
    if subject.reviews.damaged:
        return
    for link, place, review in suspects(brief, subject.reviews):
        if review:
            message = f"the fact “{link.fact}” has changed since this was reviewed on {review.date}"
            yield SUSPECT.at(place, message, f"read both again, then run `brief review {brief.slug}`")
        else:
            severity = Severity.WARNING if brief.status is Status.PUBLISHED else None
            message = f"the link to the fact “{link.fact}” has not been reviewed"
            yield UNREVIEWED.at(place, message, f"run `brief review {brief.slug}`", severity=severity)
