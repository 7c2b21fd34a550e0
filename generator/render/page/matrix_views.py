"""The matrix, the position strips and the agreement grid, ready to print. The rules of `views.py` hold here."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Prose
from generator.render.page.views import Earlier, Head, Link, Stance, Words


@dataclass(frozen=True, slots=True)
class CellView:
    """One expert on one question: either `gap` says why there is nothing, or `words` is set."""

    id: str
    head: Head
    stance: Stance | None
    words: Words | None
    rests_on: tuple[Link, ...]
    earlier: tuple[Earlier, ...]
    gap: str
    """The full reason, printed in the matrix."""
    gap_short: str
    """The reason in two or three words, printed on the strip."""
    gap_note: str = ""
    """The editors' note on the reason; part of `gap`."""


@dataclass(frozen=True, slots=True)
class MatrixTable:
    """Columns that fit in one table; `part` names them if a question needs several tables."""

    cells: tuple[CellView, ...]
    part: str
    keep: bool
    """Whether it is short enough to stay on one page."""
    width: int
    """Width in percent of the full width. All columns of a question have the same width, in all its tables."""


@dataclass(frozen=True, slots=True)
class SilentExpert:
    """An expert without a position and without a column; `id` is that of the cell."""

    id: str
    name: str
    words: str
    """The name, with the editors' note in brackets, and with the affiliation if the brief has it nowhere else."""


@dataclass(frozen=True, slots=True)
class SilentGroup:
    """Experts without a position for the same reason."""

    reason: str
    experts: tuple[SilentExpert, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    id: str
    number: int
    ask: str
    scale: tuple[Stance, ...]
    ordinal: bool
    note: Prose | None
    tables: tuple[MatrixTable, ...]
    """Tables of the experts with a position; with `gaps: columns` of all."""
    silent: tuple[SilentGroup, ...]
    """Experts without a column, named under the table."""


@dataclass(frozen=True, slots=True)
class StripStep:
    """One label of a scale, and the experts whose stance it is, as links to their cells."""

    label: str
    experts: tuple[Link, ...]
    share: str
    """Its number of experts in percent of the largest step, for a bar."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Overview of one question: its scale as an axis, the experts on it, and the experts without a position in a line."""

    id: str
    number: int
    ask: str
    ordinal: bool
    steps: tuple[StripStep, ...]
    silent: tuple[str, ...]
    """Each reason with the names of those without a position."""
    counted: bool
    """Whether there are too many experts for dots, so that numbers are printed."""
    keep: bool


@dataclass(frozen=True, slots=True)
class ColumnPerson:
    """An expert with a column in some table, for choosing what the tables show."""

    id: str
    name: str
    place: int
    """Among all of them by name, from 1."""


@dataclass(frozen=True, slots=True)
class Matrix:
    questions: tuple[QuestionView, ...]
    people: tuple[ColumnPerson, ...]
    """Those who have a column, in the order of the columns."""
    strips: tuple[Strip, ...]
    grid: tuple[GridTable, ...]
    """All stances in one or several tables; empty unless the brief has `grid: true`."""
    coverage: str
    reading: str
    """How the columns are ordered and who coded the stances, in one or two sentences."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One expert on one question: the label of the stance, or the reason of the gap."""

    words: str
    steps: tuple[bool, ...]
    """True at the place of the label on a scale with ranks."""
    href: str
    gap: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    name: str
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class GridTable:
    """Questions that fit in one table, by number and words, with a row for each expert."""

    questions: tuple[tuple[int, str], ...]
    rows: tuple[GridRow, ...]
    keep: bool
    """Whether it has few enough rows to stay on one page."""
