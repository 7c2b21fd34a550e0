"""Folding, by its properties: for any text, and for any typography of the same text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.evidence.folding import Mark, fold, plain, rewrite

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
WORDS = st.lists(st.text(st.sampled_from("abcdefghijé漢字ابج१२"), min_size=1, max_size=6), min_size=1, max_size=8)


@given(TEXTS)
@example("ﬁ")
@example("e\u0301")
@example("- -")
@example("\u0640")
def test_every_key_offset_leads_back_into_the_text(text: str) -> None:
    folded = fold(text)
    for start in range(len(folded.key)):
        old_start, old_end = folded.original(start, start + 1)
        assert 0 <= old_start <= old_end <= len(text)


@given(TEXTS)
def test_offsets_lead_back_in_order(text: str) -> None:
    folded = fold(text)
    starts = [folded.original(i, i + 1)[0] for i in range(len(folded.key))]
    assert starts == sorted(starts)


@given(TEXTS)
def test_marks_are_in_order_and_within_the_key(text: str) -> None:
    folded = fold(text)
    assert list(folded.at) == sorted(folded.at)
    assert len(folded.at) == len(folded.marks)
    assert all(0 <= offset <= len(folded.key) for offset in folded.at)


@given(WORDS, st.data())
def test_a_word_leads_back_to_itself(words: list[str], data: st.DataObject) -> None:
    spaces = st.sampled_from([" ", "\u00a0", "  ", "\n", " \u200b", "\u2009"])
    text = "".join(word + data.draw(spaces) for word in words)
    folded = fold(text)
    for word in words:
        at = folded.key.find(word)
        if at >= 0:
            start, end = folded.original(at, at + len(word))
            assert fold(text[start:end]).key.strip() == word


@given(WORDS)
def test_words_and_case_are_never_folded(words: list[str]) -> None:
    text = " ".join(words)
    assert (fold(text.swapcase()).key == fold(text).key) == (text.swapcase() == text)
    assert [*fold(text).key.replace(" ", "")] == [*text.replace(" ", "")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@given(WORDS)
def test_composition_makes_no_difference(form: str, words: list[str]) -> None:
    text = " ".join(words) + " é ñ ǟ Ω"
    assert fold(unicodedata.normalize(form, text)).key == fold(text).key


@given(TEXTS)
def test_what_is_plain_stays_plain(text: str) -> None:
    once = plain(text)
    assert fold(plain(once)).key == fold(once).key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("“a” ‘b’ „c“ «d» 「e」 ``f''", "'a' 'b' 'c' 'd' 'e' 'f'"),
        ("« a » ‹\u202fb\u202f›", "'a' 'b'"),
        ("a\u00a0b\u2009c\u3000d\te\r\nf", "a b c d e f"),
        ("wait... and . . . then…", "wait… and … then…"),
        ("ef\u00adfort so\u200bme \u200eתו\u200f", "effort some תו"),
        ("impor\u00ad\ntant", "important"),
        ("ﬁ ﬀ ĳ", "fi ff ij"),
        ("漢字\n漢字", "漢字漢字"),
        ("quoi\u202f? non ; 5 %", "quoi? non; 5%"),
    ],
)
def test_typography_is_folded(text: str, key: str) -> None:
    assert fold(text).key == key


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("a-b", Mark.HYPHEN),
        ("a\u2011b", Mark.HYPHEN),
        ("a—b", Mark.DASH),
        ("a – b", Mark.DASH | Mark.SPACE_BEFORE | Mark.SPACE_AFTER),
        ("a--b", Mark.DASH),
        ("a–b", Mark.HYPHEN | Mark.DASH),
        ("a-\nb", Mark.HYPHEN | Mark.NOTHING),
        ("a-\nB", Mark.HYPHEN | Mark.DASH | Mark.SPACE_AFTER),
    ],
)
def test_hyphens_and_dashes_leave_the_key_and_are_marked(text: str, mark: Mark) -> None:
    folded = fold(text)
    assert folded.key.casefold() == "ab"
    assert (folded.at, folded.marks) == ((1,), (mark,))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 4), TEXTS), max_size=4))
def test_rewriting_keeps_the_way_back(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits, done = [], 0
    for start, length, replacement in sorted(wanted):
        if done <= start and start + length <= len(text):
            edits.append((start, start + length, replacement))
            done = start + length
    new, tape = rewrite(text, edits)
    kept = [i for i in range(len(text)) if not any(a <= i < b for a, b, _ in edits)]
    found = [tape.start(i) for i in range(len(new))]
    assert all(text[i] in new for i in kept)
    assert set(kept) <= set(found)
