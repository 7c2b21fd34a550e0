"""Whether anything is dated later than today that can only have happened already.

A date that has passed stays passed, so a brief without such dates does not depend on the day. Timeline events and the dates
of figures may lie in the future.
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
"""A date, where it stands, and what is dated by it."""


def check_future(subject: Subject) -> Iterator[Problem]:
    """`future-date`, at each record whose date has not come yet."""
    for date, place, what in dated(subject.brief, subject.library, subject.evidence):
        if subject.today != datetime.date.min and first_day(date) > subject.today:
            yield FUTURE_DATE.at(place, f"{what} is dated {iso(date)}, which has not come yet", "correct the date")


def is_ahead(brief: Brief, library: Library, evidence: Iterable[Evidence], today: datetime.date) -> bool:
    """Whether anything is dated later than `today`."""
    return any(first_day(date) > today for date, _, _ in dated(brief, library, evidence))


def dated(brief: Brief, library: Library, evidence: Iterable[Evidence]) -> Iterator[Dated]:
    """Everything in a brief, its sources and their captures that can only have happened already."""
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
