"""Whether a brief can print the affiliation of each person on the day of the statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import ExpertKind, Statement
from generator.model.days import affiliation_at, iso, statement_date
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

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

CODES = (AFFILIATION_MISSING,)


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
