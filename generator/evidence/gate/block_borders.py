"""Finds where words run on from one block of a text into the next although no sentence does.

A heading, a caption, a list item and a table cell end without a punctuation mark. The words before and after such a border follow
each other in the captured text, but nobody wrote them as one passage. A border is

- a blank line;
- a line break, unless the line before it is full, as in text that was wrapped;
- `GAP` spaces inside a line, as between columns, and the end of such a line; a tab inside a line.

A border is closed, and a quotation may cross it, if the block before it ends with a punctuation mark and the next block does not go on
with a small letter after the end of a sentence. Any other border is open. A page break is no border: running text goes on after it.
If most open borders of a text are followed by a small letter, its lines were broken anywhere, and only columns are borders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

import regex

from generator.evidence.gate.paragraphs import WRAPPED
from generator.evidence.gate.tokens import DENSE_LETTER

GAP = 4
"""Spaces between two words of a line that show columns; text that is justified with spaces has fewer."""
FULL = 0.85
"""Share of the width of the lines from which a line, with the first word of the next, is full. Letters have different widths."""
NEAR = 3
"""Lines before and after a line of a page whose width it is compared with: columns and notes are narrower than the page."""
LEAST = 0.5
"""Least share of the text's usual width to which a line of a page is compared, so that short cells in a row are not full."""
MOST = 2_000
"""Borders of a text from which it is known whether its line breaks show blocks."""
SCATTERED = 4
"""Least number of open borders for that."""

_BREAK = re.compile(rf"[^\S\n\f]*\n\s*|[^\S\n\f]*\t\s*|[^\S\n\f]{{{GAP},}}\s*|[^\S\n\f]*\f\s*")
_COLUMNS = re.compile(rf"(?<=[^\W\d_][^\W\d_]) {{{GAP},}}(?=\S)")
"""A gap behind a word; one behind `Q.` or `12` is that of a label."""
_LINE = re.compile(r"\S[^\n\f]*")
_AFTER = r"(?:[\p{Pe}\p{Pf}\p{Pi}\p{No}'\"*\u2020\u2021]|\[\^?\w{1,4}\])*+\Z"
_CLOSED = regex.compile(
    rf"[\p{{P}}--[\p{{Pe}}\p{{Pf}}\p{{Pi}}\p{{Ps}}'\"*\u2020\u2021#@&/\\_%\u2030]]{_AFTER}", regex.V1
)
_SENTENCE = regex.compile(rf"[\p{{STerm}}\u037e\uff61]{_AFTER}", regex.V1)
_LOOKBACK = 40
"""Characters before a border in which its punctuation mark is searched for, with notes and closing marks after it."""


def open_borders(text: str, read: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the open borders between two offsets: where the block before ends, and where the next begins.

    `read` is the text with spaces in place of its page artifacts; the offsets are the same.
    """
    for stop, begin in _open(text, read, start, end):
        if _in_columns(text, stop, begin) or not _is_scattered(text):
            yield stop, begin


def _open(text: str, read: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _BREAK.finditer(read, start, end):
        if match.end() < end and _divides(text, match) and not _is_closed(text, match.start(), match.end()):
            yield match.span()


@lru_cache(maxsize=8)
def _is_scattered(text: str) -> bool:
    """Whether line breaks are anywhere in the sentences of a text, so that they show no blocks: most go on with a small letter."""
    borders = (border for border in _open(text, text, 0, len(text)) if not _in_columns(text, *border))
    going_on = [text[begin].islower() for _, begin in islice(borders, MOST)]
    return len(going_on) >= SCATTERED and sum(going_on) * 2 > len(going_on)


def _in_columns(text: str, stop: int, begin: int) -> bool:
    """Whether a border is a gap between columns, or the end of a line with one."""
    return _COLUMNS.search(text, _line_start(text, stop), begin + 1) is not None


def _is_closed(text: str, stop: int, begin: int) -> bool:
    before = text[max(0, stop - _LOOKBACK) : stop]
    return _CLOSED.search(before) is not None and not (text[begin].islower() and _SENTENCE.search(before))


def _divides(text: str, match: re.Match[str]) -> bool:
    """Whether white space, which may contain page artifacts, separates two blocks."""
    space = match[0]
    if "\f" in space:
        return False
    if "\n" not in space:
        return text[match.start() : match.end()].isspace()
    if space.count("\n") > 1:
        return True
    return _in_columns(text, *match.span()) or not _is_full(text, _line_start(text, match.start()), match)


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\f", 0, at)) + 1


def _is_full(text: str, first: int, match: re.Match[str]) -> bool:
    """Whether the next word had no room on the line that begins at `first`, because the text was wrapped."""
    width = _width(text, first, match.end())
    following = text[match.end() : match.end() + WRAPPED].split(maxsplit=1)
    room = 1 if not following or DENSE_LETTER.match(following[0]) else len(following[0])
    return match.start() - first + 1 + room >= width * FULL


def _width(text: str, first: int, second: int) -> float:
    """Return the width of wrapped lines around two lines, given where they begin; infinite if the text is not wrapped."""
    usual = _usual_width(text)
    if "\f" not in text:
        return usual if usual <= WRAPPED else float("inf")
    return max(LEAST * min(usual, WRAPPED), *(len(line.rstrip()) for line in _near(text, first, second)))


def _near(text: str, first: int, second: int) -> list[str]:
    """Return the lines around two lines of a page, and these."""
    before, after = (
        text[max(0, first - NEAR * WRAPPED) : first].rpartition("\f")[2],
        text[second : second + (NEAR + 1) * WRAPPED].partition("\f")[0],
    )
    lines = [line for line in before.split("\n") if line.strip()][-NEAR:]
    here = text[first:second].split("\n")[:1]
    return [*lines, *here, *[line for line in after.split("\n") if line.strip()][: NEAR + 1]]


@lru_cache(maxsize=8)
def _usual_width(text: str) -> int:
    """Return the length of a line that nine tenths of the characters do not exceed."""
    lengths = sorted(match.end() - match.start() for match in _LINE.finditer(text))
    left = sum(lengths) * 9 // 10
    for length in lengths:
        left -= length
        if left <= 0:
            return length
    return 0
