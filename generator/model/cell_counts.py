"""What the matrix holds: how many cells have a quotation, a paraphrase, or a gap and of which kind.

Counts are of the cells there should be (questions x columns), so that a blank one shows. This module draws nothing.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.model import Brief, Gap, GapReason, Position, Question
from generator.model.days import iso

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

GRID_EXPERTS, GRID_QUESTIONS = 5, 4
"""A grid of fewer says nothing that the strips above it do not."""
QUOTE, PARAPHRASE, BOTH, BLANK = "quote", "paraphrase", "quote and paraphrase", "blank"
KINDS = (QUOTE, BOTH, PARAPHRASE, *(reason.value for reason in GapReason), BLANK)
"""Everything that a cell can be, in the order in which it is listed."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many cells of one brief's matrix are of which kind."""

    cells: int
    kinds: Mapping[str, int]
    """By kind, in the order of `KINDS`; kinds that do not occur are left out."""

    @property
    def quoted(self) -> int:
        """Cells with a quotation, whether or not there is a paraphrase as well."""
        return self.kinds.get(QUOTE, 0) + self.kinds.get(BOTH, 0)

    @property
    def paraphrased(self) -> int:
        """Cells with a paraphrase, whether or not there is a quotation as well."""
        return self.kinds.get(PARAPHRASE, 0) + self.kinds.get(BOTH, 0)

    @property
    def gaps(self) -> Mapping[GapReason, int]:
        """Cells without a position, by reason."""
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
    """ISO, as far as the statement is dated itself; otherwise empty."""


def kind_of(question: Question, expert: str) -> str:
    """What the cell of `expert` holds. A position with neither quotation nor paraphrase is as good as blank."""
    cell = question.cells.get(expert)
    if isinstance(cell, Gap):
        return cell.reason.value
    if cell is None:
        return BLANK
    quoted, said = bool(cell.statement.quote), bool(cell.statement.says)
    return {(True, True): BOTH, (True, False): QUOTE, (False, True): PARAPHRASE}.get((quoted, said), BLANK)


def covered_cells(brief: Brief) -> Iterator[CoveredCell]:
    """Every cell of the matrix, question by question, in the order of the columns."""
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
    """All cells of all briefs, one a row: `brief,question,expert,cell,stance,date`."""
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("brief", "question", "expert", "cell", "stance", "date"))
    for brief in briefs:
        for cell in covered_cells(brief):
            rows.writerow((cell.brief, cell.question, cell.expert, cell.kind, cell.stance, cell.date))
    return table.getvalue()


def by_kind(brief: Brief) -> tuple[tuple[str, Mapping[str, tuple[str, ...]]], ...]:
    """Each question with its kinds of cells, in the order of `KINDS`, and the experts whose cell is of each."""
    experts: dict[str, dict[str, list[str]]] = {}
    for cell in covered_cells(brief):
        experts.setdefault(cell.question, {}).setdefault(cell.kind, []).append(cell.expert)
    return tuple(
        (question, MappingProxyType({kind: tuple(kinds[kind]) for kind in KINDS if kind in kinds}))
        for question, kinds in experts.items()
    )


def has_grid(brief: Brief) -> bool:
    """Whether a brief asks for the grid of experts and questions, and is large enough for it."""
    return brief.grid and len(brief.experts) >= GRID_EXPERTS and len(brief.questions) >= GRID_QUESTIONS
