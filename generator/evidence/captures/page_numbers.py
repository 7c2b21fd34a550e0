"""The number that a reader finds on a page.

A page of a PDF has up to four numbers. The first one that is known is its name in locators, hints and evidence:

1. printed: a number at the head or foot of the page that counts with the pages around it;
2. journal: the page of the journal that the page was part of, by the first page in the source's `page`;
3. label: the name that the PDF itself gives the page;
4. index: its position in the document. A reader cannot see this number, so it is marked: `p. [21]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from generator.evidence.captures.capture_store import Capture
from generator.evidence.gate import Place

PRINTED, JOURNAL, LABEL, INDEX = "as printed", "of the journal", "label of the PDF", "place in the PDF"
"""Kinds of page numbers, as they are shown to users."""
EDGE = 2
"""Lines at the head and foot of a page that are searched."""
NEAR, AGREEING = 3, 3
"""How far away pages may be that count with a page, and how many of them are needed, including the page itself."""

_NUMBER = re.compile(r"(?<![\w.,/])\d{1,4}(?![\w/]|[.,]\d)")
_ROMAN = re.compile(r"[^\w]{0,9}([ivxlc]{1,9})[^\w]{0,9}", re.IGNORECASE)
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class PageName:
    """The name of a page, and the kind of its number."""

    value: str
    kind: str

    def __str__(self) -> str:
        return f"[{self.value}]" if self.kind == INDEX else self.value


@dataclass(frozen=True, slots=True)
class NamedPlace(Place):
    """A place that is written with the page number that a reader finds there."""

    written: str = ""

    def __str__(self) -> str:
        return self.written


def named(places: Iterable[Place], capture: Capture, first_page: str = "") -> tuple[Place, ...]:
    """Return the places with the names of their pages. `first_page` is the `page` of the source."""
    return tuple(_named(place, capture, first_page) for place in places)


def _named(place: Place, capture: Capture, first_page: str) -> Place:
    if not place.page:
        return place
    first, last = (page_name(page, capture, first_page) for page in (place.page, place.last_page))
    written = f"p. {first}" if place.page == place.last_page else f"pp. {first}\u2013{last}"
    fields = (place.start, place.end, place.paragraph, place.last_paragraph, place.page, place.last_page)
    return NamedPlace(*fields, place.cut_negation, place.cut_condition, written=written)


def page_name(page: int, capture: Capture, first_page: str = "") -> PageName:
    """Return the name of a page by its position in the document, from 1."""
    printed = _printed(capture.text).get(page)
    if printed:
        return PageName(printed, PRINTED)
    first = re.match(r"\d{1,6}", first_page)
    if first:
        return PageName(str(int(first[0]) + page - 1), JOURNAL)
    label = capture.pages[page - 1] if page <= len(capture.pages) else ""
    return PageName(label, LABEL) if label else PageName(str(page), INDEX)


# ---------------------------------------------------------------- numbers at the edges of pages


@lru_cache(maxsize=64)
def _printed(text: str) -> dict[int, str]:
    """Return the number printed on each page, by its position, if the pages around it agree on exactly one number."""
    pages = text.split("\f")
    arabic = _counting([_numbers(edge) for edge in map(_edge, pages)])
    roman = _counting([_romans(edge) for edge in map(_edge, pages)])
    numbers = {page: _as_roman(page + distance) for page, distance in roman.items() if page + distance > 0}
    return numbers | {page: str(page + distance) for page, distance in arabic.items()}


def _edge(page: str) -> list[str]:
    lines = [line for line in page.split("\n") if line.strip()]
    return [line[:200] for line in dict.fromkeys([*lines[:EDGE], *lines[-EDGE:]])]


def _numbers(lines: list[str]) -> set[int]:
    return {int(match[0]) for line in lines for match in _NUMBER.finditer(line)}


def _romans(lines: list[str]) -> set[int]:
    """Return roman numerals that are alone on their line, such as `iv`; words are longer or not well formed."""
    matches = (_ROMAN.fullmatch(line.strip()) for line in lines)
    values = {match[1].lower(): _from_roman(match[1].lower()) for match in matches if match}
    return {value for numeral, value in values.items() if _as_roman(value) == numeral}


def _counting(numbers: list[set[int]]) -> dict[int, int]:
    """Return the distance between number and position of each page (from 1) that shares exactly one with the pages around it."""
    distances = [{number - place for number in on_page} for place, on_page in enumerate(numbers, start=1)]
    shared: dict[int, int] = {}
    for place, own in enumerate(distances, start=1):
        around = distances[max(0, place - 1 - NEAR) : place + NEAR]
        agreed = {d for d in own if sum(d in other for other in around) >= min(AGREEING, len(distances))}
        if len(agreed) == 1 and len(distances) >= AGREEING:
            shared[place] = agreed.pop()
    return shared | _between(shared, len(numbers))


def _between(shared: dict[int, int], count: int) -> dict[int, int]:
    """Number the pages without a number between numbered pages, such as the first page of a chapter."""
    numbers = {}
    for place in range(1, count + 1):
        before = next((shared[place - i] for i in range(1, NEAR + 1) if place - i in shared), None)
        after = next((shared[place + i] for i in range(1, NEAR + 1) if place + i in shared), None)
        if place not in shared and before is not None and before == after:
            numbers[place] = before
    return numbers


def _from_roman(numeral: str) -> int:
    values = [_VALUES[letter] for letter in numeral]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _as_roman(number: int) -> str:
    steps = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for value, letters in steps:
        count, number = divmod(number, value)
        out += letters * count
    return out
