"""Whether anything is missing that a reader needs, in the full texts and in the short ones.

The reader of the fact file reports fields that are always required.

In page designs that are short forms, `short` is printed instead of a claim or of `says`. The rules for the full text apply to the
short one too: it is cited, and no expert gets fewer words than the others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model import (
    Chart,
    CitationGroup,
    DataTable,
    Fact,
    Gap,
    GapReason,
    Option,
    Position,
    Question,
    Statement,
    Status,
)
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject
    from generator.model import Prose


BLANK_CELL = Code("blank-cell", Severity.ERROR, rests_on=("experts", "positions.*", "/experts.*"))
CELL_WITHOUT_COLUMN = Code("cell-without-column", Severity.ERROR, rests_on=("experts", "/experts.*"))

UNCITED = Code(
    "uncited",
    Severity.ERROR,
    rests_on=("cite", "figures.cite", "figures.amount", "claim", "note", "says", "option", "for", "against", "event"),
)

EMPTY_POSITION = Code("empty-position", Severity.ERROR, rests_on=("quote", "says"))
GAP_UNSEARCHED = Code("gap-unsearched", Severity.WARNING, rests_on=("searched", "until"))
SCALE_MISSING = Code("scale-missing", Severity.ERROR, rests_on=("scale",))
SCALE_REPEATED = Code("scale-repeated", Severity.ERROR, rests_on=("scale",))
EDITION_UNEXPLAINED = Code("edition-unexplained", Severity.ERROR, rests_on=("edition", "updates"))
DATE_MISSING = Code("date-missing", Severity.ERROR, rests_on=("status", "date"))
SELECTION_MISSING = Code("selection-missing", Severity.WARNING, rests_on=("experts", "selection"))
ORDER_UNSTATED = Code("order-unstated", Severity.WARNING, rests_on=("order", "order_reason"))

CODES = (
    BLANK_CELL,
    CELL_WITHOUT_COLUMN,
    UNCITED,
    EMPTY_POSITION,
    GAP_UNSEARCHED,
    SCALE_MISSING,
    SCALE_REPEATED,
    EDITION_UNEXPLAINED,
    DATE_MISSING,
    SELECTION_MISSING,
    ORDER_UNSTATED,
)


def check_cells(subject: Subject) -> Iterator[Problem]:
    """Yield `blank-cell` at the question, and `cell-without-column` at the cell.

    An id that does not exist is reported by `unknown-expert`. That is enough for one misspelling: neither this id nor the one that
    was probably meant is reported again. If as many ids are unknown as are missing, they are taken for each other.
    """
    experts = subject.library.experts
    columns = tuple(dict.fromkeys(column.value for column in subject.brief.experts))
    unknown_columns = [column for column in columns if column not in experts]
    for question in subject.brief.questions:
        unknown_cells = [expert for expert in question.cells if expert not in experts]
        blank = [expert for expert in columns if expert in experts and expert not in question.cells]
        for expert in blank if len(blank) != len(unknown_cells) else ():
            if not nearest(expert, unknown_cells):
                hint = "give the position, or `gap:` with the reason why there is none"
                yield BLANK_CELL.at(question.place, f"“{question.id}” has no cell for {expert}", hint)
        for expert, cell in question.cells.items():
            if expert in experts and expert not in columns and not nearest(expert, unknown_columns):
                hint = "add the id to `experts`, or move the statement to `voices`"
                yield CELL_WITHOUT_COLUMN.at(cell.place, f"“{expert}” has a cell here but no column", hint)


def cited(*records: object) -> bool:
    """Whether any of the records is a citation or contains one."""
    return any(group.citations for record in records for group in walk(record, CitationGroup))


def uncited(what: str, record: Fact | Statement | Option | DataTable, hint: str = "add `cite`") -> Problem:
    return UNCITED.at(record.place, f"{what} has no citation", hint)


def uncited_facts(fact: Fact) -> Iterator[Problem]:
    """Yield `uncited` at the fact, or else at each of its figures without a citation."""
    if not cited(replace(fact, short=None)):
        yield uncited(f"the fact “{fact.id}”", fact)
    elif not cited(fact.cite):
        for figure in fact.figures:
            if not cited(figure.cite):
                amount = figure.amount.written or "a figure"
                yield UNCITED.at(figure.place, f"the figure “{amount}” has no citation", "add `cite` to the figure")


def is_uncited(statement: Statement) -> bool:
    """Whether it has no citation: a quotation needs `cite`, which the gate uses; a paraphrase may carry citations in its prose."""
    if statement.quote:
        return not cited(statement.cite)
    return bool(statement.says) and not cited(statement.cite, statement.says)


def check_citations(subject: Subject) -> Iterator[Problem]:
    """Yield `uncited`. An empty statement is left to `empty-position`."""
    brief = subject.brief
    for fact in brief.facts:
        yield from uncited_facts(fact)
    for statement in walk(brief, Statement):
        if is_uncited(statement):
            yield uncited(f"the statement of “{statement.who}”", statement)
    for table in (*brief.tables, *brief.charts):
        if not cited(table.cite):
            yield uncited(f"the {'chart' if isinstance(table, Chart) else 'table'} “{table.id}”", table)
    for option in brief.options:
        if not cited(option):
            yield uncited(f"the option “{option.id}”", option)
    for event in brief.timeline:
        if not cited(event):
            yield UNCITED.at(event.place, "this entry of the timeline has no citation", "add `cite`")


def check_statements(subject: Subject) -> Iterator[Problem]:
    """Yield `empty-position`, for positions, earlier positions and voices."""
    for statement in walk(subject.brief, Statement):
        if not statement.quote and not statement.says:
            hint = "add `quote` or `says`, or give the reason with `gap`"
            yield EMPTY_POSITION.at(statement.place, f"“{statement.who}” is neither quoted nor paraphrased", hint)


def check_gaps(subject: Subject) -> Iterator[Problem]:
    """`gap-unsearched`."""
    for question in subject.brief.questions:
        for expert, gap in question.cells.items():
            if isinstance(gap, Gap) and gap.reason is GapReason.NO_POSITION_FOUND:
                missing = [name for name, value in (("searched", gap.searched), ("until", gap.until)) if not value]
                if missing:
                    hint = "add " + " and ".join(f"`{name}`" for name in missing)
                    yield GAP_UNSEARCHED.at(gap.place, f"the search for {expert}'s position is not described", hint)


def unscaled(question: Question) -> Iterator[Problem]:
    if len(question.scale) < 2:
        yield SCALE_MISSING.at(
            question.place, f"“{question.id}” has no scale of at least two labels", "add `scale: [..., ...]`"
        )
    for label, number in Counter(question.scale).items():
        if number > 1:
            message = f"the scale of “{question.id}” has the label “{label[:60]}” {number} times"
            yield SCALE_REPEATED.at(question.place, message, "give each label other words, or remove one")


def check_scales(subject: Subject) -> Iterator[Problem]:
    """Yield `scale-missing` and `scale-repeated`."""
    for question in subject.brief.questions:
        yield from unscaled(question)


def check_edition(subject: Subject) -> Iterator[Problem]:
    """Yield `edition-unexplained` and `date-missing`."""
    brief = subject.brief
    if brief.edition > 1 and not brief.updates:
        message = f"edition {brief.edition} does not say what it updates"
        yield EDITION_UNEXPLAINED.at(brief.place, message, "describe the changes and their reason in `updates`")
    if brief.status is Status.PUBLISHED and brief.date is None:
        yield DATE_MISSING.at(brief.place, "a published brief needs a date", "add `date: YYYY-MM-DD`")


def check_matrix(subject: Subject) -> Iterator[Problem]:
    """Yield `selection-missing` and `order-unstated`, if there is a matrix."""
    brief = subject.brief
    if not brief.experts or not brief.questions:
        return
    if not brief.selection:
        place = brief.experts[0].place
        yield SELECTION_MISSING.at(
            place, "the brief does not say how the experts were chosen", "describe it in `selection`"
        )
    if brief.order == "as-given" and not brief.order_reason.strip():
        place = brief.experts[0].place
        yield ORDER_UNSTATED.at(place, "the order of the columns has no reason", "add `order_reason`")


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
