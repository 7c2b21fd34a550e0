"""What a brief owes its readers."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes, findings

MATRIX = """
title: T
experts: [ann, ben]
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      ann: {stance: "Yes", says: It works., cite: "@talk"}
"""


def test_a_blank_cell_is_shown_at_its_question():
    (problem,) = findings(MATRIX, "blank-cell")
    assert "no cell for ben" in problem.message
    assert problem.place.line == 5


def test_a_gap_is_no_blank():
    assert "blank-cell" not in codes(MATRIX + "      ben: {gap: declined}\n")


def test_a_misspelt_cell_is_told_once():
    found = findings(MATRIX.replace("[ann, ben]", "[ann, ben]\nselection: Both.") + "      bne: {gap: declined}\n")
    assert [(problem.code, problem.hint) for problem in found] == [("unknown-expert", "did you mean 'ben'?")]


def test_a_misspelt_column_is_told_once():
    text = MATRIX.replace("[ann, ben]", "[ann, bne]\nselection: Both.") + "      ben: {gap: declined}\n"
    assert [problem.code for problem in findings(text)] == ["unknown-expert"]


def test_a_cell_needs_a_column():
    (problem,) = findings(MATRIX.replace("[ann, ben]", "[ann]") + "      ben: {gap: declined}\n", "cell-without-column")
    assert problem.place.line == 10


@pytest.mark.parametrize(
    ("fields", "uncited"),
    [
        ("facts: [{id: f, claim: C.}]", 1),
        ("facts: [{id: f, claim: C., cite: '@talk'}]", 0),
        ("facts: [{id: f, claim: 'C [@talk].'}]", 0),
        ("facts: [{id: f, claim: C., figures: [{amount: 5, by: A}, {amount: 6, by: B}]}]", 1),
        ("facts: [{id: f, claim: C., figures: [{amount: 5, by: A, cite: '@talk'}, {amount: 6, by: B}]}]", 1),
        ("facts: [{id: f, claim: C., figures: [{amount: 5, by: A, cite: '@talk'}]}]", 0),
        ("facts: [{id: f, claim: C., cite: '@talk', figures: [{amount: 5, by: A}]}]", 0),
        ("facts: [{id: f, claim: 'C [@talk].', figures: [{amount: 5, by: A}]}]", 1),
        ("options: [{id: o, option: C.}]", 1),
        ("options: [{id: o, option: C., for: 'It helps [@talk].'}]", 0),
        ("timeline: [{date: 2023, event: C.}]", 1),
        ("timeline: [{date: 2023, event: 'C [@talk].'}]", 0),
        ("voices: [{id: v, who: ann, says: C.}]", 1),
        ("voices: [{id: v, who: ann, says: 'C [@talk].'}]", 0),
        ("voices: [{id: v, who: ann, quote: C., says: 'C [@talk].'}]", 1),
        ("voices: [{id: v, who: ann, quote: C., cite: '@talk'}]", 0),
    ],
)
def test_nothing_is_uncited(fields, uncited):
    assert len(findings(f"title: T\n{fields}\n", "uncited")) == uncited


def test_earlier_positions_are_cited_too():
    text = MATRIX.replace('cite: "@talk"}', 'cite: "@talk", earlier: [{stance: "No", says: It fails., date: 2020}]}')
    (problem,) = findings(text, "uncited")
    assert problem.place.line == 9


@pytest.mark.parametrize(
    ("gap", "hint"),
    [
        ("{gap: no-position-found}", "add `searched` and `until`"),
        ("{gap: no-position-found, searched: the press}", "add `until`"),
        ("{gap: no-position-found, until: 2025}", "add `searched`"),
    ],
)
def test_a_search_is_described(gap, hint):
    (problem,) = findings(MATRIX + f"      ben: {gap}\n", "gap-unsearched")
    assert problem.hint == hint


@pytest.mark.parametrize("reason", ["declined", "not-asked", "withdrawn"])
def test_other_gaps_need_no_search(reason):
    assert "gap-unsearched" not in codes(MATRIX + f"      ben: {{gap: {reason}}}\n")


def test_a_brief_without_a_matrix_need_not_explain_one():
    assert codes("title: T\norder: as-given\n") == set()


def test_drafts_and_first_editions_owe_no_date_and_no_explanation():
    assert codes("title: T\nstatus: draft\nedition: 1\n") == set()
