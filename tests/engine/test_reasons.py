"""Reasons as text; how they are found is tested with the engine."""

from __future__ import annotations

from generator.engine import Outcome, Reason, Report, TargetStatus, Why, explain, sentence


def test_says_of_each_target_why_its_steps_ran():
    built = Outcome("x", TargetStatus.BUILT, ("page",), (Reason(Why.CHANGED, "entry", "sources.yaml#rise", "page"),))
    report = Report((built, Outcome("y", TargetStatus.SKIPPED)))
    assert explain(report).splitlines() == [
        "x: built",
        "  page: entry sources.yaml#rise changed",
        "y: skipped, nothing that it read has changed",
    ]


def test_every_reason_has_its_sentence():
    assert all(sentence(Reason(why, "file", "x", "page")) for why in Why)


def test_a_report_is_ok_if_all_is_built_and_nothing_interrupted():
    good, bad = Outcome("x", TargetStatus.SKIPPED), Outcome("y", TargetStatus.REJECTED)
    assert Report((good,)).ok
    assert not Report((good, bad)).ok
    assert not Report((good,), interrupted=True).ok
