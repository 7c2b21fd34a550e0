"""Recognises that a text is in another language than it should be.

It does so by the script of the text, and by the commonest words of languages.

Only what is certain is reported. Names and titles of a few words show nothing: they are in their own language everywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from generator.languages.language_files import all_languages, language, primary
from generator.languages.locales import scripts_of

if TYPE_CHECKING:
    import regex

LEAST_WORDS = 5
"""Words from which on a text is judged. Two letters of a script without spaces count as a word."""
LEAST_UNCASED = 6
"""The same in another script that has no capitals, by which a name of several words could be known."""
LEAST_COMMON = 3
"""Common words of another language that a text in it has at least."""
SHARE = 5
"""At least one of so many words is a common word of the other language, and at most one of so many common ones is not."""
_CHUNK = re.compile(r"[!-~]+")
_NO_WORDS = re.compile(r"[\d@/_\\]|\w[.:]\w")
"""In addresses, names of files and numbers."""
_WRITTEN = {
    "Jpan": ("Hani", "Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
}
"""Scripts of Unicode for those of ISO 15924 that consist of several, or are a form of one."""


def other_language(text: str, expected: str) -> str | None:
    """Return the language that `text` is in, if it is certainly not in `expected`; both are BCP 47 tags.

    Return "" for a language that is not recognised, and None if the text may be in the expected language.
    """
    words = _words().findall(_CHUNK.sub(lambda match: " " if _NO_WORDS.search(match[0]) else match[0], text))
    if len(words) < LEAST_WORDS:
        return None
    if _is_in_other_script(words, expected):
        return _nearest(words, frozenset(), expected)
    own = common_words(expected)
    return _nearest(words, own, expected) or None if own else None


@cache
def common_words(tag: str) -> frozenset[str]:
    """Return the commonest words of a language, in lower case; none if they are not known."""
    one = language(tag)
    return frozenset((one.common_words or frozenset()) | (one.function_words or frozenset()) | set(one.stand_ins or ()))


def _is_in_other_script(words: list[str], expected: str) -> bool:
    """Whether hardly a word is in a script of the language, and the others are not a name: most would have a capital."""
    own = _letters(expected)
    if own is None:
        return False
    others = [word for word in words if not own.search(word)]
    if (len(words) - len(others)) * SHARE > len(words):
        return False
    words = others
    small, capital = (sum(test(word[0]) for word in words) for test in (str.islower, str.isupper))
    return small >= capital if small + capital else len(words) >= LEAST_UNCASED


def _nearest(words: list[str], own: frozenset[str], expected: str) -> str:
    """Return the language of which a text has the most common words; "" if it has too few of any, or some of its own language."""
    if all(word[0].isupper() or word in _languages() for word in words):
        return ""  # nothing but names, and what stands between them
    folded = [word.casefold() for word in words]
    scores = Counter(tag for word in folded for tag in _languages().get(word, ()))
    scores.pop(primary(expected), None)
    for tag, _ in scores.most_common(3):
        theirs = [word for word in folded if word in common_words(tag) and word not in own]
        ours = [word for word in folded if word in own and word not in common_words(tag)]
        if (
            len(theirs) >= max(LEAST_COMMON, len(words) / SHARE)
            and len(set(theirs)) > 1
            and any(len(word) > 1 for word in theirs)
            and len(ours) * SHARE <= len(theirs)
        ):
            return tag
    return ""


@cache
def _languages() -> Mapping[str, tuple[str, ...]]:
    """Return the languages that have a word among their commonest, by word."""
    by_word: dict[str, tuple[str, ...]] = {}
    for one in all_languages():
        if one.common_words or one.function_words:
            for word in sorted(common_words(one.tag)):
                by_word[word] = (*by_word.get(word, ()), one.tag)
    return by_word


@cache
def _words() -> regex.Pattern[str]:
    import regex

    unspaced = "".join(rf"\p{{Script={code}}}" for code in ("Hani", "Hira", "Kana", "Thai", "Laoo", "Khmr", "Mymr"))
    return regex.compile(rf"[{unspaced}\p{{M}}]{{1,2}}|[\p{{L}}\p{{M}}]+")


@cache
def _letters(tag: str) -> regex.Pattern[str] | None:
    """Return a pattern for the letters of a language's scripts; None if they are not known."""
    import regex

    codes = sorted({one for code in scripts_of(tag) for one in _WRITTEN.get(code, (code,)) if one})
    return regex.compile("[" + "".join(rf"\p{{Script={code}}}" for code in codes) + "]") if codes else None
