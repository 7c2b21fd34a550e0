"""Footnotes belong to their text, in the same field; what would be lost is reported where it stands."""

import pytest

from generator.model import Prose, Text
from generator.problems import Location, Problem
from generator.syntax.markdown.prose import read_prose, render_footnote, render_prose


def read_all(value: str) -> tuple[Prose, tuple[Problem, ...]]:
    return read_prose(Text(value, Location("a.yaml", 1, 1), value))


def findings(value: str) -> list[tuple[int, str]]:
    """The line and the words that each problem underlines."""
    found = []
    for problem in read_all(value)[1]:
        assert problem.code == "bad-footnote"
        line, column = problem.place.line, problem.place.column - 1
        found.append((line, value.splitlines()[line - 1][column : column + problem.place.length]))
    return found


def printed(value: str) -> tuple[str, list[str]]:
    """The prose and its footnotes; citations and facts by their keys."""
    prose, problems = read_all(value)
    assert problems == ()

    def cite(_index: int, group: object) -> str:
        return "+".join(citation.key for citation in group.citations)  # type: ignore[attr-defined]

    body = render_prose(prose, cite, lambda fact: fact.fact, lambda index: f"<{prose.footnotes[index].label}>")
    return body, [render_footnote(prose, index, cite, lambda fact: fact.fact) for index in range(len(prose.footnotes))]


def test_a_footnote_is_taken_out_of_the_text() -> None:
    assert printed("It rose.[^1]\n\n[^1]: In *constant* prices.\n\nAnd fell.") == (
        "<p>It rose.<1></p>\n<p>And fell.</p>",
        ["In <em>constant</em> prices."],
    )


def test_a_definition_may_end_a_paragraph_and_have_several() -> None:
    body, notes = printed("One[^a] and[^b] again[^a].\n[^a]: First.\n\n    Second.\n\n    Third.\n[^b]: Other\nline.")
    assert body == "<p>One<a> and<b> again<a>.</p>"
    assert notes == ['First.<span class="further">Second.</span><span class="further">Third.</span>', "Other\nline."]


def test_citations_and_facts_inside_are_read_in_order_and_where_they_stand() -> None:
    value = "First[^n] then [@a].\n\n[^n]: See [@b, p. 3], [#cost] and @c [p. 4]."
    prose, problems = read_all(value)
    assert problems == ()
    assert [group.citations[0].key for group in prose.citation_groups] == ["a", "b", "c"]
    assert prose.footnotes[0].citation_groups == (1, 2)
    assert [value[one.citations[0].offset :][:2] for one in prose.citation_groups] == ["@a", "@b", "@c"]
    assert prose.facts[0].place.column == len("[^n]: See [@b, p. 3], ") + 1
    assert printed(value)[1] == ["See b, cost and c."]


def test_the_words_of_a_footnote_are_not_among_those_of_the_text() -> None:
    assert read_all("It rose.[^1]\n\n[^1]: By half.")[0].plain == "It rose."


def test_a_quotation_is_held_against_what_its_footnote_cites() -> None:
    prose, _ = read_all("“Never”[^1] was said, and “always” [@c].\n\n[^1]: Twice “now” [@a] [@b].")
    assert [(q.words, q.citation_groups) for q in prose.quotations] == [
        ("Never", (1, 2)),
        ("always", (0,)),
        ("now", (1, 2)),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("It rose.[^1]", [(1, "[^1]")]),
        ("It rose.[^1] And[^2].\n\n[^2]: a", [(1, "[^1]")]),
        ("It rose.\n\n[^1]: By half.", [(3, "[^1]")]),
        ("It rose.[^1]\n\n[^1]: By half.\n[^1]: By a third.", [(4, "[^1]")]),
        ("It rose.[^1]\n\n[^1]:", [(3, "[^1]")]),
        ("It[^a] rose[^b].\n\n[^a]: So[^b].\n[^b]: No.", [(3, "[^b]")]),
        ("It rose.[^1]\n\n[^1]: - a\n    - b", [(3, "[")]),
        ("It rose.[^1]\n\n[^1]: a\n\n    > b", [(5, ">")]),
        ("- one[^1]\n- two\n\n  [^1]: in a list\n  [^2]: unused", [(5, "[^2]")]),
    ],
)
def test_what_would_be_lost_is_reported(value: str, expected: list[tuple[int, str]]) -> None:
    assert findings(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        "It rose.[^a b]",
        "It rose.^[By [half].]",
        "It rose.[^]",
        "It rose.^[By half",
        "[see[^1]](https://x.y)\n\n[^1]: a",
    ],
)
def test_other_forms_are_markup_of_other_dialects(value: str) -> None:
    assert [problem.code for problem in read_all(value)[1]] == ["foreign-markup"]


def test_in_code_and_behind_a_backslash_it_is_no_footnote() -> None:
    assert printed("`[^1]` \\[^2]")[0] == "<p><code>[^1]</code> [^2]</p>"
