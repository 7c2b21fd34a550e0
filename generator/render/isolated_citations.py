"""Isolates names and titles of the other direction in citations (UAX 9, 2.4.2).

In an Arabic note, an English title takes the numbers and quotation marks next to it along, so that the day of a date is drawn on the
other side of the title, and a title has one of its quotation marks elsewhere. Citation styles do not know directions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from unicodedata import bidirectional

from generator.model import FormattedCitations
from generator.render.scripts import direction_of

_ISOLATE, _END = "\u2068", "\u2069"
_UNIT = re.compile(r"<[^<>]*>|&[^;<&]*;|[^<&]|[<&]")
"""A tag, an entity or a character."""
_CUT = re.compile(r"</?(?:em|strong|a)[ >]")
"""A title or a link stands alone: on paper, each element is laid out by itself, in the order of the line."""
_PAIRS = {")": "(", "]": "[", "”": "“", "»": "«", "›": "‹", "’": "‘", "“": "„"}
"""Closing and opening marks. A straight quotation mark closes itself."""


def isolate(formatted: FormattedCitations, language: str) -> FormattedCitations:
    """Return citations for a brief in a BCP 47 language, with marks around what runs in the other direction."""
    right_to_left = direction_of(language) == "rtl"
    return replace(
        formatted,
        citation_groups=tuple(_isolated(html, right_to_left) for html in formatted.citation_groups),
        bibliography=tuple(
            replace(entry, html=_isolated(entry.html, right_to_left)) for entry in formatted.bibliography
        ),
        in_text=tuple(_isolated(html, right_to_left) for html in formatted.in_text),
    )


def _isolated(html: str, right_to_left: bool) -> str:
    if html.isascii() and not right_to_left:
        return html
    units = _UNIT.findall(html)
    addresses = {at: (first, last) for first, last in _addresses(units) for at in range(first, last + 1)}
    parts = dict.fromkeys(
        addresses.get(first) or _whole_elements(units, *_whole_marks(units, first, last))
        for first, last in _runs(units, right_to_left)
    )
    for first, last in reversed(parts):
        units[first] = _ISOLATE + units[first]
        units[last] += _END
    return "".join(units)


def _runs(units: list[str], right_to_left: bool) -> Iterator[tuple[int, int]]:
    """Yield the first and the last letter of each run of the other direction, inside an element or between two."""
    first = last = None
    for at, unit in enumerate(units):
        kind = "" if unit.startswith("<") else bidirectional(unescape(unit)[:1] or " ")
        if kind not in ("L", "R", "AL") and not _CUT.match(unit):
            continue
        if kind and (kind == "L") == right_to_left:
            first, last = at if first is None else first, at
        elif first is not None and last is not None:
            yield first, last
            first = last = None
    if first is not None and last is not None:
        yield first, last


def _addresses(units: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last character of each link whose text is an address. Its parts stay in their order."""
    start = 0
    for at, unit in enumerate(units):
        if unit.startswith("<a "):
            start = at + 1
        elif unit == "</a>" and "".join(units[start : start + 4]) == "http":
            yield start, at - 1


def _whole_marks(units: list[str], first: int, last: int) -> tuple[int, int]:
    """Return the run with quotation marks and brackets that only one end of it has."""
    inside = [_mark(unit) for unit in units[first : last + 1]]
    after = _beside(units, last, 1)
    if after is not None and _opens_inside(_mark(units[after]), inside):
        inside.append(_mark(units[after]))
        last = after
    before = _beside(units, first, -1)
    if before is not None and _closes_inside(_mark(units[before]), inside):
        first = before
    return first, last


def _beside(units: list[str], at: int, way: int) -> int | None:
    """Return the next character of the same element or text."""
    at += way
    while 0 <= at < len(units) and units[at].startswith("<") and not _CUT.match(units[at]):
        at += way
    return at if 0 <= at < len(units) and not units[at].startswith("<") else None


def _mark(unit: str) -> str:
    return unit if unit.startswith("<") else unescape(unit)


def _opens_inside(mark: str, inside: list[str]) -> bool:
    """Whether this closes what a mark in the run opened."""
    if mark == '"':
        return inside.count(mark) % 2 == 1
    return mark in _PAIRS and inside.count(_PAIRS[mark]) > inside.count(mark)


def _closes_inside(mark: str, inside: list[str]) -> bool:
    """Whether a mark in the run closes what this opens."""
    if mark == '"':
        return inside.count(mark) % 2 == 1
    return any(opening == mark and inside.count(closing) > inside.count(mark) for closing, opening in _PAIRS.items())


def _whole_elements(units: list[str], first: int, last: int) -> tuple[int, int]:
    """Return the run with the elements that begin or end in it, so that both marks are in the same element."""
    depth = lowest = 0
    for unit in units[first : last + 1]:
        depth += _step(unit)
        lowest = min(lowest, depth)
    for _ in range(-lowest):
        first = _edge(units, first, -1)
    for _ in range(depth - lowest):
        last = _edge(units, last, 1)
    return first, last


def _edge(units: list[str], at: int, way: int) -> int:
    """Return where the element that a unit is in begins (`way` is -1) or ends (1)."""
    depth = 0
    while depth <= 0:
        at += way
        depth -= way * _step(units[at])
    return at


def _step(unit: str) -> int:
    """Return 1 for the tag that begins an element, -1 for the one that ends it, 0 for anything else."""
    if not unit.startswith("<") or unit == "<br>" or unit.endswith("/>"):
        return 0
    return -1 if unit[1] == "/" else 1
