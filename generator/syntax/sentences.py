"""Splits text into sentences: one rule, with the abbreviations of all languages.

A sentence ends at a full stop, question mark or similar that is followed, after closing marks, by white space or the end of the
text; in Chinese and Japanese nothing has to follow. It does not end at the full stop of an abbreviation or an initial, or before a
word with a small letter. The gate does not use this rule: there each such mark ends a sentence, because the words that an ellipsis
can leave out must not depend on a list of abbreviations.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from generator.languages import all_languages

_CLOSING = "\"'”’»)\\]*_」』"
_END = re.compile(rf"[.!?…।۔؟\u037e][{_CLOSING}]*+(?=\s|\Z)|[。！？｡][{_CLOSING}]*+")
_WORD_BEFORE = re.compile(r"(?<![\w.])[^\W\d_]++(?:\.[^\W\d_]++)*+\Z")
_FOLLOWING = re.compile(r"(?:[^\w\ufffc]|_){0,20}+([^\W_])")
"""The next letter or digit, unless a citation (OBJECT REPLACEMENT CHARACTER) is before it."""
_SPACE = re.compile(r"\s*+")
_LONGEST = 24
"""Characters before a full stop that can be an abbreviation. It limits the work on hostile texts."""


def sentence_ends(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Find the marks that end a sentence in a part of a text, each with the closing marks after it."""
    end = len(text) if end is None else end
    for match in _END.finditer(text, start, end):
        if not _goes_on(text, match.end(), end) and not (match[0][0] == "." and _is_abbreviated(text, match.start())):
            yield match


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Divide a part of a text into sentences, by offsets; the white space after a sentence belongs to it."""
    end = len(text) if end is None else end
    for match in sentence_ends(text, start, end):
        space = _SPACE.match(text, match.end(), end)
        behind = space.end() if space else match.end()
        if behind < end:
            yield start, behind
            start = behind
    if start < end:
        yield start, end


def _goes_on(text: str, at: int, end: int) -> bool:
    """Whether the next word begins with a small letter."""
    following = _FOLLOWING.match(text, at, end)
    return following is not None and following[1].islower()


def _is_abbreviated(text: str, at: int) -> bool:
    """Whether the word before a full stop is an abbreviation, an initial, or consists of initials."""
    before = _WORD_BEFORE.search(text[max(at - _LONGEST, 0) : at])
    if before is None:
        return False
    word = before[0]
    if all(len(part) == 1 for part in word.split(".")):
        return True
    return not _abbreviations().isdisjoint((word, word[:1].lower() + word[1:]))


@functools.cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word for one in all_languages() for word in one.abbreviations or ())
