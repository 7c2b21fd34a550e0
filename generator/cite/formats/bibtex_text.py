"""Parses BibTeX and BibLaTeX text into entries and fields with their lines.

It accepts more than BibTeX allows, and finds the next entry if one is never closed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from generator.cite.draft_conversion import MONTHS
from generator.cite.formats import WrittenField


@dataclass(frozen=True, slots=True)
class BibEntry:
    kind: str
    """`article`, in lower case."""
    key: str
    """Empty if the file has none."""
    line: int
    fields: tuple[WrittenField, ...]
    closed: bool = True
    """Whether its last bracket was found; an unclosed entry has no fields."""
    stray: tuple[WrittenField, ...] = ()
    """Text between fields that is not a field; it has no name."""

    def get(self, name: str) -> str:
        """Return the value of a field as written; empty if there is none."""
        return next((field.value for field in self.fields if field.name == name), "")


_START = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_NEXT = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*\{[^\s,{}=\"]+[ \t]*,", re.MULTILINE)
_KEY = re.compile(r"\s*+((?:[^,={}\"\s]++(?:\s++(?=[^,={}\"\s]))?)*+)\s*+(?:,|\Z)")
_SKIP = re.compile(r"[\s,]*")
_NAME = re.compile(r"([^\s=,{}\"#]+)\s*=\s*")
_BARE = re.compile(r"[^\s,{}\"#=]+")
_JOINED = re.compile(r"\s*#\s*")
_MARK = re.compile(r"\\.|[{}()\",]", re.DOTALL)
_EVERY_MARK = re.compile(r"[{}()\",]")


class _Macros:
    """Values of `@string`, and a limit for expansion, because macros within macros could double with each line."""

    LONGEST = 2_000
    """Characters of one value."""
    MOST = 20_000_000
    """Characters of all values; after that, macros are not expanded."""

    def __init__(self) -> None:
        self._values = {month: month for month in MONTHS}
        self._room = self.MOST

    def put(self, name: str, value: str) -> None:
        self._values[name] = value[: self.LONGEST]

    def get(self, name: str) -> str:
        """Return the value of a macro; the name itself if there is none."""
        value = self._values.get(name.lower(), name)
        self._room -= len(value)
        return value if self._room > 0 else name


def bib_entries(text: str) -> Iterator[BibEntry]:
    """Read all entries; `@string` macros are expanded, comments and preambles are skipped."""
    macros = _Macros()
    lines = [match.start() for match in re.finditer(r"\n", text)]
    at = 0
    while start := _START.search(text, at):
        kind, line = start[1].lower(), bisect_right(lines, start.start()) + 1
        following = _NEXT.search(text, start.end())
        limit = following.start() if following else len(text)
        end = _closing(text, start.end(), limit, "}" if start[2] == "{" else ")")
        if end < 0 and kind == "comment":
            at = start.end()
        elif end < 0:
            at = limit
            key = _KEY.match(text, start.end(), at)
            yield BibEntry(kind, key[1] if key else "", line, (), closed=False)
        else:
            at = end + 1
            body = _Body(text, start.end(), end, lines, macros)
            if kind == "string":
                for field in body.fields()[0]:
                    macros.put(field.name, field.value)
            elif kind not in ("comment", "preamble"):
                yield BibEntry(kind, body.key(), line, *_both(body))


def _both(body: _Body) -> tuple[tuple[WrittenField, ...], bool, tuple[WrittenField, ...]]:
    fields, stray = body.fields()
    return tuple(fields), True, tuple(stray)


class _Body:
    """The text between the outer brackets of an entry."""

    def __init__(self, text: str, start: int, end: int, lines: list[int], macros: _Macros) -> None:
        self._text, self._at, self._end = text, start, end
        self._lines, self._macros = lines, macros

    def key(self) -> str:
        """Read the key and move past it."""
        match = _KEY.match(self._text, self._at, self._end)
        if match is None:
            return ""
        self._at = match.end()
        return " ".join(match[1].split())

    def fields(self) -> tuple[list[WrittenField], list[WrittenField]]:
        """Read all fields, and text that is not a field."""
        fields, stray = [], []
        while (at := self._skip()) < self._end:
            line = bisect_right(self._lines, at) + 1
            if name := _NAME.match(self._text, at, self._end):
                self._at = name.end()
                fields.append(WrittenField(name[1].lower(), self._value(), line))
            else:
                self._at = _outside(self._text, at, self._end)
                stray.append(WrittenField("", " ".join(self._text[at : self._at].split()), line))
        return fields, stray

    def _skip(self) -> int:
        match = _SKIP.match(self._text, self._at, self._end)
        self._at = match.end() if match else self._end
        return self._at

    def _value(self) -> str:
        """Read parts joined by `#`, each in braces, in quotation marks, or bare."""
        pieces: list[str] = []
        while self._at < self._end:
            char = self._text[self._at]
            if char in '{"':
                end = _closing(self._text, self._at + 1, self._end, "}" if char == "{" else '"')
                end = self._end if end < 0 else end
                pieces.append(self._text[self._at + 1 : end])
                self._at = end + 1
            elif bare := _BARE.match(self._text, self._at, self._end):
                pieces.append(self._macros.get(bare[0]))
                self._at = bare.end()
            joined = _JOINED.match(self._text, self._at, self._end)
            if not joined:
                break
            self._at = joined.end()
        return "".join(pieces)


def _closing(text: str, start: int, end: int, closer: str) -> int:
    r"""Return the index of the mark that closes the one at `start`; -1 if there is none. Braces nest and hide other marks.

    A backslash hides the following brace, unless nothing would be closed then (`file = {C:\papers\}`).
    """
    for marks in (_MARK, _EVERY_MARK):
        depth = 0
        for mark in marks.finditer(text, start, end):
            if mark[0] == closer and not depth:
                return mark.start()
            depth += {"{": 1, "}": -1}.get(mark[0], 0)
            if depth < 0:
                break
    return -1


def _outside(text: str, start: int, end: int) -> int:
    """Return the index of the next comma outside braces, or the end."""
    depth = 0
    for mark in _MARK.finditer(text, start, end):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if mark[0] == "," and not depth:
            return mark.start()
    return end
