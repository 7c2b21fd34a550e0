"""Whether the columns have similar room.

The rule: of each expert's positions (quotation and paraphrase; gaps, earlier positions and supporting passages do not
count), the words of a cell on average. A column is lopsided when it has more than twice, or less than half, the median of
the other columns, and the difference is at least 25 words; fewer are not seen on the page.
"""

from __future__ import annotations

from statistics import mean, median
from typing import TYPE_CHECKING

from generator.counts import counted
from generator.model.walk import cells
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject
    from generator.model import Brief, Position

LOPSIDED = Code(
    "lopsided",
    Severity.WARNING,
    "a column has much more or much less room than the others",
    "Room is weight: an expert who fills twice the lines seems to have twice the arguments. On average over the cells that"
    " hold a position, this column has more than twice or less than half the words of the others (their median), and at"
    " least 25 words more or fewer. Cut the long ones, give the short ones what their sources offer, or silence it with"
    " the reason, such as that somebody has said no more.",
    wrong=(
        "experts: [ann, ben]\n"
        "questions:\n"
        "  - id: work\n"
        "    ask: Do controls work?\n"
        "    scale: [They do little, Mixed, They work]\n"
        "    positions:\n"
        "      ann:\n"
        "        stance: Mixed\n"
        "        says: >\n"
        "          Controls slow China down where factories are needed that nobody else can build, but they also teach its firms to do\n"
        "          more with fewer chips, which is a lesson that will stay with them when the controls have long gone.\n"
        '        cite: "@talk"\n'
        '      ben: {stance: They work, says: They work with delay., cite: "@talk"}'
    ),
    right=(
        "experts: [ann, ben]\n"
        "questions:\n"
        "  - id: work\n"
        "    ask: Do controls work?\n"
        "    scale: [They do little, Mixed, They work]\n"
        "    positions:\n"
        '      ann: {stance: Mixed, says: They slow China down and teach its firms thrift., cite: "@talk"}\n'
        '      ben: {stance: They work, says: They work with delay., cite: "@talk"}'
    ),
    rests_on=("experts", "questions.positions.*.says", "questions.positions.*.quote", "/experts.*"),
)

CODES = (LOPSIDED,)

LIMIT = 2.0
LEAST_DIFFERENCE = 25.0


def room(position: Position) -> int:
    """The words that a cell prints of its expert."""
    statement = position.statement
    quoted = len(statement.quote.value.split()) if statement.quote else 0
    return quoted + (len(statement.says.plain.split()) if statement.says else 0)


def rooms(brief: Brief) -> dict[str, float]:
    """The average number of words in the cells of each column that has a position."""
    words: dict[str, list[int]] = {}
    for _, expert, position in cells(brief):
        words.setdefault(expert, []).append(room(position))
    return {expert: mean(counts) for expert, counts in words.items()}


def check_balance(subject: Subject) -> Iterator[Problem]:
    """`lopsided`, at the column's entry in `experts`."""
    by_expert = rooms(subject.brief)
    for column in subject.brief.experts:
        others = [words for expert, words in by_expert.items() if expert != column.value]
        own = by_expert.get(column.value)
        if own is not None and others and is_lopsided(own, median(others)):
            message = f"“{column}” has {counted(round(own), 'word')} a cell, the other columns {median(others):.0f}"
            yield LOPSIDED.at(column.place, message, "even out the cells; gaps are not counted")


def is_lopsided(own: float, others: float) -> bool:
    return abs(own - others) >= LEAST_DIFFERENCE and not others / LIMIT <= own <= others * LIMIT
