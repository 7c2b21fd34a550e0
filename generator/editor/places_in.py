"""Finds paragraphs and pages of a capture by locator, and passages in context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.editor.references_shown import one_line
from generator.evidence.captures.capture_store import Capture
from generator.evidence.captures.page_numbers import page_name
from generator.model import Locator

_BLANK = re.compile(r"\n\s*\n")
SHOWN = 160
"""Characters that are shown of a place's beginning."""
AROUND = 280
"""Characters that are shown before and behind a passage."""


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph, or a page of a text that has pages."""

    locator: str
    """`para. 5`, `p. 3`."""
    start: int
    end: int
    beginning: str


def places(capture: Capture, first_page: str = "") -> Iterator[Place]:
    """Every place that a locator can name, in order. `first_page`: the `page` of the source."""
    layout, text = capture.transcript.layout, capture.text
    if layout.countable:
        for number, (start, end) in enumerate(layout.paragraphs, start=1):
            yield Place(f"para. {number}", start, end, beginning(text[start:end]))
        return
    ends = [*layout.pages[1:], len(text)]
    for number, (start, end) in enumerate(zip(layout.pages, ends, strict=True), start=1):
        name = page_name(number, capture, first_page)
        yield Place(f"p. {name}", start, end, beginning(text[start:end]))


def place_named(capture: Capture, locator: Locator, first_page: str = "") -> Place | None:
    """The first place that a locator names."""
    first = re.match(r"\[?[\w.]+\]?", locator.value)
    names = {"paragraph": "para. ", "page": "p. "}
    wanted = names.get(locator.label, "") + (first[0] if first else "")
    return next((place for place in places(capture, first_page) if place.locator == wanted), None)


def in_context(capture: Capture, start: int, end: int) -> tuple[str, str, str]:
    """What stands before a passage, the passage, and what stands behind it, each on one line; cut at words, marked."""
    text = capture.text
    before, behind = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = "…" + before[len(before) - len(before.lstrip()) :].partition(" ")[2]
    if end + AROUND < len(text):
        behind = behind.rstrip().rpartition(" ")[0] + "…"
    return _one_line(before), _one_line(text[start:end]), _one_line(behind)


def beginning(text: str, most: int = SHOWN) -> str:
    """The first characters of a text, on one line."""
    words = _one_line(text[: 4 * most])
    return words if len(words) <= most else words[: most - 1] + "…"


def _one_line(text: str) -> str:
    """A text with a mark in place of each blank line."""
    return one_line(_BLANK.sub(" \u00b6 ", text))
