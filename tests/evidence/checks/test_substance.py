"""Passages that cannot support anything."""

from __future__ import annotations

import pytest

from generator.evidence.checks.completeness import has_content

EMPTY = [
    "that it is",
    "of the",
    "controls",
    "harmed firms",
    "…",
    "[the firms] … it",
    "dass es in der",
    "que c'est dans le",
    "a b c d",
    "是的",
]
FULL = [
    "controls have harmed firms",
    "posed significant challenges",
    "die Zölle schaden den Firmen",
    "管制损害了企业",
    "санкции вредят фирмам",
]


@pytest.mark.parametrize("passage", EMPTY)
def test_function_words_support_nothing(passage: str) -> None:
    assert not has_content(passage)


@pytest.mark.parametrize("passage", FULL)
def test_words_with_content_do(passage: str) -> None:
    assert has_content(passage)
