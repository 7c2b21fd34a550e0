"""Checks over all briefs of a project."""

from __future__ import annotations

from generator.evidence.checks import check_library
from tests.support import brief, library


def found(*texts, known=None):
    problems = check_library(known or library(), [brief(text) for text in texts])
    return {(problem.code, problem.place.file, problem.place.line) for problem in problems}


def test_what_no_brief_uses_is_shown_at_its_entry():
    text = "title: T\nvoices: [{id: v, who: ann, says: C., cite: '@talk'}]\n"
    assert found(text) == {("unused-source", "briefs/sources.yaml", 4), ("unused-expert", "briefs/experts.yaml", 3)}


def test_any_brief_and_any_field_will_do():
    first = "title: T\nexperts: [ann, ben]\n"
    second = (
        "title: U\nlimits: See [@talk].\nfacts: [{id: f, claim: C., figures: [{amount: 5, by: A, cite: '@press'}]}]\n"
    )
    assert found(first, second) == set()


def test_the_house_style_cites_too():
    known = library(house="name: Example Desk\nmethod: As in [@talk; @nobody].\n")
    assert found("title: T\nexperts: [ann, ben]\n", known=known) == {
        ("unused-source", "briefs/sources.yaml", 4),
        ("unknown-source", "briefs/house.yaml", 2),
    }
