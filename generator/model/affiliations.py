"""What somebody was when they said something.

A brief prints the affiliation held on the day of the statement, not today's. This module knows no problem and no page.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from generator.model.days import first_day, last_day

if TYPE_CHECKING:
    from generator.model import Affiliation, Date, Expert, Library, Statement


def span(start: Date | None, end: Date | None) -> tuple[date, date]:
    """The days from `start` to `end`, both included; None is open."""
    return first_day(start) if start else date.min, last_day(end) if end else date.max


def affiliation_at(expert: Expert, when: Date | None) -> Affiliation | None:
    """The affiliation that `expert` held on `when`, or None when none is known to cover it.

    A date that is known to the year or month is covered by whatever overlaps it, and one that is not known by anything.
    Where several do, one that holds for the whole of it goes before one that does not, then the later start, then the
    one listed first.
    """
    first, last = span(when, when)
    best: tuple[tuple[bool, date], Affiliation] | None = None
    for affiliation in expert.affiliations:
        start, end = span(affiliation.start, affiliation.end)
        if start <= last and first <= end:
            rank = (start <= first and last <= end, start)
            if best is None or rank > best[0]:
                best = rank, affiliation
    return best[1] if best else None


def statement_date(statement: Statement, library: Library, brief_date: Date | None) -> Date | None:
    """When something was said: its own date, else the day the cited source was issued, else the brief's date."""
    if statement.date:
        return statement.date
    for citation in statement.cite.citations if statement.cite else ():
        source = library.sources.get(citation.key)
        if source and source.issued:
            return source.issued
    return brief_date
