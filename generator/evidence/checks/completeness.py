"""Whether anything is missing that a reader needs, in the full texts and in the short ones.

The reader of the fact file reports fields that are always required.

In page designs that are short forms, `short` is printed instead of a claim or of `says`. The rules for the full text apply to the
short one too: it is cited, and no expert gets fewer words than the others. A passage under `support` needs words with content.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from generator.evidence.checks.subject import Subject
from generator.evidence.gate.quotation import count_words
from generator.languages import all_languages
from generator.model import (
    Chart,
    CitationGroup,
    DataTable,
    Fact,
    Gap,
    GapReason,
    Option,
    Position,
    Prose,
    Question,
    Statement,
    Status,
)
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted

UNCITED = Code(
    "uncited",
    Severity.ERROR,
    rests_on=("cite", "figures.cite", "figures.amount", "claim", "note", "says", "option", "for", "against", "event"),
)

EMPTY_POSITION = Code("empty-position", Severity.ERROR, rests_on=("quote", "says"))
GAP_UNSEARCHED = Code("gap-unsearched", Severity.WARNING, rests_on=("gap", "searched", "until"), about="gap")
SCALE_MISSING = Code("scale-missing", Severity.ERROR, rests_on=("scale",), about="scale")
SCALE_REPEATED = Code("scale-repeated", Severity.ERROR, rests_on=("scale",), about="scale")
EDITION_UNEXPLAINED = Code("edition-unexplained", Severity.ERROR, rests_on=("edition", "updates"), about="edition")
DATE_MISSING = Code("date-missing", Severity.ERROR, rests_on=("status", "date"))


def cited(*records: object) -> bool:
    """Whether any of the records is a citation or contains one."""
    return any(group.citations for record in records for group in walk(record, CitationGroup))


def uncited(what: str, record: Fact | Statement | Option | DataTable) -> Problem:
    return UNCITED.at(record.place, f"{what} has no citation", "add `cite`")


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
    """Yield `gap-unsearched`."""
    for question in subject.brief.questions:
        for expert, gap in question.cells.items():
            if isinstance(gap, Gap) and gap.reason is GapReason.NO_POSITION_FOUND:
                missing = [name for name, value in (("searched", gap.searched), ("until", gap.until)) if not value]
                if missing:
                    hint = "add " + " and ".join(f"`{name}`" for name in missing)
                    yield GAP_UNSEARCHED.at(gap.place, f"the search for {expert}'s position is not described", hint)


def check_scales(subject: Subject) -> Iterator[Problem]:
    """Yield `scale-missing` and `scale-repeated`."""
    for question in subject.brief.questions:
        if len(question.scale) < 2:
            message = f"“{question.id}” has no scale of at least two labels"
            hint = "write at least two labels, with commas between them: `scale: [..., ...]`"
            yield SCALE_MISSING.at(question.place, message, hint)
        for label, number in Counter(question.scale).items():
            if number > 1:
                message = f"the scale of “{question.id}” has the label “{label[:60]}” {counted(number, 'time')}"
                yield SCALE_REPEATED.at(question.place, message, "give each label other words, or remove one")


def check_edition(subject: Subject) -> Iterator[Problem]:
    """Yield `edition-unexplained` and `date-missing`."""
    brief = subject.brief
    if brief.edition > 1 and not brief.updates:
        message = f"edition {brief.edition} does not say what it updates"
        yield EDITION_UNEXPLAINED.at(brief.place, message, "describe the changes and their reason in `updates`")
    if brief.status is Status.PUBLISHED and brief.date is None:
        yield DATE_MISSING.at(brief.place, "a published brief needs a date", "add `date: YYYY-MM-DD`")


SHORT_UNEVEN = Code("short-uneven", Severity.WARNING, rests_on=("short", "says"))
SHORT_ALONE = Code("short-alone", Severity.ERROR, rests_on=("says", "summary"))


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


SUPPORT_EMPTY = Code("support-empty", Severity.ERROR)
SHORTEST = 3
"""Words of a passage."""
CONTENT = 2
"""Words in it that are not function words."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def check_support(subject: Subject) -> Iterator[Problem]:
    """Yield `support-empty` at each passage under `support`."""
    for statement in walk(subject.brief, Statement):
        if statement.support and not has_content(statement.support.value):
            message = f"“{statement.support.value.strip()[:60]}” is too little to support anything"
            hint = "give at least three words, two of them with a meaning of their own"
            yield SUPPORT_EMPTY.at(statement.support.place, message, hint)


def has_content(passage: str) -> bool:
    """Whether a passage has enough words, and enough of them are not function words."""
    content = [word for word in _WORD.findall(passage.casefold()) if word not in _function_words() and len(word) > 1]
    unspaced = len(_UNSPACED.findall(passage)) >= 2 * CONTENT
    return count_words(passage) >= SHORTEST and (unspaced or len(content) >= CONTENT)


@functools.cache
def _function_words() -> frozenset[str]:
    """Return the function words of all languages that have a list. In other languages every word counts as content."""
    return frozenset(word for one in all_languages() for word in one.function_words or ())
