"""Counts the cells of the matrix: quotations, paraphrases, and gaps by reason.

Counts are of all cells that there should be (questions x columns), so a blank cell is visible.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.model import Brief, Gap, GapReason, Position, Question
from generator.model.days import iso

GRID_EXPERTS, GRID_QUESTIONS = 5, 4
"""Least numbers of experts and of questions for a grid; a smaller one shows no more than the strips above it."""
QUOTE, PARAPHRASE, BOTH, BLANK = "quote", "paraphrase", "quote and paraphrase", "blank"
KINDS = (QUOTE, BOTH, PARAPHRASE, *(reason.value for reason in GapReason), BLANK)
"""Everything that a cell can be, in the order in which it is listed."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The number of cells of one brief's matrix, by kind."""

    cells: int
    kinds: Mapping[str, int]
    """By kind, in the order of `KINDS`; kinds that do not occur are left out."""

    @property
    def quoted(self) -> int:
        """Return the number of cells with a quotation, whether or not there is a paraphrase as well."""
        return self.kinds.get(QUOTE, 0) + self.kinds.get(BOTH, 0)

    @property
    def paraphrased(self) -> int:
        """Return the number of cells with a paraphrase, whether or not there is a quotation as well."""
        return self.kinds.get(PARAPHRASE, 0) + self.kinds.get(BOTH, 0)

    @property
    def gaps(self) -> Mapping[GapReason, int]:
        """Return the number of cells without a position, by reason."""
        return MappingProxyType({reason: self.kinds[reason] for reason in GapReason if reason in self.kinds})


@dataclass(frozen=True, slots=True)
class CoveredCell:
    """One cell of the matrix, for tables."""

    brief: str
    question: str
    expert: str
    kind: str
    """One of `KINDS`."""
    stance: str
    date: str
    """ISO date, as exact as the statement's own date; otherwise empty."""


def kind_of(question: Question, expert: str) -> str:
    """Return the content of the cell of `expert`. A position with neither quotation nor paraphrase counts as blank."""
    cell = question.cells.get(expert)
    if isinstance(cell, Gap):
        return cell.reason.value
    if cell is None:
        return BLANK
    quoted, paraphrased = bool(cell.statement.quote), bool(cell.statement.says)
    return {(True, True): BOTH, (True, False): QUOTE, (False, True): PARAPHRASE}.get((quoted, paraphrased), BLANK)


def covered_cells(brief: Brief) -> Iterator[CoveredCell]:
    """Yield every cell of the matrix, question by question, in the order of the columns."""
    for question in brief.questions:
        for expert in dict.fromkeys(column.value for column in brief.experts):
            cell = question.cells.get(expert)
            stance = date = ""
            if isinstance(cell, Position):
                stance = "" if cell.stance is None else question.scale[cell.stance]
                date = iso(cell.statement.date) if cell.statement.date else ""
            yield CoveredCell(brief.slug, question.id, expert, kind_of(question, expert), stance, date)


def coverage(brief: Brief) -> Coverage:
    """Count the cells of one brief."""
    counts = Counter(cell.kind for cell in covered_cells(brief))
    ordered = {kind: counts[kind] for kind in KINDS if counts[kind]}
    return Coverage(sum(counts.values()), MappingProxyType(ordered))


def as_csv(briefs: Iterable[Brief]) -> str:
    """Return all cells of all briefs, one a row: `brief,question,expert,cell,stance,date`."""
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("brief", "question", "expert", "cell", "stance", "date"))
    for brief in briefs:
        for cell in covered_cells(brief):
            rows.writerow((cell.brief, cell.question, cell.expert, cell.kind, cell.stance, cell.date))
    return table.getvalue()


def by_kind(brief: Brief) -> tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...]:
    """Return each question with its kinds of cells, in the order of `KINDS`, and the experts with a cell of each kind."""
    experts: dict[str, dict[str, list[str]]] = {}
    for cell in covered_cells(brief):
        experts.setdefault(cell.question, {}).setdefault(cell.kind, []).append(cell.expert)
    return tuple(
        (question, MappingProxyType({kind: tuple(kinds[kind]) for kind in KINDS if kind in kinds}))
        for question, kinds in experts.items()
    )


def has_grid(brief: Brief) -> bool:
    """Whether a brief has a grid of experts and questions: it asks for one, and is large enough."""
    return brief.grid and len(brief.experts) >= GRID_EXPERTS and len(brief.questions) >= GRID_QUESTIONS
