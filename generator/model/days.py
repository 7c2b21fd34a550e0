"""The days that a date may mean, the affiliation held then, and when a review is due.

Nothing here depends on the present day, so a page with a review date stays the same until its facts change. A brief prints the
affiliation on the day of the statement, not the present one.
"""

from __future__ import annotations

import calendar
import datetime
from datetime import date

from generator.model import Affiliation, Brief, Date, Expert, Fact, HouseStyle, Library, Statement


def first_day(date: Date) -> datetime.date:
    """Return the first day that the date may mean."""
    return datetime.date(date.year, date.month or 1, date.day or 1)


def last_day(date: Date) -> datetime.date:
    """Return the last day that the date may mean."""
    month = date.month or 12
    return datetime.date(date.year, month, date.day or calendar.monthrange(date.year, month)[1])


def iso(date: Date) -> str:
    """Return the date in the form that `read_date` reads."""
    parts = [f"{date.year:04}"]
    if date.month is not None:
        parts.append(f"{date.month:02}")
        if date.day is not None:
            parts.append(f"{date.day:02}")
    return "-".join(parts)


def due(fact: Fact, brief: Brief, house: HouseStyle) -> datetime.date | None:
    """Return the last day before a fact is due for review: its `review_by`, else the brief's date plus the house's period.

    None if neither is given. A month or year counts to its last day.
    """
    if fact.review_by:
        return last_day(fact.review_by)
    if brief.date is None or house.review_period is None:
        return None
    try:
        return last_day(brief.date) + datetime.timedelta(days=house.review_period)
    except OverflowError:
        return None


def span(start: Date | None, end: Date | None) -> tuple[date, date]:
    """Return the days from `start` to `end`, both included; None is open."""
    return first_day(start) if start else date.min, last_day(end) if end else date.max


def affiliation_at(expert: Expert, when: Date | None) -> Affiliation | None:
    """Return the affiliation of `expert` on `when`; None if none is known for that date.

    A date known to the year or month is covered by every affiliation that overlaps it; an unknown date by any. If several cover it, one
    that covers all of it comes before one that does not, then the later start, then the one listed first.
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
    """Return when something was said: its own date, else the day when the cited source was issued, else the brief's date."""
    if statement.date:
        return statement.date
    for citation in statement.cite.citations if statement.cite else ():
        source = library.sources.get(citation.key)
        if source and source.issued:
            return source.issued
    return brief_date
