"""Whether a brief is as long as its preset says, and what is said where it is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Location, Severity
from generator.render.design_checks import check_length
from generator.render.layout.pdf import OutlineEntry
from tests.render.pages import preset

PLACE = Location("briefs/a.yaml")
OUTLINE = (
    OutlineEntry(1, "A brief", 1),
    OutlineEntry(2, "Summary", 1),
    OutlineEntry(2, "The positions", 1),
    OutlineEntry(3, "1 Does it work?", 1),
    OutlineEntry(2, "Limits", 3),
    OutlineEntry(2, "Sources", 3),
)
TWO = replace(preset(), name="leaflet", least_pages=2, most_pages=2)


@pytest.mark.parametrize(("length", "codes"), [(1, 1), (1.01, 0), (1.5, 0), (2, 0), (2.01, 1), (9, 1)])
def test_a_last_page_counts_whole_and_limits_are_kept_exactly(length, codes):
    assert len(check_length(TWO, length, OUTLINE, PLACE)) == codes


def test_too_long_says_by_how_much_where_and_what_to_shorten():
    (problem,) = check_length(TWO, 2.43, OUTLINE, PLACE)
    assert problem.code == "preset-pages"
    assert problem.message == (
        "the brief fills 2.4 pages, 0.4 pages more than 'leaflet' has room for: “Limits” begins on page 3"
    )
    assert problem.hint == (
        "shorten “The positions”, the longest part, or another one; or write preset: report, which has no limit"
    )
    (problem,) = check_length(replace(TWO, short=True), 2.43, OUTLINE, PLACE)
    assert problem.hint == (
        "leave parts out (`in` lists the presets that print a part), or give them a `short` text; "
        "the longest part is “The positions”; or write preset: report, which has no limit"
    )


def test_what_runs_over_without_a_heading_of_its_own_is_named_by_the_last_one():
    (problem,) = check_length(TWO, 2.2, OUTLINE[:4], PLACE)
    assert problem.message.endswith("“1 Does it work?” continues on page 3")
    (bare,) = check_length(TWO, 2.2, (), PLACE)
    assert bare.message.endswith("the text continues on page 3")


def test_too_short_says_how_long_it_should_be():
    (problem,) = check_length(TWO, 0.7, OUTLINE, PLACE)
    assert problem.message == "the brief fills 0.7 pages, and 'leaflet' needs exactly 2 pages"
    assert problem.hint.startswith("add 1.3 pages of text")
    assert problem.hint.endswith("or write preset: briefing")
    (problem,) = check_length(replace(TWO, most_pages=4), 1, OUTLINE, PLACE)
    assert problem.message == "the brief fills 1 page, and 'leaflet' needs at least 2 pages"


def test_an_error_where_it_is_published_and_a_warning_in_a_draft():
    assert check_length(TWO, 3, OUTLINE, PLACE)[0].severity is Severity.ERROR
    assert check_length(TWO, 3, OUTLINE, PLACE, draft=True)[0].severity is Severity.WARNING


def test_a_preset_without_limits_has_none():
    free = replace(TWO, least_pages=1, most_pages=0)
    assert not check_length(free, 300, OUTLINE, PLACE)


headings = st.lists(st.builds(OutlineEntry, st.integers(1, 3), st.text(max_size=8), st.integers(1, 9)), max_size=8)


@given(st.integers(1, 9), st.integers(0, 9), st.integers(1, 900), headings)
def test_whatever_the_outline_there_is_a_problem_exactly_outside_the_limits(least, most, hundredths, outline):
    design = replace(TWO, least_pages=least, most_pages=most)
    pages = -(-hundredths // 100)
    outside = pages < least or 0 < most < pages
    found = check_length(design, hundredths / 100, sorted(outline, key=lambda one: one.page), PLACE)
    assert bool(found) is outside
