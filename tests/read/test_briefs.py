"""Fact files: each mistake an author can make, with its code and place; and what a sound file is read as."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Gap, GapReason, Position, Status
from generator.problems import Problem
from tests import support


def codes(text: str) -> list[tuple[str, int]]:
    return [(p.code, p.place.line) for p in sorted(support.read(dedent(text).lstrip("\n"))[1], key=lambda p: p.place)]


def only(text: str) -> Problem:
    (problem,) = support.read(dedent(text).lstrip("\n"))[1]
    return problem


def test_an_unknown_key_names_the_nearest_known_one() -> None:
    problem = only("title: A title\nsumary: Text.\n")
    assert (problem.code, problem.place.line, problem.place.column) == ("unknown-key", 2, 1)
    assert problem.hint == "did you mean 'summary'?"


def test_an_unknown_key_deep_inside_names_the_nearest_one_of_its_own_record() -> None:
    problem = only(
        """
        title: A title
        questions:
          - id: works
            ask: Does it work?
            scale: [It does not, It does]
            positions:
              ann: {stance: It does, says: Yes., cites: "@talk"}
        """
    )
    assert (problem.code, problem.place.line) == ("unknown-key", 7)
    assert problem.hint == "did you mean 'cite'?"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("subtitle: No title\n", "missing-field", 1),
        ("title: A\nfacts:\n  - id: cost\n", "missing-field", 3),
        ("title: A\nfacts:\n  - claim: Something.\n", "missing-field", 3),
        ("title: A\nexperts: ann\n", "wrong-type", 2),
        ("title: [a, b]\n", "wrong-type", 1),
        ("title: A\nedition: first\n", "wrong-type", 2),
        ("title: A\nsummary:\n", "none", 0),
        ("title:\n", "wrong-type", 1),
        ("title: A\nstatus: ready\n", "bad-value", 2),
        ("title: A\nedition: 0\n", "bad-value", 2),
        ("title: A\nfacts:\n  - {id: Cost!, claim: B}\n", "bad-value", 3),
        ("title: A\ndate: 14 Feb 2025\n", "bad-date", 2),
        ("title: A\ndate: 2025-02-30\n", "bad-date", 2),
        ("title: A\nlanguage: english\n", "unknown-language", 2),
        ("title: A\ntimeline:\n  - {date: soon, event: B, cite: '@talk'}\n", "bad-date", 3),
        ("title: A\nfacts:\n  - {id: a, claim: B, figures: [{amount: lots, by: C}]}\n", "bad-amount", 3),
        ("title: A\nfacts:\n  - {id: a, claim: B, cite: 'talk, p. 3'}\n", "bad-citation", 3),
        ("title: A\nfacts:\n  - {id: a, claim: B, cite: '@talk, pg. 3'}\n", "unknown-locator", 3),
        ("just words\n", "wrong-type", 1),
        ("- a\n- b\n", "wrong-type", 1),
    ],
)
def test_each_mistake_has_its_code_and_line(text: str, code: str, line: int) -> None:
    assert codes(text) == ([(code, line)] if code != "none" else [])


def test_a_stance_off_the_scale_names_the_nearest_label() -> None:
    problem = only(
        """
        title: A
        questions:
          - id: works
            ask: Does it work?
            scale: [They backfire, They work]
            positions:
              ann: {stance: They backfired, says: No., cite: "@talk"}
        """
    )
    assert (problem.code, problem.hint) == ("unknown-stance", "did you mean 'They backfire'?")


def test_a_position_without_a_stance_is_told_the_scale() -> None:
    problem = only(
        """
        title: A
        questions:
          - {id: works, ask: Does it work?, scale: [Badly, Well], positions: {ann: {says: No., cite: "@talk"}}}
        """
    )
    assert problem.code == "missing-stance"
    assert "Badly, Well" in problem.hint


def test_preferred_has_to_name_a_figure_of_the_fact() -> None:
    problem = only(
        """
        title: A
        facts:
          - id: cost
            claim: B
            figures:
              - {id: early, amount: 5, by: C, cite: "@talk"}
            preferred: {figure: erly, because: It is first.}
        """
    )
    assert (problem.code, problem.place.line, problem.hint) == ("unknown-figure", 7, "did you mean 'early'?")


def test_ten_mistakes_of_different_kinds_are_all_named_at_their_lines() -> None:
    text = """
    title: A
    subtitel: B
    date: 2025-13-01
    status: redy
    country: no
    experts: ann
    facts:
      - id: cost
        figures: [{amount: plenty, by: C, cite: "@talk, pg. 2"}]
      - claim: Without an id.
    questions:
      - id: works
        ask: Does it work?
        scale: [Badly, Well]
        positions:
          ann: {stance: Wel, says: Yes., cite: "talk"}
          ben: {gap: unknown}
    """
    assert codes(text) == [
        ("unknown-key", 2),
        ("bad-date", 3),
        ("bad-value", 4),
        ("unknown-key", 5),
        ("yaml-surprise", 5),
        ("wrong-type", 6),
        ("missing-field", 8),
        ("bad-amount", 9),
        ("unknown-locator", 9),
        ("missing-field", 10),
        ("unknown-stance", 16),
        ("bad-citation", 16),
        ("bad-value", 17),
    ]


def test_a_sound_file_is_read_whole() -> None:
    brief = support.brief(
        """
        title: Does it work?
        date: 2025-02
        status: published
        edition: 2
        updates: A later report.
        experts: [ann, ben]
        summary: It costs much [@talk, p. 3; @press], see [#cost].
        facts:
          - id: cost
            claim: What it costs is disputed.
            figures:
              - {id: low, amount: 5.6 million, unit: USD, by: the maker, cite: "@talk, p. 3"}
              - {amount: 1.3 billion, unit: USD, by: a study, cite: "@press", date: 2025}
            preferred: {figure: low, because: It is first-hand.}
        questions:
          - id: works
            ask: Does it work?
            scale: [Badly, Well]
            positions:
              ann:
                stance: Well
                quote: It works well.
                cite: "@talk, para. 2"
                rests_on: [cost]
                earlier:
                  - {stance: Badly, says: It failed., cite: "@press", date: 2023-01}
              ben: {gap: declined, note: In writing.}
        """
    )
    assert brief.status is Status.PUBLISHED
    assert brief.edition == 2
    assert [c.key for c in brief.summary.citation_groups[0].citations] == ["talk", "press"]
    assert [f.fact for f in brief.summary.facts] == ["cost"]
    cost = brief.facts[0]
    assert [int(figure.amount.low) for figure in cost.figures] == [5_600_000, 1_300_000_000]
    assert cost.preferred is not None
    assert cost.preferred.figure == 0
    ann, ben = brief.questions[0].cells["ann"], brief.questions[0].cells["ben"]
    assert isinstance(ann, Position)
    assert ann.stance == 1
    assert [earlier.stance for earlier in ann.earlier] == [0]
    assert isinstance(ben, Gap)
    assert ben.reason is GapReason.DECLINED


def test_suppressions_are_read_with_their_reasons() -> None:
    brief = support.brief("title: A\nsilence: {vague-attribution: The report names nobody.}\n")
    assert [(s.code, s.reason) for s in brief.suppressed] == [("vague-attribution", "The report names nobody.")]


_VALUES = st.recursive(
    st.sampled_from(
        ["x", "@talk", "ann", "2025-02-14", "5.6 million", "", "~", "[#a]", '"“q”"', "'@a, pg. 1; @'", "true", "-3"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(
                ["id", "claim", "cite", "stance", "positions", "gap", "figures", "amount", "scale", "ann", "x"]
            ),
            inner,
            max_size=3,
        ).map(lambda entries: "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}")
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(
            ["title", "date", "status", "experts", "summary", "key_points", "facts", "questions", "timeline", "options", "voices",
             "edition", "authors", "silence", "corrections", "unknown"]
        ),
        _VALUES,
        max_size=5,
    )
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_no_shape_of_file_crashes_the_reader(entries: dict[str, str]) -> None:
    brief, problems = support.read("".join(f"{key}: {value}\n" for key, value in entries.items()) or "a: b\n")
    assert brief is not None or problems
    assert all(problem.message for problem in problems)


def test_amounts_are_read_in_the_language_of_the_brief():
    text = "title: T\nlanguage: LANG\nfacts: [{id: f, claim: C., figures: [{amount: '1.300', by: A}]}]\n"
    german, english = (
        support.brief(text.replace("LANG", one)).facts[0].figures[0].amount.low for one in ("de", "en-GB")
    )
    assert (german, english) == (1300, Decimal("1.3"))
