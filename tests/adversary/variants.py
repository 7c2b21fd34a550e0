"""Harmless variants of a quotation, and of the text that it was taken from: typography, and marks that are honest."""

from __future__ import annotations

import random
import re
import textwrap
import unicodedata
from collections.abc import Iterator

from tests.adversary.corpus import Language, is_word

_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_ALPHABETIC = r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿԱ-֏ა-ჰ]"
_HALF_WIDTH = {
    "ミ": "ﾐ",
    "ラ": "ﾗ",
    "フ": "ﾌ",
    "ェ": "ｪ",
    "ル": "ﾙ",
    "ト": "ﾄ",
    "ハ": "ﾊ",
    "ー": "ｰ",
    "ゲ": "ｹﾞ",
    "ン": "ﾝ",
    "キ": "ｷ",
    "ロ": "ﾛ",
    "台": "台",
}
_DENSE = re.compile(r"(?<=[\u3040-\u30ff\u4e00-\u9fff])(?=[\u3040-\u3098\u309b-\u30ff\u4e00-\u9fff])")
"""A place between two letters of Chinese or Japanese."""
_PAIRS = ("“”", "„“", "„”", "«»", "»«", "”“", "「」", "『』", "‘’")


def _spaces(text: str, rng: random.Random, *others: str) -> str:
    return re.sub(r"(?<=\S) (?=\S)", lambda _: rng.choice((" ", *others)), text)


# ---------------------------------------------------------------- typography: of the quotation and of the text


def rewrapped(text: str, language: Language, rng: random.Random) -> str:
    """Lines that end at spaces: anywhere where small letters show that the sentence goes on, otherwise where they are full.

    Chinese and Japanese are in `rewrapped_full`; other languages without spaces between words need a dictionary.
    """
    if _has_capitals(text):
        return _spaces(text, rng, "\n", "\r\n", " \n  ")
    if not language.spaced:
        return text
    width, ending = rng.randint(40, 70), rng.choice(("\n", "\r\n", " \n"))
    return "\n".join(ending.join(_filled(line, width)) for line in text.split("\n"))


def _has_capitals(text: str) -> bool:
    """Whether most letters of a text are small letters, so that its script has capitals."""
    return sum(map(str.islower, text)) * 2 > sum(map(str.isalpha, text))


def _filled(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [line]


def rewrapped_full(text: str, language: Language, rng: random.Random) -> str:
    """Full lines of Chinese and Japanese, which end between any two letters."""
    if language.joiner or not _DENSE.search(text):
        return text
    width = rng.randint(20, 40)
    return "\n".join("\n".join(_cut(line, width)) for line in text.split("\n"))


def _cut(line: str, width: int) -> Iterator[str]:
    """Cut a line into pieces of this many characters, each cut at the next place between two letters."""
    start = 0
    while border := _DENSE.search(line, start + width):
        yield line[start : border.start()]
        start = border.start()
    yield line[start:]


def other_spaces(text: str, language: Language, rng: random.Random) -> str:
    """Other spaces; a tab only where small letters show that the sentence goes on, because it separates columns."""
    tab = ("\t",) if _has_capitals(text) else ()
    return _spaces(text, rng, "\u00a0", "\u202f", "\u2009", "  ", *tab, "\u3000")


def unseen_marks(text: str, language: Language, rng: random.Random) -> str:
    """Marks without shape or effect, beside spaces."""
    return _spaces(text, rng, " \u200b", "\u2060 ", "\ufeff ", "\u200e ", " \u200f")


def soft_hyphens(text: str, language: Language, rng: random.Random) -> str:
    pattern = rf"(?<={_ALPHABETIC}{{3}})(?={_ALPHABETIC}{{3}})"
    return re.sub(pattern, lambda _: rng.choice(("", "\u00ad")), text)


def decomposed(text: str, language: Language, rng: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def composed(text: str, language: Language, rng: random.Random) -> str:
    return unicodedata.normalize("NFC", text)


def quotes_of_another_language(text: str, language: Language, rng: random.Random) -> str:
    opening, closing = tuple(rng.choice(_PAIRS))
    text = re.sub(r"[“„«”»「](?=\w)(?<![\w]{1}[”»“])", opening, text)
    return re.sub(r"(?<=[\w.,。])[”“»«」](?!\w)", closing, text)


def straight_quotes(text: str, language: Language, rng: random.Random) -> str:
    if language.tag == "fr":
        text = re.sub(r"(?<=«)\s|\s(?=»)", "", text)
    return text.translate(str.maketrans("“”„«»‘’「」", '"""""\'\'""'))


def apostrophes(text: str, language: Language, rng: random.Random) -> str:
    return re.sub(r"(?<=\w)[’'](?=\w)", rng.choice("'’\u02bc"), text)


def dashes(text: str, language: Language, rng: random.Random) -> str:
    return re.sub(r" [–—] ", rng.choice((" – ", " — ", "—", "\u2009–\u2009", " ― ", " -- ")), text)


def hyphens(text: str, language: Language, rng: random.Random) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", rng.choice("\u2010\u2011"), text)


def ligatures(text: str, language: Language, rng: random.Random) -> str:
    for letters, ligature in _LIGATURES.items():
        text = text.replace(letters, ligature)
    return text


def widths(text: str, language: Language, rng: random.Random) -> str:
    """Forms of East Asian type: half-width kana, and digits of full width alone in a row."""
    if language.joiner:
        return text
    text = "".join(_HALF_WIDTH.get(c, c) for c in unicodedata.normalize("NFC", text)) if language.tag == "ja" else text
    return re.sub(
        r"(?<![\d.])\d{4}(?![\d.])", lambda m: "".join(chr(ord(c) + 0xFEE0) if c.isascii() else c for c in m[0]), text
    )


SETTINGS = (
    rewrapped, rewrapped_full, other_spaces, unseen_marks, soft_hyphens, decomposed, composed, straight_quotes, apostrophes,
    dashes, hyphens, ligatures, widths,
)  # fmt: skip
"""What can happen to the text as well."""


# ---------------------------------------------------------------- the quotation alone


def enclosed(text: str, language: Language, rng: random.Random) -> str:
    opening, closing = rng.choice(("“”", "„“", "«»", "「」", '""'))
    has_own = re.search('[“”„«»「」"]', text)
    return text if has_own else opening + text + closing


def end_left_out(text: str, language: Language, rng: random.Random) -> str:
    """Without the full stop of its sentence."""
    bare = text.rstrip(".。।۔።")
    last = bare.split(" ")[-1]
    return bare if bare != text and is_word(last) and len(last) > 3 else text


def ellipsis_around(text: str, language: Language, rng: random.Random) -> str:
    return rng.choice(("… {}", "{} …", "… {} …", "[…] {}", "...{}", "(…) {}")).format(text)


def capital_marked(text: str, language: Language, rng: random.Random) -> str:
    first = text[:1]
    changes = len(first.swapcase()) == 1 and first != first.swapcase() and text[1:2].isalpha()
    return f"[{first.swapcase()}]{text[1:]}" if changes and first.swapcase().swapcase() == first else text


def remark(text: str, language: Language, rng: random.Random) -> str:
    pieces = text.split(" ")
    if len(pieces) > 2 and language.spaced:
        places = [i for i in range(1, len(pieces)) if is_word(pieces[i - 1])]
        if places:
            pieces.insert(rng.choice(places), rng.choice(("[sic]", "[emphasis added]", "[SIC]")))
    return " ".join(pieces)


TYPOGRAPHIC = (*SETTINGS, quotes_of_another_language, enclosed, end_left_out, ellipsis_around, capital_marked, remark)
"""Variants that must be verified in every language."""


# ---------------------------------------------------------------- honest alterations


def _places(text: str, language: Language) -> list[int]:
    pieces = text.split(" ")
    return [i for i in range(2, len(pieces) - 2) if is_word(pieces[i - 1]) and is_word(pieces[i])]


def words_added(text: str, language: Language, rng: random.Random) -> str:
    pieces = text.split(" ")
    if text == language.plain_sentence and language.spaced and (places := _places(text, language)):
        pieces.insert(rng.choice(places), f"[{language.added}]")
    return " ".join(pieces)


def word_replaced_openly(text: str, language: Language, rng: random.Random) -> str:
    """`[They|We]`, where the source has "We"."""
    own, other = language.stand_in
    edge = r"\b" if language.spaced else ""
    return re.sub(rf"{edge}{own}{edge}", f"[{other}|{own}]", text, count=1)


def words_left_out(text: str, language: Language, rng: random.Random) -> str:
    """Some words of a long sentence that denies and counts nothing."""
    pieces = text.split(" ")
    places = [at for at in _places(text, language) if not language.denies(pieces[at])] if language.spaced else []
    if text == language.plain_sentence and places:
        at = rng.choice(places)
        pieces[at] = rng.choice(("…", "...", "[…]", ". . .", "(…)"))
    return " ".join(pieces)


HONEST = (words_added, word_replaced_openly, words_left_out)
"""Alterations that may be `unchecked` in a language that the program does not know, and are never `absent`."""


# ---------------------------------------------------------------- the text alone


def hyphenated(text: str, language: Language, rng: random.Random) -> str:
    """Words broken at the ends of lines."""
    pattern = r"(?<=[a-zà-ɏ]{4})(?=[a-zà-ɏ]{4})"
    return re.sub(pattern, lambda _: "-\n" if rng.random() < 0.05 else "", text)


def wrapped(text: str, language: Language, rng: random.Random) -> str:
    """Lines of about sixty characters, paragraphs between blank lines; only where words are separated, because others need a dictionary."""
    if not language.spaced:
        return text
    return re.sub(r"([^\n]{50,70}) (?=\S)", "\\1\n", text)


def paged(text: str, language: Language, rng: random.Random) -> str:
    """A new page between two paragraphs, and one within a sentence, with a running head on each."""
    pages = re.split(r"\n\n", text)
    return "".join(f"The harbour report\n{page}\n{i}\f" for i, page in enumerate(pages, start=1))


TEXTS = (*SETTINGS, hyphenated, wrapped, paged)
