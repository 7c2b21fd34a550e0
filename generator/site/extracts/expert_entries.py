"""What each expert says in a brief, as the plan needs it, and how it is divided into pages.

The page of an expert has the entries of about 40. All entries on one question are on the same page, because it shows how a stance changed.
Earlier entries are on archive pages, which are filled from the oldest brief on, so a new brief changes only the first page, and an
edited brief only the pages that show it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Briefs = tuple[tuple[str, tuple[str, ...]], ...]
"""The briefs of a page, newest first, with the keys of the questions whose entries are on the page."""

ENTRIES_A_PAGE = 40
_KEY = 12
"""Hexadecimal digits of a key: 48 bits, so that two of a million questions hardly ever have the same one."""


class ExpertEntry(NamedTuple):
    """A position, an earlier one, a voice or a gap, without its words."""

    kind: str
    reason: str
    """Of a gap; otherwise empty."""
    question: str
    """Key of its question; empty for a voice on no question."""


def question_key(ask: str) -> str:
    """Return the key of a question: questions with the same words are the same, in any brief. No question has an empty key."""
    words = " ".join(ask.casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()[:_KEY] if words else ""


def count_entries(entries: Sequence[ExpertEntry]) -> tuple[int, int, tuple[tuple[str, int], ...]]:
    """Return the number of statements, the number of questions, and the number of gaps by reason, most frequent first."""
    gaps = Counter(entry.reason for entry in entries if entry.kind == "gap")
    questions = {entry.question for entry in entries if entry.question}
    return len(entries) - gaps.total(), len(questions), tuple(gaps.most_common())


def divide(said: Mapping[str, Iterable[ExpertEntry]]) -> list[Briefs]:
    """Divide an expert's entries, by brief from the newest on, into the first page and the archive pages from the oldest on.

    A question is as new as its newest brief. The first page has less than twice the usual number of entries, unless a question has more.
    """
    briefs: dict[tuple[str, str], list[str]] = {}
    for slug, entries in said.items():
        for entry in entries:
            # Voices on no question belong together only if they are in the same brief.
            briefs.setdefault((entry.question, "" if entry.question else slug), []).append(slug)
    pages: list[list[tuple[str, str]]] = [[]]
    size = 0
    for question in reversed(briefs):
        if size >= ENTRIES_A_PAGE:
            pages.append([])
            size = 0
        pages[-1].append(question)
        size += len(briefs[question])
    if len(pages) > 1 and size < ENTRIES_A_PAGE // 2:
        newest = pages.pop()
        pages[-1] += newest
    order = {slug: place for place, slug in enumerate(said)}
    first, *archive = (_by_brief(page, briefs, order) for page in (pages[-1], *pages[:-1]))
    return [first, *archive]


def _by_brief(
    page: Iterable[tuple[str, str]], briefs: Mapping[tuple[str, str], Iterable[str]], order: Mapping[str, int]
) -> Briefs:
    keys: dict[str, set[str]] = {}
    for question in page:
        for slug in briefs[question]:
            keys.setdefault(slug, set()).add(question[0])
    return tuple((slug, tuple(sorted(keys[slug]))) for slug in sorted(keys, key=order.__getitem__))
