"""Whether a brief can say what each person was when they spoke."""

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
    """`affiliation-missing`, once for each person and day."""
    brief, library = subject.brief, subject.library
    said = set()
    for statement in walk(brief, Statement):
        expert = library.experts.get(statement.who)
        date = statement_date(statement, library, brief.date)
        if (
            expert is None
            or expert.kind is ExpertKind.INSTITUTION
            or expert.affiliation_note
            or (expert.id, date) in said
        ):
            continue
        said.add((expert.id, date))
        if affiliation_at(expert, date) is None:
            when = f"on {iso(date)}" if date else "at any time"
            hint = f"add the affiliation to {expert.place.file}, line {expert.place.line}, or an `affiliation_note`"
            yield AFFILIATION_MISSING.at(statement.place, f"no affiliation is known for {expert.name} {when}", hint)
