"""What an author is shown when a quotation is absent."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.evidence.gate import Transcript
from generator.evidence.gate.nearest_passage import KINDS, LIKE, MOST_TOKENS, nearest

SOURCE = "It rained. The panel found that the levy would not improve the harbour, and that traffic fell by 12 per cent.\n\nIt rained again."
CASES = [
    ("the levy would improve the harbour", "negation", "levy would [-not-] improve the"),
    ("the levy would never improve the harbour", "negation", "would [-not-]{+never+} improve"),
    ("traffic fell by 13 per cent.", "number", "fell by [-12-]{+13+} per"),
    ("the levy would not spoil the harbour", "changed", "not [-improve-]{+spoil+} the"),
    ("the levy would not improve the old harbour", "added", "the {+old+} harbour,"),
    ("the levy would not improve harbour", "left out", "improve [-the-] harbour"),
    ("the levy not would improve the harbour", "order", ""),
    ("The levy would not improve the harbour", "case", "[-the-]{+The+} levy"),
    ("the levy would not improve the harbour.", "punctuation", "harbour[-,-]{+.+}"),
    ("vy would not improve the harb", "ends", "[-levy-]{+vy+} would not improve the [-harbour-]{+harb+}"),
]


@pytest.mark.parametrize(("words", "kind", "marked"), CASES)
def test_differences_are_marked_and_named(words: str, kind: str, marked: str) -> None:
    found = nearest(words, Transcript(SOURCE))
    assert found is not None
    assert (found.kind, found.paragraph) == (kind, 1)
    assert marked in found.marked
    assert found.kind in KINDS
    assert LIKE <= found.likeness <= 1


def test_a_contraction_is_a_negation_and_the_source_is_shown_in_its_own_typography() -> None:
    found = nearest("we do want a second barrier", Transcript("“We don’t want a second barrier,” she said."))
    assert found is not None
    assert (found.kind, found.marked) == (
        "negation",
        "… “[-We-]{+we+} [-don’t-]{+do+} want a second barrier,” she said …",
    )


@pytest.mark.parametrize("words", ["这座桥长2.5公尺，每天约有三千辆车通过", "这座桥长2.5，每天约有三千辆车通过"])
def test_a_unit_in_characters_is_named(words: str) -> None:
    found = nearest(words, Transcript("这座桥长2.5公里，每天约有三千辆车通过。"), "zh")
    assert found is not None
    assert found.kind == "number"


@pytest.mark.parametrize(
    ("words", "text", "language", "kind"),
    [
        ("balIkçılar bugün denize açıldı", "Dün yağdı, balıkçılar bugün denize açıldı.", "tr", "case"),
        ("បំពង់នបានកកនៅក្នុងទឹកទន្លេ", "បំពង់មិនបានកកនៅក្នុងទឹកទន្លេ។", "km", "negation"),
    ],
)
def test_letters_and_negations_are_those_of_the_language(words: str, text: str, language: str, kind: str) -> None:
    found = nearest(words, Transcript(text), language)
    assert found is not None
    assert found.kind == kind


def test_nothing_alike_is_nothing() -> None:
    assert nearest("seven geese crossed the frozen lake", Transcript(SOURCE)) is None
    assert nearest("", Transcript(SOURCE)) is None
    assert nearest("the levy", Transcript("")) is None


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=200))
def test_any_two_texts_can_be_compared(words: str, source: str) -> None:
    found = nearest(words, Transcript(source))
    assert found is None or found.kind in KINDS


def test_long_texts_are_compared_by_their_beginning() -> None:
    found = nearest(
        "levy " + "the sea " * 5_000, Transcript("the sea " * 20_000 + "levy the sea " + "the sea " * 20_000)
    )
    assert found is not None
    assert len(found.marked.split()) < 2 * MOST_TOKENS
    assert nearest("the " * 20_000, Transcript("the " * 100_000)) is None
