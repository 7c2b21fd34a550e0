"""What people were when they spoke."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Affiliation, Date, Expert
from generator.model.days import affiliation_at
from generator.problems import Location
from generator.syntax.dates import read_date
from tests.evidence.checks.findings import findings
from tests.support import library

HERE = Location("briefs/experts.yaml")


def person(*posts):
    affiliations = tuple(
        Affiliation(
            organisation=name,
            start=read_date(start) if start else None,
            end=read_date(end) if end else None,
            place=HERE,
        )
        for name, start, end in posts
    )
    return Expert(id="ann", name="Ann Example", family="Example", affiliations=affiliations, place=HERE)


@pytest.mark.parametrize(
    ("date", "held"),
    [
        ("2019", None),
        ("2020-01-01", "College"),
        ("2022-06-30", "College"),
        ("2022-07-01", "Ministry"),
        ("2022-07", "Ministry"),
        ("2022", "Ministry"),
        ("2024-12-31", "Ministry"),
        ("2025", None),
    ],
)
def test_the_affiliation_held_on_the_day(date, held):
    ann = person(("College", "2020", "2022-06"), ("Ministry", "2022-07", "2024"))
    found = affiliation_at(ann, read_date(date))
    assert (found.organisation if found else None) == held


def test_open_ends_hold_for_ever():
    ann = person(("College", None, "2020"), ("Ministry", "2021", None))
    assert affiliation_at(ann, Date(1900)).organisation == "College"
    assert affiliation_at(ann, Date(2999)).organisation == "Ministry"


def test_of_two_at_once_the_later_counts_and_then_the_first_listed():
    assert affiliation_at(person(("Old", "2010", None), ("New", "2020", None)), Date(2021)).organisation == "New"
    assert affiliation_at(person(("First", None, None), ("Second", None, None)), Date(2021)).organisation == "First"


def test_what_holds_for_the_whole_of_a_year_goes_before_what_begins_in_it():
    ann = person(("Whole", "2020", None), ("Part", "2022-11", None))
    assert affiliation_at(ann, Date(2022)).organisation == "Whole"


def test_a_statement_of_unknown_date_gets_the_latest():
    assert affiliation_at(person(("Old", "2010", "2015"), ("New", "2016", None)), None).organisation == "New"


days = st.dates().map(lambda day: Date(day.year, day.month, day.day))


@settings(deadline=None)
@given(days, days, days)
def test_an_affiliation_never_covers_a_day_outside_it(start, end, day):
    post = Affiliation(organisation="College", start=start, end=end, place=HERE)
    ann = Expert(id="ann", name="Ann Example", family="Example", affiliations=(post,), place=HERE)
    assert (affiliation_at(ann, day) is post) == (start <= day <= end)


VOICE = "title: T\n{date}voices: [{{id: v, who: ann, {said}says: It works., cite: '@talk'}}]\n"


@pytest.mark.parametrize(
    ("affiliation", "said", "missing"),
    [
        ("from: 2024-05-03", "", True),  # the talk was given on 2 May 2024
        ("from: 2024-05-02", "", False),
        ("from: 2024-05-03", "date: 2024-06-01, ", False),
        ("until: 2023", "", True),
        ("until: 2023", "date: 2022, ", False),
    ],
)
def test_the_date_of_a_statement_is_its_own_or_that_of_its_source(affiliation, said, missing):
    known = library(experts=f"ann: {{name: Ann Example, affiliations: [{{organisation: College, {affiliation}}}]}}")
    found = findings(VOICE.format(date="", said=said), "affiliation-missing", known=known)
    assert bool(found) == missing


def test_without_any_other_date_that_of_the_brief_counts():
    known = library(
        experts="ann: {name: Ann Example, affiliations: [{organisation: College, until: 2020}]}",
        sources="references: [{id: talk, type: speech, title: A talk}]",
    )
    assert findings(VOICE.format(date="date: 2021-01-01\n", said=""), "affiliation-missing", known=known)
    assert not findings(VOICE.format(date="date: 2020-01-01\n", said=""), "affiliation-missing", known=known)


@pytest.mark.parametrize("entry", ["affiliation_note: none given", "kind: institution"])
def test_notes_and_institutions_need_no_affiliation(entry):
    known = library(experts=f"ann: {{name: Ann Example, {entry}}}")
    assert not findings(VOICE.format(date="", said=""), "affiliation-missing", known=known)


def test_each_person_and_day_is_reported_once():
    known = library(experts="ann: {name: Ann Example}")
    text = """
title: T
voices:
  - {id: v, who: ann, says: It works., cite: "@talk"}
  - {id: w, who: ann, says: It works well., cite: "@talk"}
  - {id: x, who: ann, says: It fails., cite: "@talk", date: 2020}
"""
    problems = findings(text, "affiliation-missing", known=known)
    assert [problem.place.line for problem in problems] == [4, 6]
    assert "2024-05-02" in problems[0].message
    assert "briefs/experts.yaml, line 1" in problems[0].hint
