"""Whether anything in the past is dated in the future.

A past date stays past, so the result for a brief without future dates does not depend on the day. Timeline events and the
dates of figures may be in the future.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from generator.model import Brief, Correction, Date, Evidence, Gap, Library, Statement, Status
from generator.model.days import first_day, iso
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.syntax.citations import citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.evidence.checks.subject import Subject

FUTURE_DATE = Code("future-date", Severity.ERROR)

CODES = (FUTURE_DATE,)

Dated = tuple[Date, Location, str]
"""A date, its place, and what has this date."""


def check_future(subject: Subject) -> Iterator[Problem]:
    """Yield `future-date`, at each record whose date is later than today."""
    for date, place, what in dated(subject.brief, subject.library, subject.evidence):
        if subject.today != datetime.date.min and first_day(date) > subject.today:
            yield FUTURE_DATE.at(place, f"{what} is dated {iso(date)}, which is in the future", "correct the date")


def is_ahead(brief: Brief, library: Library, evidence: Iterable[Evidence], today: datetime.date) -> bool:
    """Whether anything has a date later than `today`."""
    return any(first_day(date) > today for date, _, _ in dated(brief, library, evidence))


def dated(brief: Brief, library: Library, evidence: Iterable[Evidence]) -> Iterator[Dated]:
    """Yield the date of everything in a brief, its sources and their captures that must be in the past."""
    if brief.date and brief.status is not Status.DRAFT:
        yield brief.date, brief.place, "the brief"
    for correction in walk(brief, Correction):
        yield correction.date, correction.place, "the correction"
    for statement in walk(brief, Statement):
        if statement.date:
            yield statement.date, statement.place, "the statement"
    for gap in walk(brief, Gap):
        if gap.until:
            yield gap.until, gap.place, "the end of the search"
    yield from _sources(brief, library)
    for one in evidence:
        if one.captured:
            day = datetime.date.fromisoformat(one.captured)
            yield Date(day.year, day.month, day.day), one.place, f"the capture of '{one.source}'"


def _sources(brief: Brief, library: Library) -> Iterator[Dated]:
    for key in dict.fromkeys(citation.key for citation, _ in citations(brief)):
        source = library.sources.get(key)
        if source and source.issued:
            yield source.issued, source.place, f"the source '{key}'"
