"""What word processors make of plain characters never changes what a small syntax means: it is read alike, or reported."""

from __future__ import annotations

import pytest

from generator.model import CitationGroup, Locator, Text
from generator.problems import Location, Problem
from generator.syntax.amounts import read_amount
from generator.syntax.characters import DASHES, QUOTATION_MARKS, advice
from generator.syntax.citations import read_cite
from generator.syntax.dates import read_date
from generator.syntax.markdown.prose import read_prose
from tests.support import read

SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{EN SPACE}\N{IDEOGRAPHIC SPACE}"
PAIRS = ["“”", "„“", "„”", "«»", "»«", "‘’", "‚‘", '""', "''", "＂＂", "「」", "「」", "”“"]


def cited(value: str) -> tuple[CitationGroup | None, tuple[Problem, ...]]:
    return read_cite(Text(value, Location("a.yaml", 1, 1), value))


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("inside", ["@key, p. 2", " @key, p. 2\N{NO-BREAK SPACE}", "@key; see @b, p. 3"])
def test_marks_around_a_citation_are_reported_and_not_printed(pair: str, inside: str) -> None:
    group, problems = cited(pair[0] + inside + pair[1])
    assert [problem.code for problem in problems] == ["bad-citation"]
    assert f'"{inside.strip()}"' in problems[0].hint
    assert group is not None
    assert not any(set(one.prefix + one.suffix) & set(QUOTATION_MARKS) for one in group.citations)


@pytest.mark.parametrize("mark", [mark for mark in QUOTATION_MARKS if mark not in "'’‘"])
@pytest.mark.parametrize("form", ["{}@key, p. 2", "@key, p. 2{}", "@a; {}@key, p. 2", "@key, {}p. 2", "see {} @key"])
def test_a_mark_without_a_partner_is_reported_where_it_stands(mark: str, form: str) -> None:
    value = form.format(mark)
    _, problems = cited(value)
    assert [(problem.code, value[problem.place.column - 1]) for problem in problems] == [("bad-citation", mark)]


@pytest.mark.parametrize(
    "value",
    [
        "see “A Title” @key, p. 3",
        "the experts’ @key",
        "the experts' @key",
        "@key, p. 3, on “growth”",
        "see Smith’s @key",
    ],
)
def test_marks_in_the_words_of_a_citation_are_left_alone(value: str) -> None:
    assert cited(value)[1] == ()


@pytest.mark.parametrize("space", SPACES)
def test_spaces_of_all_kinds_are_spaces(space: str) -> None:
    group, problems = cited(f"see{space}@key,{space}pp.{space}2{space}–{space}3")
    assert problems == ()
    assert group is not None
    assert group.citations[0].prefix == "see"
    assert group.citations[0].locator == Locator("page", f"2{space}–{space}3")
    assert read_date(f"{space}2025-02-14{space}").day == 14
    assert read_amount(f"5.6{space}million", "", language="en-GB").low == 5_600_000


@pytest.mark.parametrize("dash", [dash for dash in DASHES if dash not in "—―"])
def test_a_dash_for_a_hyphen_is_named(dash: str) -> None:
    for value in (f"@rise{dash}2025, p. 2", f"{dash}@rise"):
        assert [problem.code for problem in cited(value)[1]] == ["bad-citation"]
    text = f"As @rise{dash}2025 says."
    assert [problem.code for problem in read_prose(Text(text, Location("a.yaml", 1, 1), text))[1]] == ["bad-citation"]
    with pytest.raises(ValueError, match="not a date"):
        read_date(f"2025{dash}02")
    assert advice(f"2025{dash}02").endswith("write -")


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_makes_a_range_of_places(dash: str) -> None:
    group, problems = cited(f"@key, pp. 2{dash}3")
    assert problems == ()
    assert group is not None
    assert group.citations[0].locator == Locator("page", f"2{dash}3")


@pytest.mark.parametrize("stop", [":", ".", "：", "，", "；"])
def test_a_place_needs_a_comma_before_it(stop: str) -> None:
    assert [problem.message[:1] for problem in cited(f"@key{stop} p. 2")[1]] == [stop]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("date: “2025-02-14”", 'write "2025-02-14" with straight quotation marks'),
        ("date: 2011–12", "– is an en dash: write -"),
        ("language: en‑GB", "‑ is a no-break hyphen: write -"),
        ("status: “draft”", 'write "draft" with straight quotation marks'),
        ("edition: “2”", 'write "2" with straight quotation marks'),
        ("experts: [„ann“]", 'write "ann" with straight quotation marks'),
        ("experts: [an‑n]", "‑ is a no-break hyphen: write -"),
        (
            "facts: [{id: a, claim: One., cite: '@talk', figures: [{amount: «5», by: A}]}]",
            'write "5" with straight quotation marks',
        ),
        (
            "facts: [{id: a, claim: One., cite: '@talk', figures: [{amount: 10‑12, by: A}]}]",
            "‑ is a no-break hyphen: write -",
        ),
    ],
)
def test_other_small_syntaxes_name_the_character(line: str, hint: str) -> None:
    assert any(hint in problem.hint for problem in read(f"title: A\n{line}\n")[1])
