"""A sample of the campaign in every language: no mutant is verified, no harmless variant refused.

`make test-gate` runs all of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache

import pytest

from tests.adversary.campaign import MUTATORS, Tally, another_text, attack
from tests.adversary.corpus import Language, languages

LANGUAGES = languages()
SAMPLE = 4
"""Quotations of each language."""


@cache
def tried(language: Language) -> Tally:
    tally, rng = Tally(), random.Random(f"sample {language.tag}")
    attack(language, rng, tally, rounds=1, most=SAMPLE)
    another_text(language, rng.sample(LANGUAGES, 3), rng, tally)
    return tally


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.tag)
def test_no_mutant_is_verified_and_no_variant_refused(language: Language) -> None:
    tally = tried(language)
    wrong = [str(one) for one in (*tally.verified, *tally.refused)]
    assert wrong == []


def test_every_kind_is_made(count: Callable[[str], None]) -> None:
    total = Tally()
    for tally in map(tried, LANGUAGES):
        total.mutants.update(tally.mutants)
        total.variants.update(tally.variants)
        total.named.update(tally.named)
        total.misnamed += tally.misnamed
    made = set(total.mutants)
    assert made >= {mutate.__name__ for mutate in MUTATORS}
    assert len(LANGUAGES) >= 30
    count(total.summary())
