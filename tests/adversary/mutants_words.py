"""False quotations: words, letters, punctuation and characters that cannot be seen."""

from __future__ import annotations

import random
import re
import unicodedata

from tests.adversary.corpus import Language, is_word

HOMOGLYPHS = {
    **dict(zip("aceopxyisjABCEHIKMOPTXY", "асеорхуіѕјАВСЕНІКМОРТХУ", strict=True)),
    **dict(zip("асеорхуіАВСЕНІКМОРТХ", "aceopxyiABCEHIKMOPTX", strict=True)),
    **dict(zip("οΑΒΕΗΙΚΜΝΟΡΤΥΧν", "oABEHIKMNOPTYXv", strict=True)),
    **dict(zip("كيکیه", "کیكيە", strict=True)),
    **dict(zip("օսց", "oug", strict=True)), **dict(zip("ဝက", "၀ဂ", strict=True)),
    "แ": "เเ", "ແ": "ເເ", "க": "௧", "〇": "○", "ー": "一", "二": "ニ", "力": "カ", "口": "ロ", "日": "曰", "未": "末", "己": "已",
}  # fmt: skip
"""Letters, and others that look the same or nearly."""
UNSEEN = (
    "\u202e",
    "\u202d",
    "\u202a",
    "\u202b",
    "\u2066",
    "\u2067",
    "\u2068",
    "\U000e0041",
    "\u3164",
    "\u115f",
    "\x08",
    "\x1b",
)
"""Characters that turn the direction of a line, hide letters, or that a terminal obeys."""


def _inner(pieces: list[str], language: Language) -> list[int]:
    """Where, away from the ends, a word stands."""
    return [i for i in range(1, len(pieces) - 1) if is_word(pieces[i])]


def _other(word: str, language: Language, rng: random.Random) -> str:
    return rng.choice([other for other in language.words if other.casefold() != word.casefold()])


def word_deleted(text: str, language: Language, rng: random.Random) -> str:
    pieces = language.pieces(text)
    if inner := _inner(pieces, language):
        del pieces[rng.choice(inner)]
    return language.joined(pieces)


def word_inserted(text: str, language: Language, rng: random.Random) -> str:
    pieces = language.pieces(text)
    if inner := _inner(pieces, language):
        pieces.insert(rng.choice(inner), rng.choice(language.words))
    return language.joined(pieces)


def word_replaced(text: str, language: Language, rng: random.Random) -> str:
    pieces = language.pieces(text)
    if inner := _inner(pieces, language):
        at = rng.choice(inner)
        pieces[at] = _other(pieces[at], language, rng)
    return language.joined(pieces)


def words_swapped(text: str, language: Language, rng: random.Random) -> str:
    pieces = language.pieces(text)
    pairs = [i for i in range(len(pieces) - 1) if is_word(pieces[i]) and is_word(pieces[i + 1])]
    if pairs:
        at = rng.choice(pairs)
        pieces[at], pieces[at + 1] = pieces[at + 1], pieces[at]
    return language.joined(pieces)


def word_repeated(text: str, language: Language, rng: random.Random) -> str:
    pieces = language.pieces(text)
    if inner := _inner(pieces, language):
        at = rng.choice(inner)
        pieces.insert(at, pieces[at])
    return language.joined(pieces)


def words_moved(text: str, language: Language, rng: random.Random) -> str:
    pieces = language.pieces(text)
    if len(pieces) < 6:
        return text
    start = rng.randrange(1, len(pieces) - 3)
    taken = pieces[start : start + 2]
    rest = pieces[:start] + pieces[start + 2 :]
    at = rng.randrange(1, len(rest))
    return language.joined(rest[:at] + taken + rest[at:])


def sentences_joined(text: str, language: Language, rng: random.Random) -> str:
    """The beginning of one sentence and the end of another, with nothing to say what is left out."""
    first, second = language.pieces(text), language.pieces(rng.choice(language.sentences))
    half = min(len(first), len(second)) // 2
    return language.joined(first[:half] + second[half:]) if half > 1 else text


# ---------------------------------------------------------------- letters


def _letters(text: str, pattern: str = r"[^\W\d_]") -> list[re.Match[str]]:
    return list(re.finditer(pattern, text))


def _put(text: str, match: re.Match[str], instead: str) -> str:
    return text[: match.start()] + instead + text[match.end() :]


def letter_replaced(text: str, language: Language, rng: random.Random) -> str:
    match = rng.choice(_letters(text))
    return _put(text, match, rng.choice(_letters(language.text))[0])


def letter_deleted(text: str, language: Language, rng: random.Random) -> str:
    inside = _letters(text, r"(?<=[^\W\d_])[^\W\d_](?=[^\W\d_])")
    return _put(text, rng.choice(inside), "") if inside else text


def letter_doubled(text: str, language: Language, rng: random.Random) -> str:
    match = rng.choice(_letters(text))
    return _put(text, match, match[0] * 2)


def mark_stripped(text: str, language: Language, rng: random.Random) -> str:
    """A letter without its accent, vowel sign or tone."""
    apart = unicodedata.normalize("NFD", text)
    marks = [i for i, c in enumerate(apart) if unicodedata.category(c) == "Mn" and apart[i - 1 : i + 1] != "е\u0308"]
    if not marks:
        return text
    at = rng.choice(marks)
    return unicodedata.normalize("NFC", apart[:at] + apart[at + 1 :])


def case_flipped(text: str, language: Language, rng: random.Random) -> str:
    cased = [match for match in _letters(text) if len(match[0].swapcase()) == 1 and match[0] != match[0].swapcase()]
    return _put(text, match := rng.choice(cased), match[0].swapcase()) if cased else text


def homoglyph(text: str, language: Language, rng: random.Random) -> str:
    alike = [match for match in _letters(text, r"\S") if match[0] in HOMOGLYPHS]
    return _put(text, match := rng.choice(alike), HOMOGLYPHS[match[0]]) if alike else text


def hyphen_inserted(text: str, language: Language, rng: random.Random) -> str:
    pattern = r"(?<=[^\W\d_]) (?=[^\W\d_])" if rng.random() < 0.5 else r"(?<=[^\W\d_]{2})(?=[^\W\d_]{2})"
    places = _letters(text, pattern) if language.spaced else []
    return _put(text, rng.choice(places), "-") if places else text


def hyphen_removed(text: str, language: Language, rng: random.Random) -> str:
    hyphens = _letters(text, r"(?<=[^\W\d_])[-\u05be](?=[^\W\d_])")
    return _put(text, rng.choice(hyphens), rng.choice(("", " ", " – "))) if hyphens else text


def apostrophe_removed(text: str, language: Language, rng: random.Random) -> str:
    marks = _letters(text, r"(?<=[^\W\d_])[’'](?=[^\W\d_])")
    return _put(text, rng.choice(marks), rng.choice(("", " "))) if marks else text


def space_removed(text: str, language: Language, rng: random.Random) -> str:
    spaces = _letters(text, r"(?<=[^\W\d_]) (?=[^\W\d_])") if language.spaced else []
    return _put(text, rng.choice(spaces), "") if spaces else text


def space_inserted(text: str, language: Language, rng: random.Random) -> str:
    inside = _letters(text, r"(?<=[^\W\d_]{2})(?=[^\W\d_]{2})") if language.spaced else []
    return _put(text, rng.choice(inside), " ") if inside else text


def word_cut(text: str, language: Language, rng: random.Random) -> str:
    """A quotation that begins or ends inside a word, or inside a letter where words are not separated."""
    if language.spaced:
        return re.sub(r"\A[^\W\d_](?=[^\W\d_]{2})", "", text) if rng.random() < 0.5 else _tail_cut(text)
    pieces = language.pieces(text)
    marked = [i for i in range(2, len(pieces) - 2) if len(pieces[i]) > 1]
    if not marked:
        return text
    at = rng.choice(marked)
    return "".join(pieces[:at]) + pieces[at][:-1] if rng.random() < 0.5 else pieces[at][1:] + "".join(pieces[at + 1 :])


def _tail_cut(text: str) -> str:
    return re.sub(r"(?<=[^\W\d_]{2})[^\W\d_]\W*\Z", "", text)


# ---------------------------------------------------------------- punctuation and what cannot be seen

_STOPS = ",;:.!?،؛؟。，；：！？、।۔።፣፤·։"


def punctuation_removed(text: str, language: Language, rng: random.Random) -> str:
    marks = _letters(text, rf"(?<=[^\W\d_])[{_STOPS}](?=.)(?!\d)")
    return _put(text, rng.choice(marks), "") if marks else text


def punctuation_added(text: str, language: Language, rng: random.Random) -> str:
    places = _letters(text, r"(?<=[^\W\d_])(?= [^\W\d_])")
    return _put(text, rng.choice(places), rng.choice(",;:.?!—")) if places else text


def punctuation_changed(text: str, language: Language, rng: random.Random) -> str:
    marks = _letters(text, rf"(?<=[^\W\d_])[{_STOPS}](?=.)(?!\d)")
    if not marks:
        return text
    match = rng.choice(marks)
    return _put(text, match, rng.choice([mark for mark in ",;:.?!" if mark != match[0]]))


def end_changed(text: str, language: Language, rng: random.Random) -> str:
    """A question, an exclamation, or an end where the sentence goes on."""
    bare = text.rstrip(_STOPS)
    return bare + rng.choice("?!") if bare and is_word(bare[-1]) else text


def quotation_marks_removed(text: str, language: Language, rng: random.Random) -> str:
    """The marks around words inside the quotation, which tell that they are another's."""
    pair = re.search(r"(?<=.)[“„«”»「]\s?([^“„”«»「」]+?)\s?[”“»«」](?=.)", text)
    return text[: pair.start()] + pair[1] + text[pair.end() :] if pair else text


def unseen_inserted(text: str, language: Language, rng: random.Random) -> str:
    at = rng.randrange(1, len(text))
    return text[:at] + rng.choice(UNSEEN) + text[at:]


def direction_turned(text: str, language: Language, rng: random.Random) -> str:
    """Some words stored backwards between an override and its end: on screen they read as in the source."""
    start, end = sorted(rng.sample(range(len(text) + 1), 2))
    return f"{text[:start]}\u202e{text[start:end][::-1]}\u202c{text[end:]}" if end - start > 1 else text


MUTATORS = (
    word_deleted, word_inserted, word_replaced, words_swapped, word_repeated, words_moved, sentences_joined, letter_replaced,
    letter_deleted, letter_doubled, mark_stripped, case_flipped, homoglyph, hyphen_inserted, hyphen_removed, apostrophe_removed,
    space_removed, space_inserted, word_cut, punctuation_removed, punctuation_added, punctuation_changed, end_changed,
    quotation_marks_removed, unseen_inserted, direction_turned,
)  # fmt: skip
