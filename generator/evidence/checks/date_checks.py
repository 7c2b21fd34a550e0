"""Checks of dates: none in the future, events in timelines, dated affiliations, reviews of facts.

A past date stays past, so the result for a brief without future dates does not depend on the day. Timeline events and the
dates of figures may be in the future.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from generator.evidence.checks.subject import Subject
from generator.evidence.review_record import suspects
from generator.model import Brief, Correction, Date, Evidence, ExpertKind, Gap, Library, Statement, Status
from generator.model.days import affiliation_at, due, first_day, iso, statement_date
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.syntax.citations import citations

FUTURE_DATE = Code("future-date", Severity.ERROR)
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


REPORT_DATE = Code("report-date", Severity.WARNING, rests_on=("timeline.date", "/sources.references.issued"))


def check_timeline(subject: Subject) -> Iterator[Problem]:
    """Yield `report-date`."""
    sources = subject.library.sources
    for event in subject.brief.timeline:
        cited = [sources.get(one.key) for one in event.cite.citations] if event.cite else []
        reports = [source for source in cited if source and source.provenance == "report" and source.issued]
        same = [source for source in reports if source.issued == event.date]
        if event.reported is None and event.date.day and same and len(same) == len(cited):
            message = f"the event has the date of the report that it is cited from, “{same[0].key}”"
            yield REPORT_DATE.at(
                event.place, message, "write when it happened, or add `reported: true` or `reported: false`"
            )


AFFILIATION_MISSING = Code(
    "affiliation-missing",
    Severity.ERROR,
    rests_on=(
        "date",
        "cite",
        "/experts.*.kind",
        "/experts.*.affiliations.from",
        "/experts.*.affiliations.until",
        "/experts.*.affiliation_note",
        "/sources.references.issued",
    ),
)


def check_affiliations(subject: Subject) -> Iterator[Problem]:
    """Yield `affiliation-missing`, once for each person and day."""
    brief, library = subject.brief, subject.library
    reported = set()
    for statement in walk(brief, Statement):
        expert = library.experts.get(statement.who)
        date = statement_date(statement, library, brief.date)
        if (
            expert is None
            or expert.kind is ExpertKind.INSTITUTION
            or expert.affiliation_note
            or (expert.id, date) in reported
        ):
            continue
        reported.add((expert.id, date))
        if affiliation_at(expert, date) is None:
            when = f"on {iso(date)}" if date else "at any time"
            hint = f"add the affiliation in {expert.place.file}, line {expert.place.line}, or an `affiliation_note`"
            yield AFFILIATION_MISSING.at(statement.place, f"{expert.name} has no affiliation {when}", hint)


REVIEW_OVERDUE = Code(
    "review-overdue", Severity.WARNING, rests_on=("review_by", "date", "/house.review_period", "/house.overdue")
)

SEVERITIES = {"warn": Severity.WARNING, "fail": Severity.ERROR}


def check_review_due(subject: Subject) -> Iterator[Problem]:
    """Yield `review-overdue` at the fact, from the day after the due day."""
    brief, house = subject.brief, subject.library.house
    severity = SEVERITIES.get(house.overdue)
    if severity is None or brief.status is Status.WITHDRAWN:
        return
    for fact in brief.facts:
        day = due(fact, brief, house)
        if day is not None and day < subject.today:
            hint = "check the fact, then set a later `review_by`"
            message = f"“{fact.id}” was due for review by {day.isoformat()}"
            yield REVIEW_OVERDUE.at(fact.place, message, hint, severity=severity)


SUSPECT = Code("suspect", Severity.WARNING)
UNREVIEWED = Code("unreviewed", Severity.NOTE, rests_on=("facts.id", "rests_on"))


def check_reviews(subject: Subject) -> Iterator[Problem]:
    """Yield `suspect` and `unreviewed`, at the name of the fact in `rests_on`; nothing while the lock file is damaged."""
    brief = subject.brief
    if subject.reviews.damaged:
        return
    for link, place, review in suspects(brief, subject.reviews):
        if review:
            message = f"the fact “{link.fact}” has changed since this was reviewed on {review.date}"
            yield SUSPECT.at(place, message, f"read both again, then run `brief review {brief.slug}`")
        else:
            severity = Severity.WARNING if brief.status is Status.PUBLISHED else None
            message = f"the link to the fact “{link.fact}” has not been reviewed"
            yield UNREVIEWED.at(place, message, f"run `brief review {brief.slug}`", severity=severity)
