"""Sorts names by the alphabet of a language.

Letters with marks sort as their base letters (Unicode Technical Standard #10, first level), unless they are letters of their own
in a language (CLDR's tailorings, in `generator/languages`). Scripts without an alphabet are not sorted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from generator.languages import Alphabet
from generator.languages import language as language_of

_BASE = {
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    "ı": "i",
    "ґ": "г",
    "є": "е",
}
"""Letters without a decomposition, with the letters that they sort as."""


def sort_key(name: str, language: str) -> tuple[tuple[int, ...], str]:
    """Return the sort key of a name in a language (a BCP 47 tag); hyphens, apostrophes and spaces are ignored."""
    alphabet = language_of(language).alphabet or Alphabet()
    last, own = alphabet.after_z, alphabet.after_base
    letters = (letter for letter in unicodedata.normalize("NFC", name.casefold()) if letter.isalnum())
    return tuple(weight for letter in letters for weight in _weights(letter, last, own)), name


def sortable(names: Iterable[str]) -> bool:
    """Whether an alphabet orders these names. Chinese characters have no order that all readers share."""
    return not any("CJK UNIFIED" in unicodedata.name(letter, "") for name in names for letter in name)


def _weights(letter: str, last: str, own: str) -> Iterable[int]:
    if letter in last:
        yield (0x110000 << 6) + last.index(letter)
        return
    base = _BASE.get(letter) or unicodedata.normalize("NFD", letter)[0]
    yield from (ord(one) << 6 for one in base[:-1])
    yield (ord(base[-1]) << 6) + 1 + own.find(letter)
