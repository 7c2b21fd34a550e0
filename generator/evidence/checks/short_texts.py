"""Whether short texts can replace the full ones.

In page designs that are short forms, `short` is printed instead of a claim or of `says`. The rules for the full text apply to the
short one too: it is cited, and no expert gets fewer words than the others.
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
    """Yield `short-uneven`, `short-alone`, and `uncited` at a short text."""
    summary, short = subject.brief.summary, subject.brief.short_summary
    if short and not summary:
        hint = "write it as `summary`"
        yield SHORT_ALONE.at(short.text.place, "there is no `summary` for this short text", hint)
    for question in subject.brief.questions:
        yield from _uneven(question)
    for statement in walk(subject.brief, Statement):
        if statement.short and not statement.says:
            message = f"“{statement.who}” has a `short` text but no `says`"
            yield SHORT_ALONE.at(statement.short.text.place, message, "write it as `says`")
        else:
            yield from _uncited(statement.short, statement.cite)
    for fact in subject.brief.facts:
        yield from _uncited(fact.short, fact.cite, *(figure.cite for figure in fact.figures))


def _uneven(question: Question) -> Iterator[Problem]:
    """Yield a problem at each position without a short text if another position on the question has one."""
    statements = [
        (who, cell.statement)
        for who, cell in question.cells.items()
        if isinstance(cell, Position) and cell.statement.says
    ]
    shortened = [who for who, statement in statements if statement.short]
    for who, statement in statements if shortened else ():
        if not statement.short:
            message = f"“{who}” has no `short` text on “{question.id}”, but “{shortened[0]}” has one"
            hint = "give all positions on a question a `short` text, or none"
            yield SHORT_UNEVEN.at(statement.place, message, hint)


def _uncited(short: Prose | None, *cites: CitationGroup | None) -> Iterator[Problem]:
    if short and not cited(*cites, short):
        yield UNCITED.at(short.text.place, "this short text has no citation", "add `cite`, or cite in the text")
