"""Problems as people and programs read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.console import formatters
from generator.problems import Location, Problem, Severity


def problem(line: int = 1, column: int = 1, length: int = 1, **more: Any) -> Problem:
    return Problem(Severity.ERROR, "a-code", Location("f.yaml", line, column, length), "something is wrong", **more)


def drawn(folder: Path, text: str, *problems: Problem, colour: bool = False) -> list[str]:
    (folder / "f.yaml").write_text(text, "utf-8")
    return formatters.draw_text(problems, folder, lambda file: f"../{file}", colour=colour).split("\n")


def test_the_caret_stands_under_the_words_meant(tmp_path: Path) -> None:
    assert drawn(tmp_path, "title: A\nstance: Wel\n", problem(2, 9, 3, hint="did you mean 'Well'?")) == [
        "../f.yaml:2:9: error[a-code]: something is wrong",
        "    2 | stance: Wel",
        "      |         ^^^",
        "  hint: did you mean 'Well'?",
    ]


def test_wide_letters_and_accents_do_not_move_the_caret(tmp_path: Path) -> None:
    lines = drawn(tmp_path, "標題: x\n", problem(1, 5))
    assert lines[2] == "      |       ^"
    lines = drawn(tmp_path, "cafe\u0301: x\n", problem(1, 8))
    assert lines[2] == "      |       ^"


def test_of_a_long_line_the_part_around_the_place_is_shown(tmp_path: Path) -> None:
    lines = drawn(tmp_path, "x" * 300 + "HERE" + "y" * 300, problem(1, 301, 4))
    assert len(lines[1]) < 120
    at = lines[2].index("^")
    assert lines[1][at : at + 4] == "HERE"


def test_characters_that_move_the_cursor_or_turn_the_text_are_made_visible(tmp_path: Path) -> None:
    lines = drawn(tmp_path, "a: \x1b[2Jboo\u202e\n", problem(1, 1))
    assert "\x1b" not in lines[1]
    assert "\u202e" not in lines[1]


def test_marked_words_are_coloured_only_where_colour_is_wanted(tmp_path: Path) -> None:
    found = problem(marked="would [-not-] improve {+much+}")
    assert "  would [-not-] improve {+much+}" in drawn(tmp_path, "a\n", found)
    assert any("\x1b[31m\x1b[1m[-not-]" in line for line in drawn(tmp_path, "a\n", found, colour=True))


def test_a_file_that_is_gone_costs_only_the_source_line(tmp_path: Path) -> None:
    text = formatters.draw_text([problem(hint="look")], tmp_path, str)
    assert text == "f.yaml:1:1: error[a-code]: something is wrong\n  hint: look"


def test_json_is_an_array_and_empty_when_all_is_well() -> None:
    assert formatters.draw_json([], str) == "[]"
    assert json.loads(formatters.draw_json([problem(3, 4)], str)) == [
        {
            "file": "f.yaml",
            "line": 3,
            "column": 4,
            "severity": "error",
            "code": "a-code",
            "message": "something is wrong",
            "hint": "",
        }
    ]


def test_order_and_repetition_of_problems_do_not_depend_on_the_order_of_work() -> None:
    first, second = problem(1), problem(2)
    assert formatters.ordered([second, first, second]) == (first, second)


def test_github_annotations_cannot_be_broken_by_a_message() -> None:
    text = formatters.draw_github(
        [Problem(Severity.WARNING, "c", Location("a,b.yaml", 1, 1), "one\n::error::two", "")], str
    )
    assert text == "::warning file=a%2Cb.yaml,line=1,col=1,title=c::one%0A::error::two"


@given(st.text(max_size=120), st.integers(1, 200), st.integers(1, 200))
@settings(max_examples=200, deadline=None)
def test_no_line_crashes_the_drawing(text: str, column: int, length: int) -> None:
    lines = formatters._source_lines(text, 7, column, length, str)
    assert "^" in lines[1]
