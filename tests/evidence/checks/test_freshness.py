"""When a review is overdue, and what that does."""

from __future__ import annotations

import datetime

import pytest

from generator.problems import Severity
from tests.evidence.checks.findings import findings
from tests.support import library


def overdue(today, fact="", house="", brief="date: 2025-01-01"):
    text = f"title: T\n{brief}\nfacts:\n  - {{id: cost, claim: C., cite: '@talk'{fact}}}\n"
    known = library(house=f"name: Example Desk\n{house}\n")
    return findings(text, "review-overdue", known=known, today=datetime.date.fromisoformat(today))


@pytest.mark.parametrize(
    ("review_by", "last_good_day"),
    [("2025-06-15", "2025-06-15"), ("2025-06", "2025-06-30"), ("2025", "2025-12-31")],
)
def test_a_fact_is_due_the_day_after(review_by, last_good_day):
    next_day = datetime.date.fromisoformat(last_good_day) + datetime.timedelta(days=1)
    assert not overdue(last_good_day, f", review_by: {review_by}")
    (problem,) = overdue(next_day.isoformat(), f", review_by: {review_by}")
    assert last_good_day in problem.message
    assert problem.place.line == 4


def test_the_period_of_the_house_counts_from_the_date_of_the_brief():
    assert not overdue("2025-01-31", house="review_period: 30")
    assert overdue("2025-02-01", house="review_period: 30")


def test_a_date_of_its_own_goes_before_the_period():
    assert not overdue("2025-02-01", ", review_by: 2026", "review_period: 30")


@pytest.mark.parametrize("brief", ["subtitle: no date", "date: 2025-01-01\nstatus: withdrawn"])
def test_without_a_date_or_once_withdrawn_nothing_is_due(brief):
    assert not overdue("2030-01-01", house="review_period: 30", brief=brief)


@pytest.mark.parametrize(
    ("choice", "severities"), [("warn", [Severity.WARNING]), ("fail", [Severity.ERROR]), ("as-of", [])]
)
def test_the_house_says_what_being_overdue_does(choice, severities):
    found = overdue("2030-01-01", house=f"review_period: 30\noverdue: {choice}")
    assert [problem.severity for problem in found] == severities


def test_a_period_beyond_the_calendar_is_never_over():
    assert not overdue("2030-01-01", house="review_period: 999999999")
