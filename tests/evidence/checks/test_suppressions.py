"""What authors may suppress with `silence`, where it applies, and which suppressions are unused."""

from __future__ import annotations

import pytest

from generator.evidence.checks import check
from generator.evidence.checks.subject import Subject
from generator.problems import Code, Location, Severity
from tests.evidence.checks.findings import TODAY, codes, findings
from tests.support import brief, library

LOADED = "silence: {loaded-verb: It is what happened.}"


def lines(found):
    return sorted(problem.place.line for problem in found)


def test_a_silence_holds_for_its_record_alone():
    text = f"""
title: T
facts:
  - {LOADED}
    id: one
    claim: Ann Example admitted it.
    note: She later admitted more.
    cite: "@talk"
  - id: two
    claim: Ben Sample admitted it.
    cite: "@talk"
summary: Ann Example admitted it.
"""
    assert lines(findings(text, "loaded-verb")) == [10, 12]


def test_it_holds_for_what_stands_before_it_in_its_record_too():
    text = f"""
title: T
voices:
  - {{id: a, who: ann, says: She admitted it., cite: "@talk"}}
  - id: b
    who: ben
    says: He admitted it.
    cite: "@talk"
    {LOADED}
  - {{id: c, who: ann, says: She admitted it again., cite: "@talk"}}
"""
    assert lines(findings(text, "loaded-verb")) == [4, 10]


def test_one_in_a_position_holds_for_its_cell():
    text = f"""
title: T
experts: [ann, ben]
selection: Both.
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      ann:
        stance: "No"
        says: She admitted it.
        cite: "@talk"
        {LOADED}
      ben:
        stance: "No"
        says: He admitted it.
        cite: "@talk"
"""
    assert lines(findings(text, "loaded-verb")) == [17]


def test_one_in_a_position_holds_for_what_it_rests_on_too():
    text = """
title: T
facts: [{id: cost, claim: C., cite: "@talk"}]
experts: [ann]
selection: She alone.
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      ann: {rests_on: [cost], stance: "No", says: C., cite: "@talk", silence: {unreviewed: It is being read.}}
"""
    assert codes(text) == set()


def test_one_of_the_brief_holds_everywhere_in_it():
    text = f"title: T\nsummary: Ann Example admitted it.\n{LOADED}\nlimits: She admitted it.\n"
    assert codes(text) == set()


def test_one_of_the_house_holds_in_every_brief_and_may_be_idle():
    known = library(house=f"name: Example Desk\n{LOADED}\n")
    assert codes("title: T\nsummary: Ann Example admitted it.\n", known=known) == set()
    assert codes("title: T\n", known=known) == set()


def test_only_what_is_named_is_suppressed():
    text = f"title: T\nsummary: Ann Example admitted that experts say so.\n{LOADED}\n"
    assert codes(text) == {"vague-attribution"}


def test_an_error_stands_and_the_silence_is_told_off():
    text = "title: T\nsummary: It fell [@nobody].\nsilence: {unknown-source: We know it.}\n"
    assert codes(text) == {"unknown-source", "silence-unused"}


def test_a_quotation_that_was_not_checked_is_never_suppressed_though_only_a_draft_warns_of_it():
    text = QUOTED.replace("speaker-unclear", "quote-unverified")
    unchecked = Code("quote-unverified", Severity.ERROR)
    warning = unchecked.at(Location("briefs/sample.yaml", 4, 30), "not checked", severity=Severity.WARNING)
    problems = check(Subject(brief(text), library(), TODAY), [warning])
    assert [problem.code for problem in problems] == ["quote-unverified", "silence-unused"]


def test_an_error_that_rests_on_a_guess_may_be_suppressed():
    text = """
title: T
facts: [{id: cost, claim: C., figures: [{amount: 5 million, unit: USD, by: Ann Example, cite: "@talk"}]}]
summary: It cost $9 million [#cost].
silence: {figure-contradiction: That is what all of it cost.}
"""
    assert codes(text) == set()


def test_a_silence_that_has_nothing_to_do_is_shown_where_it_stands():
    text = f"title: T\nfacts:\n  - id: f\n    claim: C.\n    cite: '@talk'\n    {LOADED}\n"
    (problem,) = findings(text, "silence-unused")
    assert (problem.place.line, problem.place.column) == (6, 15)


ELSEWHERE = Code("speaker-unclear", Severity.WARNING)
QUOTED = """
title: T
voices:
  - {id: a, who: ann, quote: It works., cite: "@talk", silence: {speaker-unclear: She alone is heard.}}
  - {id: b, who: ann, quote: It fails., cite: "@talk"}
"""


def test_findings_of_other_stages_are_suppressed_like_the_rest():
    found = [ELSEWHERE.at(Location("briefs/sample.yaml", line, 30), "whose words are these") for line in (4, 5)]
    problems = check(Subject(brief(QUOTED), library(), TODAY), found)
    assert [(problem.code, problem.place.line) for problem in problems] == [("speaker-unclear", 5)]


def test_a_suppression_of_another_stage_that_found_nothing_is_reported():
    assert [problem.code for problem in check(Subject(brief(QUOTED), library(), TODAY))] == ["silence-unused"]


@pytest.mark.parametrize("code", ["unused-source", "unused-expert"])
def test_the_house_suppresses_what_is_found_in_the_library(code):
    from generator.evidence.checks import check_library

    def found(house):
        return {problem.code for problem in check_library(library(house=house), [brief("title: T\n")])}

    assert code in found("name: Example Desk\n")
    assert code not in found(f"name: Example Desk\nsilence: {{{code}: Kept for later.}}\n")
