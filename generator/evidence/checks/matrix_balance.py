"""Whether the columns of the matrix have similar room, and are enough for an agreement grid.

The rule: for each expert, the average number of words in a cell with a position (quotation and paraphrase; gaps, earlier
positions and supporting passages do not count). A column is lopsided if it has more than twice, or less than half, the median
of the other columns, and the difference is at least 25 words; a smaller difference is not visible on the page.
"""

from __future__ import annotations

from statistics import mean, median
from typing import TYPE_CHECKING

from generator.model.cell_counts import has_grid
from generator.model.walk import cells
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks import Subject
    from generator.model import Brief, Position


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


GRID_SMALL = Code("grid-small", Severity.WARNING, rests_on=("experts", "questions"))


def check_grid(subject: Subject) -> Iterator[Problem]:
    """`grid-small`."""
    brief = subject.brief
    experts, questions = len(brief.experts), len(brief.questions)
    if brief.grid and not has_grid(brief):
        size = f"{counted(experts, 'expert')} and {counted(questions, 'question')}"
        yield GRID_SMALL.at(brief.place, f"`grid` has no effect: the brief has {size}", "remove `grid`")
