"""Checks that incremental updates are written so that every reader finds the same objects.

A cross-reference says where the objects are (ISO 32000-2, 7.5). Readers differ if it is unusual: some take the first of two entries, some
the last. A reader that finds it damaged searches the whole file for objects, also where no entry points. So in an update that is
accepted, each byte is part of an object that the cross-reference lists at its place, part of the cross-reference, or white space.

This is a small part of the syntax of PDF: the part that pyHanko writes. Everything else is refused.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

_DEPTH = 20
"""Levels of nesting that are read."""
_MOST = 10_000
"""Most bytes of an unpacked cross-reference."""
_KEYS = frozenset({"/Type", "/W", "/Index", "/Filter", "/Length", "/Size", "/Root", "/Info", "/ID", "/Prev"})

_SPACE = re.compile(rb"[\t\n\f\r ]*+")
_HEAD = re.compile(rb"([1-9][0-9]{0,8}) 0 obj\b")
_STREAM = re.compile(rb"stream\r?\n")
_ENDSTREAM = re.compile(rb"\r?\n?endstream\b")
_ENDOBJ = re.compile(rb"endobj\b")
_END = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF(?:\s+|\Z)")
_LAST_END = re.compile(rb"startxref\s+([0-9]{1,12})\s+%%EOF\s*\Z")
_NAME = re.compile(rb"/[^\x00-\x20\x7f-\xff()<>\[\]{}/%#]+")
_ATOM = re.compile(
    rb"[0-9]{1,9} [0-9]{1,5} R\b"
    rb"|[+-]?[0-9]{1,12}(?:\.[0-9]{0,12})?"
    rb"|true\b|false\b|null\b"
    rb"|<[0-9A-Fa-f]*+>"
    rb"|\((?:[^\x00-\x1f\x7f-\xff()<>\[\]{}/%\\]|\\[0-7]{3}|\\[nrtbf()\\])*+\)"
)


class _Unusual(Exception):
    """The update is written in another way. The message is a phrase."""


def layout_fault(pdf: bytes, made: bytes) -> str:
    """Return how the updates in `pdf`, which begins with the file `made`, are written in another way; empty if they are not."""
    try:
        previous = _LAST_END.search(made[-100:])
        if previous is None:
            raise _Unusual("the original file does not end as a PDF does")
        at, start = _after_space(pdf, len(made)), int(previous[1])
        while at < len(pdf):
            at, start = _Revision(pdf, at).read(start)
    except _Unusual as fault:
        return f"it is written in a way that readers may understand differently: {fault}"
    return ""


class _Revision:
    """Reads one update: objects, a cross-reference stream, and its place."""

    def __init__(self, pdf: bytes, at: int) -> None:
        self.pdf = pdf
        self.at = at

    def read(self, previous: int) -> tuple[int, int]:
        """Return the end of the update and the place of its cross-reference; `previous` is the place of the one before."""
        places: dict[int, int] = {}
        while True:
            start = self.at
            number = int(self._take(_HEAD, "there are bytes that belong to no object")[1])
            if number in places:
                raise _Unusual(f"object {number} is written twice")
            places[number] = start
            value = self._value(_DEPTH)
            if _STREAM.match(self.pdf, self.at):
                break
            self._take(_ENDOBJ, f"object {number} has no end")
        listed = dict(self._entries(value, previous))
        if listed != places or value.get("/Size") != b"%d" % (max(places) + 1):
            raise _Unusual("its cross-reference does not list each object once, at its place")
        if int(self._take(_END, "its end is missing")[1]) != start:
            raise _Unusual("its end gives another place of the cross-reference")
        return self.at, start

    def _take(self, pattern: re.Pattern[bytes], otherwise: str) -> re.Match[bytes]:
        """Read what matches, and the white space after it. Raises _Unusual."""
        match = pattern.match(self.pdf, self.at)
        if match is None:
            raise _Unusual(otherwise)
        self.at = _after_space(self.pdf, match.end())
        return match

    def _skip(self, mark: bytes) -> bool:
        if not self.pdf.startswith(mark, self.at):
            return False
        self.at = _after_space(self.pdf, self.at + len(mark))
        return True

    def _value(self, depth: int) -> Any:
        """Return a dictionary by names, a list, or the bytes of any other value."""
        if depth == 0:
            raise _Unusual("it is nested too deeply")
        if self._skip(b"<<"):
            return self._dictionary(depth - 1)
        if self._skip(b"["):
            items = []
            while not self._skip(b"]"):
                items.append(self._value(depth - 1))
            return items
        if self.pdf.startswith(b"/", self.at):
            return self._take(_NAME, "a name has unusual characters")[0]
        return self._take(_ATOM, "a value has an unusual form")[0]

    def _dictionary(self, depth: int) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not self._skip(b">>"):
            name = self._take(_NAME, "a dictionary has an unusual form")[0].decode()
            if name in entries:
                raise _Unusual(f"a dictionary has two entries {name}")
            entries[name] = self._value(depth)
        return entries

    def _entries(self, about: Any, previous: int) -> Iterator[tuple[int, int]]:
        """Read the stream of a cross-reference; yield number and place of each object. Raises _Unusual."""
        if not isinstance(about, dict) or about.get("/Type") != b"/XRef" or not about.keys() <= _KEYS:
            raise _Unusual("it has a stream other than its cross-reference")
        if about.get("/Prev") != b"%d" % previous:
            raise _Unusual("its cross-reference does not continue the one before")
        widths, index = _numbers(about.get("/W")), _numbers(about.get("/Index"))
        rows = self._stream(about)
        wide = sum(widths)
        numbers = [
            number for first, count in zip(index[::2], index[1::2], strict=False) for number in _run(first, count)
        ]
        if len(widths) != 3 or len(index) % 2 or wide * len(numbers) != len(rows) or len(set(numbers)) != len(numbers):
            raise _Unusual("its cross-reference has an unusual form")
        for at, number in enumerate(numbers):
            row = rows[at * wide : (at + 1) * wide]
            kind, place, generation = row[: widths[0]], row[widths[0] : -widths[2] or wide], row[wide - widths[2] :]
            if number == 0 and not any(kind):
                continue  # the head of the list of free objects
            if int.from_bytes(kind) != 1 or any(generation):
                raise _Unusual("its cross-reference has an unusual entry")
            yield number, int.from_bytes(place)

    def _stream(self, about: dict[str, Any]) -> bytes:
        length = _numbers([about.get("/Length")])[0]
        start = self.pdf.index(b"\n", self.at) + 1
        packed = self.pdf[start : start + length]
        self.at = start + length
        self._take(_ENDSTREAM, "its cross-reference has another length")
        self._take(_ENDOBJ, "its cross-reference has no end")
        if about.get("/Filter") != b"/FlateDecode":
            return packed
        unpacking = zlib.decompressobj()
        try:
            rows = unpacking.decompress(packed, _MOST)
        except zlib.error:
            raise _Unusual("its cross-reference is damaged") from None
        if not unpacking.eof or unpacking.unused_data:
            raise _Unusual("its cross-reference is damaged or too large")
        return rows


def _after_space(pdf: bytes, at: int) -> int:
    match = _SPACE.match(pdf, at)
    return match.end() if match else at


def _run(first: int, count: int) -> range:
    if count > _MOST:
        raise _Unusual("its cross-reference is too large")
    return range(first, first + count)


def _numbers(values: Any) -> list[int]:
    if isinstance(values, list) and all(isinstance(one, bytes) and one.isdigit() and len(one) < 10 for one in values):
        return [int(one) for one in values]
    raise _Unusual("its cross-reference has an unusual form")
