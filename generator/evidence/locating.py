"""Whether a quotation stands where its citation says: pages and paragraphs, as far as the capture knows them.

A page has several names: its place in the document, the label that the PDF gives it, the number printed on it, and its
number in the journal that it was part of. A locator that fits any of them fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.captures import Capture
from generator.evidence.gate import Place
from generator.evidence.passages import printed_distances
from generator.model import Locator

_SEPARATOR = re.compile(r"\s*(?:[,;&]|\band\b)\s*")
_RANGE = re.compile(r"(\d+)\s*[-\u2010-\u2015\u2212]\s*(\d+)")


def fits(locator: Locator | None, place: Place, capture: Capture, first_page: str = "") -> bool | None:
    """Whether the locator names the place; None where the capture cannot tell. `first_page`: of an article in a journal."""
    if locator is None:
        return None
    if locator.label == "paragraph" and place.paragraph:
        return any(_names(locator.value, {str(n)}) for n in range(place.paragraph, place.last_paragraph + 1))
    if locator.label == "page" and place.page:
        distances = _distances(capture, first_page)
        names = (_page_names(n, capture, distances) for n in range(place.page, place.last_page + 1))
        return any(_names(locator.value, forms) for forms in names)
    return None


def _distances(capture: Capture, first_page: str) -> set[int]:
    """How far the numbers of pages may be from their places."""
    first = re.match(r"\d+", first_page)
    return {0, *printed_distances(capture.text), *({int(first[0]) - 1} if first else ())}


def _page_names(page: int, capture: Capture, distances: set[int]) -> set[str]:
    label = {capture.pages[page - 1].casefold()} if page <= len(capture.pages) else set()
    return {str(page + distance) for distance in distances} | label


def _names(value: str, forms: set[str]) -> bool:
    return any(form in forms for part in _SEPARATOR.split(value) for form in _expanded(part, forms))


def _expanded(part: str, forms: set[str]) -> Iterator[str]:
    """A range stands for the numbers in it, of which only those asked for matter; `233-5` is 233-235."""
    found = _RANGE.fullmatch(part.strip())
    if found is None:
        yield part.strip().casefold()
        return
    low, high = found[1], found[2]
    high = low[: len(low) - len(high)] + high if len(high) < len(low) else high
    yield from (form for form in forms if form.isdigit() and int(low) <= int(form) <= int(high))
