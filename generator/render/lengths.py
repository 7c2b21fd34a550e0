"""Checks the length of a brief against its preset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from generator.problems import Code, Location, Problem, Severity
from generator.problems.counts import counted
from generator.render.preset import Preset

PAGES = Code("preset-pages", Severity.ERROR)
CODES = (PAGES,)
_SECTION = 2
"""The level of a section's heading in the outline; the title has 1, questions 3."""


class Heading(Protocol):
    """An entry of a PDF's outline; level and page count from 1."""

    @property
    def level(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def page(self) -> int: ...


def check_length(
    preset: Preset, length: float, outline: Sequence[Heading], place: Location, *, draft: bool = False
) -> tuple[Problem, ...]:
    """Compare a brief's length with its preset.

    `length` is in pages, and the last may be partly filled: 2.25 are three pages. `outline` are the brief's headings
    in order; `place` is the brief's. In a draft, errors become warnings.
    """
    pages = -(-length // 1)
    severity = Severity.WARNING if draft else Severity.ERROR
    if pages < preset.least_pages:
        return (PAGES.at(place, *_too_short(preset, length), severity=severity),)
    if 0 < preset.most_pages < pages:
        return (PAGES.at(place, *_too_long(preset, length, outline), severity=severity),)
    return ()


def _too_short(preset: Preset, length: float) -> tuple[str, str]:
    wanted = preset.least_pages
    message = f"the brief fills {_pages(length)}, and '{preset.name}' needs {_count(preset, wanted)}"
    return message, "add text, for example under key_points, options or limits, or choose another preset"


def _too_long(preset: Preset, length: float, outline: Sequence[Heading]) -> tuple[str, str]:
    most = preset.most_pages
    message = (
        f"the brief fills {_pages(length)}, {_pages(length - most)} more than '{preset.name}' has room for: "
        f"{_where(most + 1, outline)}"
    )
    longest = _longest(length, outline)
    part = f"shorten “{longest}”, the longest part, or another one" if longest else "shorten it"
    return message, f"{part}, or choose another preset ('brief presets' lists them)"


def _where(page: int, outline: Sequence[Heading]) -> str:
    """Return the part that begins or continues on this page."""
    first = next((heading for heading in outline if heading.page >= page), None)
    if first is not None:
        return f"“{first.title}” begins on page {first.page}"
    last = f"“{outline[-1].title}”" if outline else "the text"
    return f"{last} continues on page {page}"


def _longest(length: float, outline: Sequence[Heading]) -> str:
    """Return the section with most pages, if there is one, counted in whole pages."""
    sections = [heading for heading in outline if heading.level == _SECTION]
    ends = [heading.page for heading in sections[1:]] + [int(length) + 1]
    spans = sorted(((end - one.page, one.title) for one, end in zip(sections, ends, strict=False)), reverse=True)
    return spans[0][1] if len(spans) > 1 and spans[0][0] > spans[1][0] else ""


def _pages(length: float) -> str:
    """Return `1 page`, `0.3 pages`, `2.4 pages`; at least a tenth."""
    number = f"{max(length, 0.1):.1f}".removesuffix(".0")
    return "1 page" if number == "1" else number + " pages"


def _count(preset: Preset, pages: int) -> str:
    exactly = "exactly" if preset.most_pages == pages else "at least"
    return f"{exactly} {counted(pages, 'page')}"
