"""Lines of prose that place a figure: which are, where they are, and what is said of those that cannot be."""

from __future__ import annotations

import pytest

from generator.model import Text
from generator.problems import Location
from generator.syntax.markdown.prose import read_prose, render_prose


def text(value: str) -> Text:
    return Text(value, Location("briefs/one.yaml", 1, 1, len(value)), value)


def test_a_line_of_its_own_is_a_place_and_ends_the_paragraph_before_it() -> None:
    prose, problems = read_prose(text("It rose [#picture:a].\n![#picture:a]\nThen it fell.\n\n![#harbour]  \n"))
    assert not problems
    assert [(one.name, one.place.line, one.place.column) for one in prose.placements] == [
        ("picture:a", 2, 1),
        (":harbour", 5, 1),
    ]
    html = render_prose(
        prose, lambda *_: "", lambda one: f"({one.fact})", placed=lambda one: f"<figure>{one.name}</figure>"
    )
    assert html.split("\n") == [
        "<p>It rose (picture:a).</p>",
        "<figure>picture:a</figure>",
        "<p>Then it fell.</p>",
        "<figure>:harbour</figure>",
    ]
    assert prose.plain == "It rose.\nThen it fell."


@pytest.mark.parametrize(
    "written",
    [
        "It rose ![#picture:a] fast.",
        "- item\n\n  ![#table:a]",
        "> said\n>\n> ![#box:a]",
        "It rose.[^1]\n\n[^1]: Note.\n\n    ![#quote:a]",
    ],
)
def test_anywhere_else_it_is_a_problem_at_its_place(written: str) -> None:
    prose, problems = read_prose(text(written))
    (problem,) = problems
    at = written.index("![#")
    line, column = written[:at].count("\n") + 1, at - (written.rfind("\n", 0, at) + 1) + 1
    assert (problem.code, problem.place.line, problem.place.column) == ("bad-placement", line, column)
    assert not prose.placements


def test_an_exclamation_before_a_reference_to_a_fact_is_none() -> None:
    prose, problems = read_prose(text("It works![#cost]\n\n    ![#picture:code]\n"))
    assert not problems or {one.code for one in problems} == {"bad-placement"}
    assert [one.fact for one in prose.facts] == ["cost"]
