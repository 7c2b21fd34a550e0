"""Dates that have not come yet."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes
from tests.support import SOURCES, library

LATER = [
    "status: published\ndate: 2025-03-02\n",
    "corrections: [{date: 2026, what: Wrong.}]\n",
    'voices: [{id: v, who: ann, says: Yes., cite: "@talk", date: 2025-04}]\n',
    "questions: [{id: q, ask: Q?, scale: [A, B], positions: {ann: {gap: declined, until: 2025-03-02}}}]\n",
]
FINE = [
    "status: published\ndate: 2025-03-01\n",
    "date: 2025-03-02\n",
    "corrections: [{date: 2025, what: Wrong.}]\n",
    'voices: [{id: v, who: ann, says: Yes., cite: "@talk", date: 2025-03}]\n',
    'timeline: [{date: 2030, event: The goal., cite: "@talk"}]\n',
    'facts: [{id: f, claim: C., figures: [{amount: 1, by: A, cite: "@talk", date: 2030}]}]\n',
]


@pytest.mark.parametrize("text", LATER)
def test_what_has_happened_is_not_dated_in_the_future(text: str) -> None:
    assert "future-date" in codes(f"title: T\n{text}")


@pytest.mark.parametrize("text", FINE)
def test_other_dates_are_fine(text: str) -> None:
    assert "future-date" not in codes(f"title: T\n{text}")


def test_a_source_is_not_issued_in_the_future() -> None:
    known = library(sources=SOURCES.replace("issued: 2024-05-02", "issued: 2025-03-02"))
    assert "future-date" in codes("title: T\nsummary: So they say [@talk].\n", known=known)
