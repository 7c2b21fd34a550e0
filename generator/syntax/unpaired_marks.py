"""Reports quotation marks that neither open nor close a quotation.

A reader takes the words at such a mark for somebody's, but no words are between two marks, so nothing would be compared with a
source. The marks are those of Unicode's categories Pi and Pf, and those of the pairs in `quotation_marks.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from generator.model import Text
from generator.problems import Code, Location, Problem, Severity
from generator.syntax.quotation_marks import DOUBLE, SINGLE, TITLES, Char, is_gershayim, neighbours
from generator.syntax.quotations import Quoted, chars_of, find_quotations
from generator.syntax.spans import place_at

UNPAIRED_MARK = Code("unpaired-mark", Severity.ERROR)

_CLOSERS = frozenset("".join((*DOUBLE.values(), *SINGLE.values())))
_IN_WORDS = frozenset("'’＇´‵′″‶ʺ˝ˮ")
"""Apostrophes, primes and letters: next to a letter or digit they are not quotation marks."""
_INCHES = re.compile(r"(?<!\w)[0-9]{1,3}\Z")
_BETWEEN_LETTERS = frozenset("‘‛")
"""Marks that some spellings have inside a word, such as *Hawai‘i*."""


def unpaired_marks(
    chars: Sequence[Char], quotations: Sequence[Quoted], place: Callable[[int], Location]
) -> Iterator[Problem]:
    """Yield the marks of a block of text that are in no quotation. `place` returns the place of an offset.

    A quotation without a closing mark extends to the end of its block; its opening mark is reported if it looks like a closing one.
    """
    for at in _unpaired(chars, quotations):
        mark = chars[at].char
        hint = "put the quoted words between two marks; write ′ and ″ for feet and inches, and ’ for an apostrophe"
        yield UNPAIRED_MARK.at(place(chars[at].offset), f"{mark} neither opens nor closes a quotation", hint)


def line_marks(text: Text) -> Iterator[Problem]:
    """Yield the unpaired marks of a line of plain text."""
    if not any(is_quotation_mark(char) for char in text.value):
        return
    chars = chars_of(text.value)
    yield from unpaired_marks(chars, find_quotations(chars), lambda offset: place_at(text, offset, 1))


def is_quotation_mark(char: str) -> bool:
    """Whether a language uses a character as a quotation mark."""
    known = (char in DOUBLE or char in SINGLE or char in _CLOSERS) and char not in TITLES
    return known or unicodedata.category(char) in ("Pi", "Pf")


def _unpaired(chars: Sequence[Char], quotations: Sequence[Quoted]) -> Iterator[int]:
    """Yield the index of each quotation mark between the quotations, and of the opening one of a quotation that never ends."""
    end = 0
    for quoted in (*quotations, None):
        start = len(chars) if quoted is None else quoted.start - 1
        for at in range(end, start):
            if is_quotation_mark(chars[at].char) and not _is_in_word(chars, at) and not _is_doubled(chars, at, start):
                yield at
        if quoted is not None:
            end = quoted.end + 1
            end += end < len(chars) and chars[end].char == chars[quoted.end].char
            if quoted.end == len(chars) and _looks_closing(chars, start):
                yield start


def _is_doubled(chars: Sequence[Char], at: int, start: int) -> bool:
    """Whether a mark is the first of two that open the quotation whose last mark is at `start`, as in TeX."""
    return at == start - 1 and start < len(chars) and chars[at].char == chars[start].char


def _looks_closing(chars: Sequence[Char], at: int) -> bool:
    before, after = neighbours(chars, at)
    return not (before.isspace() or unicodedata.category(before) in ("Ps", "Pi", "Pd")) and not after.isalnum()


def _is_in_word(chars: Sequence[Char], at: int) -> bool:
    char, beside = chars[at].char, [one.isalnum() for one in neighbours(chars, at)]
    if char in _IN_WORDS:
        return any(beside)
    return (char in _BETWEEN_LETTERS and all(beside)) or is_gershayim(chars, at) or _is_inches(chars, at)


def _is_inches(chars: Sequence[Char], at: int) -> bool:
    """Whether a straight mark is after a number of at most three digits, which is no year."""
    return chars[at].char == '"' and _INCHES.search("".join(one.char for one in chars[max(0, at - 5) : at])) is not None
