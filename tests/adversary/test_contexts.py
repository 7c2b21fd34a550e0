"""Words that are in the source, and are false for what is around them: who says them, what is left out, what is cut off."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.adversary.campaign import Tally
from tests.adversary.contexts import attack, cases


def test_no_false_context_is_verified_and_no_true_one_refused(count: Callable[[str], None]) -> None:
    tally = Tally()
    attack(tally, random.Random("contexts"))
    assert [str(one) for one in (*tally.verified, *tally.refused)] == []
    assert set(tally.mutants) == {
        "voice_taken",
        "sense_turned",
        "amount_cut",
        "clause_taken_back",
        "bracket_turned",
    }
    count(tally.summary())


def test_quoted_words_are_in_their_text() -> None:
    assert [case for case in cases() if case.quote.split()[0] not in case.text] == []
