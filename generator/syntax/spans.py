"""Where a character of a string is in its file.

YAML folds, unescapes and unindents strings. This module maps an offset in `Text.value` back to its place, with the raw slice that
`Text` has.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.model import Text
from generator.problems import Location

_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""Line ends of YAML 1.1 (section 4.2)."""
_EVEN = re.compile(r"\S+(?: \S+)*")
"""Words with single spaces between them, whose offsets do not change."""
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
"""Anchors and tags that may precede a scalar."""

_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip

_Written = Iterator[tuple[int, int, str]]
"""Start and end of each character in the raw slice, and the character."""
_HEX_DIGITS = {"x": 2, "u": 4, "U": 8}


@dataclass(frozen=True, slots=True)
class Spans:
    """Map from offsets in one text to places in its file, computed once."""

    text: Text
    offsets: tuple[int, ...] | None
    """The offset in the raw slice for each offset in the value, and one after its end; None if they disagree."""
    breaks: tuple[int, ...]
    """Start of each line of the raw slice."""

    def place(self, offset: int, length: int = 1) -> Location:
        """Return the place of `length` characters from `offset`; the caret never leaves the first line."""
        if self.offsets is None:
            return self.text.place
        last = max(len(self.offsets) - 2, 0)
        start = self.offsets[min(max(offset, 0), last)]
        end = self.offsets[min(max(offset + max(length, 1) - 1, 0), last)]
        line = bisect_right(self.breaks, start) - 1
        end = min(end, self._line_end(line))
        column = start - self.breaks[line] + (self.text.place.column if line == 0 else 1)
        return replace(self.text.place, line=self.text.place.line + line, column=column, length=max(end - start + 1, 1))

    def _line_end(self, line: int) -> int:
        if line + 1 < len(self.breaks):
            return len(self.text.raw[: self.breaks[line + 1]].rstrip()) - 1
        return len(self.text.raw) - 1


@lru_cache(maxsize=16)
def spans(text: Text) -> Spans:
    """Compute the map of a text of which many places are needed; the last few are cached."""
    breaks = (0, *(match.end() for match in _BREAK.finditer(text.raw)))
    if text.raw == text.value and _EVEN.fullmatch(text.value):
        return Spans(text, tuple(range(len(text.value) + 1)), breaks)
    offsets = _align(text.value, _written(text.raw)) or _align(text.value, _unquoted(text.raw))
    return Spans(text, offsets, breaks)


def place_at(text: Text, offset: int, length: int = 1) -> Location:
    """Return the place in the file of `length` characters from `offset` in `text.value`; the text's own place if unknown.

    Offsets outside the text are taken as its first or last character. Never raises.
    """
    return spans(text).place(offset, length)


def _align(value: str, written: _Written) -> tuple[int, ...] | None:
    """Return the raw offset of each character of the value; spaces, which YAML folds, are after the word before them."""
    offsets: list[int] = []
    behind = -1
    for char in value:
        if char.isspace():
            offsets.append(max(behind, 0))
            continue
        start, end, written_char = next(written, (0, 0, ""))
        if written_char != char:
            return None
        if behind < 0:
            offsets = [start] * len(offsets)
        offsets.append(start)
        behind = end
    return None if behind < 0 else (*offsets, behind)


def _written(raw: str) -> _Written:
    """Yield the characters of the raw scalar's value, except spaces."""
    properties = _PROPERTIES.match(raw)
    start = properties.end() if properties else 0
    readers = {'"': _double_quoted, "'": _single_quoted, "|": _block, ">": _block}
    part = readers.get(raw[start : start + 1], _plain)(raw, start)
    return (piece for piece in part if not piece[2].isspace())


def _unquoted(raw: str) -> _Written:
    """Yield the same for a slice that only looks quoted."""
    return (piece for piece in _plain(raw, 0) if not piece[2].isspace())


def _plain(raw: str, start: int) -> _Written:
    return ((at, at + 1, raw[at]) for at in range(start, len(raw)))


def _block(raw: str, start: int) -> _Written:
    header = _BREAK.search(raw, start)
    return _plain(raw, header.end() if header else len(raw))


def _single_quoted(raw: str, start: int) -> _Written:
    at = start + 1
    while at < len(raw):
        width = 2 if raw.startswith("''", at) else 1
        if width == 1 and raw[at] == "'":
            return
        yield at, at + width, raw[at]
        at += width


def _double_quoted(raw: str, start: int) -> _Written:
    at = start + 1
    while at < len(raw) and raw[at] != '"':
        char, width = _unescape(raw, at) if raw[at] == "\\" else (raw[at], 1)
        yield at, at + width, char
        at += width


def _unescape(raw: str, at: int) -> tuple[str, int]:
    """Return the character of the escape at `at`, and its length; an escaped line end is a space."""
    name = raw[at + 1 : at + 2]
    if name in _HEX_DIGITS:
        digits = raw[at + 2 : at + 2 + _HEX_DIGITS[name]]
        code = int(digits, 16) if re.fullmatch(r"[0-9a-fA-F]+", digits) else 0xFFFD
        return chr(code if code <= 0x10FFFF else 0xFFFD), 2 + len(digits)
    return _ESCAPES.get(name, name or " "), 2


def inserted(text: Text, insertions: Iterable[tuple[int, str]]) -> str | None:
    """Return the raw slice of a text with words inserted at offsets of its value; None if an offset has no place in the slice.

    Nothing may be inserted before a space. Read the result again to be sure that it is still the same scalar:
    `: ` ends a plain scalar.
    """
    offsets, raw = spans(text).offsets, text.raw
    if offsets is None:
        return None
    for offset, words in sorted(insertions, reverse=True):
        at = offsets[offset]
        raw = raw[:at] + _escaped(words, raw) + raw[at:]
    return raw


def _escaped(words: str, raw: str) -> str:
    if raw.startswith('"'):
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words.replace("'", "''") if raw.startswith("'") else words
