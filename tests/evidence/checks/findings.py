"""What the tests of the checks need: a fact file in, findings out."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from generator.evidence.checks import check
from generator.evidence.checks.subject import Subject
from generator.evidence.review_record import Reviews
from tests.support import brief, library

if TYPE_CHECKING:
    from generator.model import Library
    from generator.problems import Problem

TODAY = datetime.date(2025, 3, 1)


def findings(
    text: str,
    code: str | None = None,
    *,
    known: Library | None = None,
    reviews: Reviews | None = None,
    today: datetime.date = TODAY,
) -> list[Problem]:
    """Return what the checks find in a fact file that reads without problems, of one code or of all."""
    subject = Subject(brief(text), known or library(), today, reviews or Reviews())
    return [problem for problem in check(subject) if code in (None, problem.code)]


def codes(text: str, **options: object) -> set[str]:
    """Return the codes of what the checks find."""
    return {problem.code for problem in findings(text, **options)}  # type: ignore[arg-type]
