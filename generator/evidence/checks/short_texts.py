"""Whether short texts can stand in place of the full ones.

Where a page design is a short form, `short` is printed instead of a claim or of `says`. What holds for the full text has to
hold for the short one: it is cited, and no expert gets fewer words than the others beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.evidence.checks.completeness import UNCITED, cited
from generator.model import Position, Statement
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject
    from generator.model import CitationGroup, Prose, Question

SHORT_UNEVEN = Code("short-uneven", Severity.WARNING, rests_on=("short", "says"))
SHORT_ALONE = Code("short-alone", Severity.ERROR, rests_on=("says",))


def check_short_texts(subject: Subject) -> Iterator[Problem]:
    """`short-uneven`, `short-alone`, and `uncited` at a short text."""
    summary, short = subject.brief.summary, subject.brief.short_summary
    if short and not summary:
        hint = "write it as `summary`"
        yield SHORT_ALONE.at(short.text.place, "there is no `summary` that this could be short for", hint)
    for question in subject.brief.questions:
        yield from _uneven(question)
    for statement in walk(subject.brief, Statement):
        if statement.short and not statement.says:
            message = f"“{statement.who}” has a `short` text, and no `says` that it could be short for"
            yield SHORT_ALONE.at(statement.short.text.place, message, "write it as `says`")
        else:
            yield from _uncited(statement.short, statement.cite)
    for fact in subject.brief.facts:
        yield from _uncited(fact.short, fact.cite, *(figure.cite for figure in fact.figures))


def _uneven(question: Question) -> Iterator[Problem]:
    """At each position without a short text where another expert's position on the question has one."""
    said = [
        (who, cell.statement)
        for who, cell in question.cells.items()
        if isinstance(cell, Position) and cell.statement.says
    ]
    shortened = [who for who, statement in said if statement.short]
    for who, statement in said if shortened else ():
        if not statement.short:
            message = f"“{who}” has no `short` text on “{question.id}”, and “{shortened[0]}” has one"
            hint = "give all positions on a question a `short` text, or none"
            yield SHORT_UNEVEN.at(statement.place, message, hint)


def _uncited(short: Prose | None, *cites: CitationGroup | None) -> Iterator[Problem]:
    if short and not cited(*cites, short):
        yield UNCITED.at(short.text.place, "this short text has no citation", "add `cite`, or cite in the text")
