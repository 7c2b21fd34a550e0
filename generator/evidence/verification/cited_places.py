"""Whether the pages and paragraphs that citations name exist in the captures of their sources.

A quotation is looked for at its locator (`verify_claim`). A paraphrase is not in the source word for word, but its page or paragraph must
be there: otherwise no reader can trace it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from generator.evidence.captures.capture_store import Capture, Captures
from generator.evidence.captures.page_numbers import INDEX, page_name
from generator.evidence.verification.verify_claim import CheckedClaim
from generator.model import Brief, Citation, CitationGroup, Library, Locator
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted
from generator.syntax.numerals import european_digits

LOCATOR_ABSENT = Code("locator-absent", Severity.ERROR, rests_on=(".",))

_NUMBERS = re.compile(r"\[?(\d{1,9})\]?(?:\s{0,9}[-\u2010-\u2015\u2212]\s{0,9}\[?(\d{1,9})\]?)?")
_BETWEEN = re.compile(r"\s{0,9}(?:[,;&]|\band\b)\s{0,9}")


def absent_places(
    brief: Brief, library: Library, captures: Captures, claims_checked: Collection[CheckedClaim]
) -> Iterator[Problem]:
    """Yield a problem for each citation of a page or paragraph that its capture does not have.

    A quotation that was found elsewhere in its source, or not at all, has a problem already. What is not a number is not judged.
    """
    judged = {one for checked in claims_checked if checked.problems for one in checked.claim.citations}
    for group in walk(brief, CitationGroup):
        for citation in group.citations:
            capture = captures.get(citation.key) if citation.locator and citation not in judged else None
            if isinstance(capture, Capture) and (message := _absent(citation, capture, library)):
                hint = f"`brief sources --paragraphs {citation.key}` lists the numbers"
                yield LOCATOR_ABSENT.at(group.place, message, hint)


def _absent(citation: Citation, capture: Capture, library: Library) -> str:
    """Return what is wrong with the locator of a citation; empty if it names only what is there, or what cannot be counted."""
    locator, layout = citation.locator, capture.transcript.layout
    if locator is None:
        return ""
    if locator.label == "paragraph" and layout.countable:
        there = {str(number) for number in range(1, len(layout.paragraphs) + 1)}
        has = counted(len(layout.paragraphs), "paragraph")
    elif locator.label == "page" and not layout.countable:
        there = _pages(locator, capture, _first_page(citation, library))
        has = counted(len(layout.pages), "page")
    else:
        return ""
    missing = [number for number in _named(locator) if number not in there] if there else []
    return f"'{citation.key}' has no {locator.label} {missing[0]}: it has {has}" if missing else ""


def _named(locator: Locator) -> Iterator[str]:
    """Yield the numbers that a locator names, of a range its ends; `233-5` is 233-235."""
    for part in _BETWEEN.split(european_digits(locator.value)):
        if match := _NUMBERS.fullmatch(part):
            low, high = match[1], match[2] or match[1]
            yield low
            yield low[: len(low) - len(high)] + high if len(high) < len(low) else high


def _pages(locator: Locator, capture: Capture, first_page: str) -> set[str]:
    """Return the numbers of the pages of a capture, by position if the locator is in brackets; none if a page has no known number."""
    positions = range(1, len(capture.transcript.layout.pages) + 1)
    if "[" in locator.value:
        return {str(position) for position in positions}
    names = [page_name(position, capture, first_page) for position in positions]
    return set() if any(name.kind == INDEX for name in names) else {european_digits(name.value) for name in names}


def _first_page(citation: Citation, library: Library) -> str:
    source = library.sources.get(citation.key)
    return str(source.csl.get("page", "")) if source else ""
