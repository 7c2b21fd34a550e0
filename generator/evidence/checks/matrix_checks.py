"""Whether the matrix is complete and explained, its columns have similar room, and are enough for a grid.

The rule for room: for each expert, the average number of words in a cell with a position (quotation and paraphrase; gaps, earlier
positions and supporting passages do not count). A column is lopsided if it has more than twice, or less than half, the median
of the other columns, and the difference is at least 25 words; a smaller difference is not visible on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from statistics import mean, median

from generator.evidence.checks.reference_checks import ids_meant
from generator.evidence.checks.subject import Subject
from generator.model import Brief, Expert, Position
from generator.model.cell_counts import has_grid
from generator.model.walk import cells
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted, nearest

BLANK_CELL = Code("blank-cell", Severity.ERROR, rests_on=("experts", "positions.*", "/experts.*"))
CELL_WITHOUT_COLUMN = Code("cell-without-column", Severity.ERROR, rests_on=("experts", "/experts.*"))
SELECTION_MISSING = Code("selection-missing", Severity.WARNING, rests_on=("experts", "selection"))
ORDER_UNSTATED = Code("order-unstated", Severity.WARNING, rests_on=("order", "order_reason"))
LOPSIDED = Code(
    "lopsided",
    Severity.WARNING,
    rests_on=("experts", "questions.positions.*.says", "questions.positions.*.quote", "/experts.*"),
)

LIMIT = 2.0
LEAST_DIFFERENCE = 25.0


def room(position: Position) -> int:
    """Return the number of words that a cell prints of its expert."""
    statement = position.statement
    quoted = len(statement.quote.value.split()) if statement.quote else 0
    return quoted + (len(statement.says.plain.split()) if statement.says else 0)


def rooms(brief: Brief) -> dict[str, float]:
    """Return the average number of words in the cells of each column that has a position."""
    words: dict[str, list[int]] = {}
    for _, expert, position in cells(brief):
        words.setdefault(expert, []).append(room(position))
    return {expert: mean(counts) for expert, counts in words.items()}


def check_balance(subject: Subject) -> Iterator[Problem]:
    """Yield `lopsided`, at the column's entry in `experts`."""
    by_expert = rooms(subject.brief)
    for column in subject.brief.experts:
        others = [words for expert, words in by_expert.items() if expert != column.value]
        own = by_expert.get(column.value)
        if own is not None and others and is_lopsided(own, median(others)):
            message = f"“{column}” has {counted(round(own), 'word')} a cell, the other columns {median(others):.0f}"
            yield LOPSIDED.at(column.place, message, "make the cells more similar in length; gaps do not count")


def is_lopsided(own: float, others: float) -> bool:
    return abs(own - others) >= LEAST_DIFFERENCE and not others / LIMIT <= own <= others * LIMIT


GRID_SMALL = Code("grid-small", Severity.WARNING, rests_on=("experts", "questions"), about="grid")


def check_grid(subject: Subject) -> Iterator[Problem]:
    """Yield `grid-small`."""
    brief = subject.brief
    experts, questions = len(brief.experts), len(brief.questions)
    if brief.grid and not has_grid(brief):
        size = f"{counted(experts, 'expert')} and {counted(questions, 'question')}"
        yield GRID_SMALL.at(brief.place, f"`grid` has no effect: the brief has {size}", "remove `grid`")


def check_cells(subject: Subject) -> Iterator[Problem]:
    """Yield `blank-cell` at the question, and `cell-without-column` at the cell.

    An id that does not exist is reported by `unknown-expert`. That is enough for one misspelling: neither this id nor the one that
    was probably meant is reported again. If as many ids are unknown as are missing, they are taken for each other.
    """
    experts = subject.library.experts
    columns = tuple(dict.fromkeys(one for column in subject.brief.experts for one in _meant(column.value, experts)))
    unknown_columns = [column for column in columns if column not in experts]
    for question in subject.brief.questions:
        named = {one: cell for expert, cell in question.cells.items() for one in _meant(expert, experts)}
        unknown_cells = [expert for expert in named if expert not in experts]
        blank = [expert for expert in columns if expert in experts and expert not in named]
        for expert in blank if len(blank) != len(unknown_cells) else ():
            if not nearest(expert, unknown_cells):
                hint = "give the position, or `gap:` with the reason why there is none"
                yield BLANK_CELL.at(question.place, f"“{question.id}” has no cell for {expert}", hint)
        for expert, cell in named.items():
            if expert in experts and expert not in columns and not nearest(expert, unknown_columns):
                hint = "add the id to `experts`, or move the statement to `voices`"
                yield CELL_WITHOUT_COLUMN.at(cell.place, f"“{expert}” has a cell here but no column", hint)


def _meant(written: str, experts: Mapping[str, Expert]) -> tuple[str, ...]:
    return (written,) if written in experts else ids_meant(written, experts) or (written,)


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
    if brief.order == "as-given" and not brief.order_reason:
        place = brief.experts[0].place
        yield ORDER_UNSTATED.at(place, "the order of the columns has no reason", "add `order_reason`")
