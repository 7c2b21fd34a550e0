"""Tokens, by their properties: for any text, and for any typography of the same text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.evidence.gate.paragraphs import plain
from generator.evidence.gate.quotation import count_words
from generator.evidence.gate.tokens import BROKEN, same, tokenize

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
WORDS = st.lists(st.text(st.sampled_from("abcdefghijéابجक१२"), min_size=1, max_size=6), min_size=1, max_size=8)


def exact(text: str) -> list[str]:
    return [*tokenize(text).exact]


@given(TEXTS)
@example("ﬁ")
@example("e\u0301")
@example("- -")
@example("\u0640")
@example("\x1f")
@example("5\u2019\u301d")
def test_tokens_are_stretches_of_the_text_in_order(text: str) -> None:
    tokens = tokenize(text)
    spans = [(tokens.starts[i], tokens.end(i)) for i in range(len(tokens.exact))]
    assert len(tokens.starts) == len(tokens.exact)
    assert all(start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(TEXTS)
def test_no_visible_character_is_lost(text: str) -> None:
    tokens = tokenize(text)
    covered = {at for i in range(len(tokens.exact)) for at in range(tokens.starts[i], tokens.end(i))}
    letters = {at for at, char in enumerate(text) if char.isalnum() or unicodedata.category(char)[0] in "PS"}
    assert letters <= covered


@given(WORDS)
def test_words_and_case_are_never_folded(words: list[str]) -> None:
    text = " ".join(words)
    assert (exact(text.swapcase()) == exact(text)) == (text.swapcase() == text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@given(WORDS)
def test_composition_makes_no_difference(form: Literal["NFC", "NFD"], words: list[str]) -> None:
    text = " ".join(words) + " é ñ ǟ Ω"
    assert exact(unicodedata.normalize(form, text)) == exact(text)


@given(WORDS, st.data())
def test_space_makes_no_difference(words: list[str], data: st.DataObject) -> None:
    spaces = st.sampled_from([" ", "\u00a0", "  ", "\n", " \u200b", "\u2009"])
    assert exact("".join(word + data.draw(spaces) for word in words)) == exact(" ".join(words))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("“a” ‘b’ „c“ «d» ``f''", "' a ' ' b ' ' c ' ' d ' ' f '"),
        ("wait... and . . . then…", "wait … and … then …"),
        ("ef\u00adfort so\u200bme", "effort some"),
        ("impor\u00ad\ntant", "important"),
        ("ﬁ ﬀ ĳ", "fi ff ij"),
        ("漢字\n漢字", "漢 字 漢 字"),
        ("ＡＢＣ５．６％！", "ABC5.6 % !"),
        ("non-proliferation don’t AT&T and/or U.S. e.g. col·lega", "non-proliferation don't AT&T and/or U.S . e.g . col·lega"),
        ("a—b c – d e -- f g - h", "a – b c – d e – f g – h"),
        ("US–China 3–5 2019-2021", "US-China 3-5 2019-2021"),
        ("-5 −5 − 5 5-3", "−5".replace("5", " 5") + " − 5 − 5 5-3"),
        ("5′ 6″ 5' 6\" 2019'", "5 ′ 6 ″ 5 ′ 6 ″ 2019 ′"),
        ("'in 2019' “6” 1’300", "' in 2019 ' ' 6 ' 1'300"),
        (".5 1,300.5 10:30 10⁶ km² CO₂ 2½", ".5 1,300.5 10:30 10⁶ km² CO₂ 2½"),
        ("C++ C# #tag @me $HOME", "C++ C# #tag @me $HOME"),
        ("failed.The end", "failed . The end"),
        ("צה״ל צה\"ל", "צה'ל צה'ל"),
        ("ภาษี", "ภ า ษี"),
        ("कि नहीं", "कि नहीं"),
        ("الرسـوم", "الرسوم"),
        ("long-\nTerm", "long-Term"),
        ("long-\n  term", f"long{BROKEN}term"),
    ],
)  # fmt: skip
def test_what_a_token_is(text: str, tokens: str) -> None:
    assert exact(text) == tokens.split(" ")


@pytest.mark.parametrize(
    ("ours", "theirs", "equal"),
    [
        ("important", f"impor{BROKEN}tant", True),
        ("impor-tant", f"impor{BROKEN}tant", True),
        ("imported", f"impor{BROKEN}tant", False),
        ("important", "impor-tant", False),
        ("نامهای", "نام\u200cهای", True),
        ("نامه\u200cای", "نام\u200cهای", False),
        ("نام\u200cهای", "نامهای", False),
    ],
)
def test_what_the_source_leaves_open_may_be_read_either_way(ours: str, theirs: str, equal: bool) -> None:
    assert same(ours, theirs) is equal


@given(TEXTS)
def test_what_is_plain_stays_plain(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "words"), [("The charge helps.", 3), ("收费不会改善港口", 4), ("收费不会改善港湾吗 (harbour)", 6)]
)
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    """In a script without spaces between words, two characters are about a word."""
    assert count_words(text) == words
