"""What counts as the same where texts are folded before they are searched."""

from __future__ import annotations

from generator.evidence.gate.paragraphs import plain


def test_what_is_folded_is_typography_alone() -> None:
    assert plain("an e\ufb03cient “plan” – so e\u0301") == plain('an efficient "plan" - so \u00e9')
    assert plain("Plan") != plain("plan")
    assert plain("10\u2076") != plain("106")
