"""The agreement grid: all experts and questions in one table, each cell with the label of a stance or the reason of a gap.

Everything in it is also in the tables of positions, in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.render.page.picture_views import GridCell, GridRow, GridTable
from generator.render.page.views import CellView, QuestionView

_SIDE_BY_SIDE = 6
"""Most questions in a table; more are split over several tables."""
_KEPT = 14
"""Most experts in a table that is kept on one page."""


def grid_tables(
    questions: Sequence[QuestionView], cells: Sequence[Sequence[CellView]], names: Mapping[str, str]
) -> tuple[GridTable, ...]:
    """Return the grid in as few tables as possible. `cells` are those of all experts by question; `names` are by expert's id."""
    tables = -(-len(questions) // _SIDE_BY_SIDE)
    size = -(-len(questions) // tables)
    return tuple(
        _table(questions[first : first + size], cells[first : first + size], names)
        for first in range(0, len(questions), size)
    )


def _table(
    questions: Sequence[QuestionView], cells: Sequence[Sequence[CellView]], names: Mapping[str, str]
) -> GridTable:
    rows = zip(*cells, strict=True)
    return GridTable(
        tuple((question.number, question.ask) for question in questions),
        tuple(GridRow(names[row[0].head.id], tuple(map(_cell, row))) for row in rows),
        keep=len(names) <= _KEPT,
    )


def _cell(cell: CellView) -> GridCell:
    if cell.stance:
        return GridCell(cell.stance.label, cell.stance.steps, f"#{cell.id}", gap=False)
    return GridCell(cell.gap_short, (), f"#{cell.id}", gap=True)
