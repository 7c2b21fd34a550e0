"""Names that nobody has, where they stand, and what was probably meant."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes, findings
from tests.support import library


def spot(text, problem):
    """The characters that a problem points at."""
    line = text.splitlines()[problem.place.line - 1]
    return line[problem.place.column - 1 : problem.place.column - 1 + problem.place.length]


@pytest.mark.parametrize(
    ("text", "code", "pointed_at", "hint"),
    [
        ("title: T\nexperts: [ann, bne]\n", "unknown-expert", "bne", "did you mean 'ben'?"),
        ("title: T\nsummary: It fell [@tlak, p. 3].\n", "unknown-source", "@tlak", "did you mean 'talk'?"),
        (
            "title: T\nsummary: >\n  It fell\n  [see @talk; @prses].\n",
            "unknown-source",
            "@prses",
            "did you mean 'press'?",
        ),
        ("title: T\nsummary: As @prss says, it fell.\n", "unknown-source", "@prss", "did you mean 'press'?"),
        (
            "title: T\nfacts: [{id: cost, claim: It fell., cite: '@talk; @prses, p. 3'}]\n",
            "unknown-source",
            "@prses",
            "did you mean 'press'?",
        ),
        (
            "title: T\nfacts: [{id: cost, claim: It fell., cite: '[@tlak; @press]'}]\n",
            "unknown-source",
            "@tlak",
            "did you mean 'talk'?",
        ),
        (
            "title: T\nfacts: [{id: cost, claim: It fell., cite: 'see -@tlak'}]\n",
            "unknown-source",
            "@tlak",
            "did you mean 'talk'?",
        ),
        (
            "title: T\nfacts: [{id: cost, claim: It fell., cite: '-@tlak'}]\n",
            "unknown-source",
            "@tlak",
            "did you mean 'talk'?",
        ),
        (
            "title: T\nfacts: [{id: cost, claim: It fell., cite: '@talk'}]\nsummary: It fell [#cots].\n",
            "unknown-fact",
            "[#cots]",
            "did you mean 'cost'?",
        ),
    ],
)
def test_an_unknown_name_is_shown_at_its_characters(text, code, pointed_at, hint):
    (problem,) = findings(text, code)
    assert (spot(text, problem), problem.hint) == (pointed_at, hint)


def test_a_person_whom_the_brief_already_names_is_suggested_last():
    known = library(experts="example-a: {name: Ann Example}\nsample-b: {name: Ben Sample}\n")
    (renamed,) = findings("title: T\nexperts: [example-a, example-b]\n", "unknown-expert", known=known)
    assert renamed.hint == "did you mean 'sample-b'?"
    both = "title: T\nexperts: [example-a, sample-b]\nvoices: [{id: v, who: exampl-a, says: No., cite: '@talk'}]\n"
    (misspelt,) = findings(both, "unknown-expert", known=known)
    assert misspelt.hint == "did you mean 'example-a'?"


def test_experts_are_looked_up_in_columns_cells_and_voices():
    text = """
title: T
experts: [xenia]
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      yann: {gap: declined}
voices: [{id: v, who: zoe, says: It works., cite: "@talk"}]
"""
    named = [problem.message for problem in findings(text, "unknown-expert")]
    assert named == ["unknown expert “xenia”", "unknown expert “yann”", "unknown expert “zoe”"]


@pytest.mark.parametrize(
    "fields",
    [
        "facts: [{id: f, claim: C., figures: [{amount: 5, by: A, cite: '@nobody'}]}]",
        "facts: [{id: f, claim: C., cite: '@talk', note: 'See [@nobody].'}]",
        "options: [{id: o, option: C., against: 'It fails [@nobody].', cite: '@talk'}]",
        "timeline: [{date: 2023, event: C., cite: '@nobody'}]",
        "voices: [{id: v, who: ann, says: C., cite: '@nobody'}]",
        "corrections: [{date: 2024, what: 'Was wrong [@nobody].'}]",
        "key_points: ['It fell [@nobody].']",
        "limits: It fell [@nobody].",
    ],
)
def test_sources_are_looked_up_wherever_something_is_cited(fields):
    assert len(findings(f"title: T\n{fields}\n", "unknown-source")) == 1


def test_what_a_position_or_option_rests_on_is_a_fact_of_the_brief():
    text = """
title: T
facts: [{id: cost, claim: C., cite: "@talk"}]
options: [{id: o, option: C., cite: "@talk", rests_on: [cost, csot]}]
"""
    (problem,) = findings(text, "unknown-fact")
    assert (problem.place.line, problem.place.column) == (4, 63)


def test_ids_may_be_shared_by_records_of_different_kinds():
    text = """
title: T
facts: [{id: chips, claim: C., cite: "@talk"}]
options: [{id: chips, option: C., cite: "@talk"}]
"""
    assert "duplicate-id" not in codes(text)


def test_no_cell_has_the_anchor_of_another_part():
    text = """
title: T
experts: [ann, b-ann, one]
facts: [{id: one, claim: C., cite: "@talk"}]
questions:
  - {id: a-b, ask: A?, scale: [Less, More], positions: {ann: {stance: Less, says: S., cite: "@talk"}}}
  - {id: a, ask: B?, scale: [Less, More], positions: {b-ann: {stance: Less, says: S., cite: "@talk"}}}
  - {id: fact, ask: C?, scale: [Less, More], positions: {one: {stance: Less, says: S., cite: "@talk"}}}
"""
    found = findings(text, "duplicate-id")
    assert [one.place.line for one in found] == [7, 8]
    assert "“a-b-ann” as “ann” on the question “a-b”" in found[0].message
    assert "“fact-one” as the fact “one”" in found[1].message
