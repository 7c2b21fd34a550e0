"""Whether a quotation stands where its citation says: pages and paragraphs, as far as the capture knows them.

A page fits by its name (`page_numbers`), or by its place in the document if that is marked: `p. [21]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.evidence.captures.capture_store import Capture
from generator.evidence.captures.page_numbers import INDEX, page_name
from generator.evidence.gate import Place
from generator.model import Locator

_SEPARATOR = re.compile(r"[,;&]|\band\b")
_RANGE = re.compile(r"(\[?)(\d{1,9})\]?\s{0,9}[-\u2010-\u2015\u2212]\s{0,9}\[?(\d{1,9})(\]?)")


def fits(locator: Locator | None, place: Place, capture: Capture, first_page: str = "") -> bool | None:
    """Whether the locator names the place; None where the capture cannot tell. `first_page`: of an article in a journal."""
    if locator is None:
        return None
    if locator.label == "paragraph" and place.paragraph:
        return any(_names(locator.value, {str(n)}) for n in range(place.paragraph, place.last_paragraph + 1))
    if locator.label == "page" and place.page:
        names = [_page_names(n, capture, first_page) for n in range(place.page, place.last_page + 1)]
        known = "[" in locator.value or any(len(forms) > 1 for forms in names)
        return any(_names(locator.value, forms) for forms in names) if known else None
    return None


def _page_names(page: int, capture: Capture, first_page: str) -> set[str]:
    """Its place in brackets, and its name where more than that is known."""
    name = page_name(page, capture, first_page)
    return {f"[{page}]"} if name.kind == INDEX else {f"[{page}]", name.value.casefold()}


def _names(value: str, forms: set[str]) -> bool:
    return any(form in forms for part in _SEPARATOR.split(value) for form in _expanded(part, forms))


def _expanded(part: str, forms: set[str]) -> Iterator[str]:
    """A range stands for the numbers in it, of which only those asked for matter; `233-5` is 233-235."""
    found = _RANGE.fullmatch(part.strip())
    if found is None:
        yield part.strip().casefold()
        return
    low, high, marked = found[2], found[3], bool(found[1] and found[4])
    high = low[: len(low) - len(high)] + high if len(high) < len(low) else high
    for form in forms:
        number = form.strip("[]")
        if number.isdigit() and form.startswith("[") == marked and int(low) <= int(number) <= int(high):
            yield form
