"""Every code's own examples: the wrong one raises it, the right one does not."""

from __future__ import annotations

import pytest
import yaml

from generator.evidence.checks import CHECKS, CODES, check_library
from generator.evidence.checks.changed_support import SUSPECT
from generator.evidence.review_record import Reviews, parse, reviewed
from generator.pipeline.used_facts import with_used
from tests.evidence.checks.findings import TODAY, findings
from tests.support import brief, library

BASE = """
title: Sample
date: 2025-02-14
experts: [ann, ben]
selection: Both who spoke.
facts:
  - {id: training-cost, claim: It cost 5.6 million dollars., cite: "@press", review_by: 2025-12-31}
questions:
  - id: work
    ask: Do controls work?
    scale: [They do little, Mixed, They work]
    positions:
      ann: {stance: Mixed, says: They slow China down., cite: "@talk"}
      ben: {gap: no-position-found, searched: five press reports, until: 2025-02-14}
"""
IN_EXPERTS = {"affiliation-missing", "unused-expert"}
WHOLE = {"unused-source", "unused-expert"}
BY_CODE = {code.name: code for code in CODES}


def merged(fragment, instead_of=""):
    """The base with the fragment's fields in place of its own, and without those of `instead_of`."""
    base, given, left_out = (yaml.load(text, yaml.BaseLoader) or {} for text in (BASE, fragment, instead_of))
    kept = {name: value for name, value in base.items() if name not in left_out}
    return yaml.safe_dump(kept | given, allow_unicode=True, sort_keys=False)


def codes_of(code, fragment):
    if code.name == "reviews-damaged":
        return {problem.code for problem in parse(fragment, "briefs/reviews.lock")[1]}
    if code.name == "number-twice":
        other = brief(merged("number: 2026-01"))
        return {problem.code for problem in check_library(library(), [other, brief(merged(fragment))])}
    if code.name == "unused-fact":
        using = brief(merged("uses: [in-use]\nfacts: []"))
        whole, known, _ = with_used(using, library(), lambda file: fragment.encode())
        return {problem.code for problem in check_library(known, [whole])}
    if code.name in WHOLE:
        known = library(experts=fragment) if code.name in IN_EXPERTS else library(sources=fragment)
        return {problem.code for problem in check_library(known, [brief(merged(""))])}
    reviews = reviewed(Reviews(), [brief(merged(SUSPECT.right))], TODAY) if code is SUSPECT else Reviews()
    known = library(experts=fragment) if code.name in IN_EXPERTS else library()
    text = merged("") if code.name in IN_EXPERTS else merged(fragment, code.right)
    return {problem.code for problem in findings(text, known=known, reviews=reviews)}


@pytest.mark.parametrize("name", BY_CODE)
def test_the_wrong_example_raises_it_and_the_right_one_does_not(name):
    code = BY_CODE[name]
    assert name in codes_of(code, code.wrong)
    assert name not in codes_of(code, code.right)


def test_the_sample_that_the_examples_are_put_into_is_clean():
    known = library(experts="ann: {name: Ann Example, affiliation_note: none given}\nben: {name: Ben Sample}")
    done = reviewed(Reviews(), [brief(merged(""))], TODAY)
    assert findings(merged(""), known=known, reviews=done) == []


def test_codes_are_told_apart():
    assert len(BY_CODE) == len(CODES)
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(code.title and code.explanation and code.wrong for code in CODES)
