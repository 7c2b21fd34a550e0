"""The answer comes first, and rests on something."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes, findings

HEAD = "title: Does it work?\ndate: 2025-02-14\n"


def test_a_published_brief_without_an_answer_is_a_warning_at_its_title():
    (problem,) = findings(HEAD + "status: published\n", "answer-missing")
    assert (problem.severity, problem.place.line) == ("warning", 1)


def test_a_draft_may_wait_for_its_answer():
    assert "answer-missing" not in codes(HEAD)


@pytest.mark.parametrize(
    "more",
    [
        "answer: It works [@talk].",
        "facts: [{id: works, claim: It works., cite: '@talk'}]\nanswer: It works [#works].",
        "experts: [ann]\nanswer: Ann says that it works.\nquestions: [{id: w, ask: Does it?, scale: ['No', 'Yes'], "
        "positions: {ann: {stance: 'Yes', says: It works., cite: '@talk'}}}]",
    ],
    ids=["cited", "by a fact", "by a position"],
)
def test_an_answer_that_rests_on_something_is_fine(more):
    assert "answer-unsupported" not in codes(HEAD + more)


def test_an_answer_out_of_the_blue_is_an_error():
    gap = "experts: [ann]\nquestions: [{id: w, ask: Does it?, scale: ['No', 'Yes'], positions: {ann: {gap: declined}}}]"
    assert {"answer-unsupported"} <= codes(HEAD + "answer: It works.\n") & codes(HEAD + gap + "\nanswer: It works.\n")


@pytest.mark.parametrize(("words", "long"), [(50, set()), (51, {"answer-long"})])
def test_a_long_answer_is_a_warning(words, long):
    assert codes(f"{HEAD}answer: {' '.join(words * ['word'])}\n") & {"answer-long"} == long
