"""Matrix of the experts' positions: cells, tables that fit, overview, strips, agreement grid.

Every expert has the same fields in the same order. A cell without a position has its reason.

A strip is an overview. Everything in it is also in the tables of positions, in the same order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from generator.model import Brief, Cell, Date, Gap, GapReason, Library, Position, Question
from generator.model.cell_counts import BOTH, PARAPHRASE, QUOTE, coverage, has_grid
from generator.render.labels import Labels, without_stop
from generator.render.page.facts import fact_links
from generator.render.page.matrix_views import (
    CellView,
    ColumnPerson,
    GridCell,
    GridRow,
    GridTable,
    Matrix,
    MatrixTable,
    QuestionView,
    SilentExpert,
    SilentGroup,
    Strip,
    StripStep,
)
from generator.render.page.people import by_name, columns, head, is_alphabetical
from generator.render.page.statement import room, said_on, words
from generator.render.page.views import Earlier, Head, Link, Stance, Words
from generator.render.preset import Preset
from generator.syntax.dates import format_date

_T = TypeVar("_T")
_LINE = {1: 110, 2: 55, 3: 38, 4: 29, 5: 23}
"""Characters in a line of a cell, by the number of columns."""
_KEPT_LINES = 26
"""A table whose longest cell has at most this number of lines stays on one page."""
_KIND_LABELS = {QUOTE: "kind_quote", BOTH: "kind_both", PARAPHRASE: "kind_paraphrase"}


def matrix(brief: Brief, library: Library, preset: Preset, labels: Labels) -> Matrix:
    experts = columns(brief, library)
    making = _CellMaker(brief, library, labels, preset)
    names = short_names([head(expert, brief.date, library, labels) for expert in experts])
    cells = [making.cells(question, experts) for question in brief.questions]
    shown = list(zip(brief.questions, cells, strict=True))
    questions = tuple(making.question(one, number, its) for number, (one, its) in enumerate(shown, 1))
    return Matrix(
        questions=questions,
        people=_people(questions, brief, library),
        strips=tuple(strip(view, of_view, names, labels) for view, of_view in zip(questions, cells, strict=True)),
        grid=grid_tables(questions, cells, names) if has_grid(brief) else (),
        coverage=_coverage(brief, labels),
        reading=labels.text((order(brief, library, labels), labels("coding"))),
    )


def _people(questions: Sequence[QuestionView], brief: Brief, library: Library) -> tuple[ColumnPerson, ...]:
    cells = (cell for question in questions for table in question.tables for cell in table.cells)
    names = {cell.head.id: cell.head.name for cell in cells}
    places = {who: place for place, who in enumerate(by_name(names, library, brief.language), 1)}
    given = (who for who in columns(brief, library) if who in names)
    return tuple(ColumnPerson(who, names[who], places[who]) for who in given)


def split(items: Sequence[_T], most: int) -> list[list[_T]]:
    """Divide the items into as few groups as possible, with at most `most` in each and similar sizes: nine by eight are five and four."""
    groups = -(-len(items) // most)
    size, larger = divmod(len(items), groups) if groups else (0, 0)
    ends = [size * number + min(number, larger) for number in range(groups + 1)]
    return [list(items[start:end]) for start, end in pairwise(ends)]


def order(brief: Brief, library: Library, labels: Labels) -> str:
    """Return how the columns are ordered, in one sentence."""
    if is_alphabetical(brief, library):
        return labels("order_alphabetical")
    reason = without_stop(brief.order_reason.value) if brief.order_reason else ""
    return labels("order_given", reason=reason) if reason else labels("order_given_bare")


def scale(question: Question) -> tuple[Stance, ...]:
    return tuple(stance for number in range(len(question.scale)) if (stance := _stance(question, number)))


def _stance(question: Question, number: int | None) -> Stance | None:
    if number is None or not 0 <= number < len(question.scale):
        return None
    steps = tuple(number == place for place in range(len(question.scale))) if question.ordinal else ()
    return Stance(question.scale[number], steps, number + 1 if steps else 0)


def _coverage(brief: Brief, labels: Labels) -> str:
    """Count the cells: positions by quotation and paraphrase, gaps by their reason."""
    counts = coverage(brief)
    positions = {kind: counts.kinds[kind] for kind in (QUOTE, BOTH, PARAPHRASE) if kind in counts.kinds}
    gaps = {reason: number for reason, number in counts.gaps.items() if number}
    sentences = []
    if positions:
        kinds = labels.list_comma.join(
            f"{labels(_KIND_LABELS[kind])}{labels.aside(number)}" for kind, number in positions.items()
        )
        sentences.append(labels.count("coverage", sum(positions.values()), cells=counts.cells, kinds=kinds))
    if gaps:
        names = ((labels("gap_" + reason.value.replace("-", "_")), number) for reason, number in gaps.items())
        kinds = labels.list_comma.join(f"{name[0].lower()}{name[1:]}{labels.aside(number)}" for name, number in names)
        sentences.append(labels.count("coverage_gaps", sum(gaps.values()), kinds=kinds))
    return labels.text(sentences)


class _CellMaker:
    """Makes the views of one brief's cells."""

    def __init__(self, brief: Brief, library: Library, labels: Labels, preset: Preset) -> None:
        self.brief = brief
        self.library = library
        self.labels = labels
        self.preset = preset
        self.facts = {fact.id: number for number, fact in enumerate(brief.facts, 1)}
        self.speaking = {who for question in brief.questions for who, cell in question.cells.items() if _holds(cell)}

    def cells(self, question: Question, experts: Sequence[str]) -> tuple[CellView, ...]:
        return tuple(self._cell(question, expert) for expert in experts)

    def columns(self, cells: Sequence[CellView]) -> list[CellView]:
        """Return the columns: only experts with a position, unless the brief has `gaps: columns`."""
        return [cell for cell in cells if cell.words or self.brief.gaps == "columns"]

    def question(self, question: Question, number: int, cells: Sequence[CellView]) -> QuestionView:
        groups = split(self.columns(cells), self.preset.columns)
        most = max(map(len, groups), default=0)
        return QuestionView(
            id=question.id,
            number=number,
            ask=question.ask.value.strip(),
            scale=scale(question),
            ordinal=question.ordinal,
            note=question.note,
            tables=tuple(self._table(group, most, len(groups) > 1) for group in groups),
            silent=self._silent([cell for cell in cells if not cell.words]) if self.brief.gaps == "line" else (),
        )

    def _table(self, cells: Sequence[CellView], most: int, is_part: bool) -> MatrixTable:
        part = self.labels("part", first=cells[0].head.short, last=cells[-1].head.short) if is_part else ""
        return MatrixTable(tuple(cells), part, _is_short(cells), 100 * len(cells) // most)

    def _silent(self, cells: Sequence[CellView]) -> tuple[SilentGroup, ...]:
        """Group by reason, in order of first occurrence."""
        reasons: dict[str, list[SilentExpert]] = {}
        for cell in cells:
            reason = without_stop(cell.gap.removesuffix(cell.gap_note))
            reasons.setdefault(reason, []).append(SilentExpert(cell.id, cell.head.name, self._named(cell)))
        return tuple(SilentGroup(reason, tuple(experts)) for reason, experts in reasons.items())

    def _named(self, cell: CellView) -> str:
        person = cell.head
        more = (person.affiliation, person.institution) if person.id not in self.speaking else ()
        name = self.labels.comma.join(filter(None, (person.name, *more)))
        note = without_stop(cell.gap_note)
        return f"{name}{self.labels.aside(note)}" if note else name

    def _cell(self, question: Question, expert: str) -> CellView:
        """Return a cell: the position, or the reason why there is none."""
        cell = question.cells.get(expert)
        if isinstance(cell, Position):
            return self._position(question, expert, cell)
        gap = cell if isinstance(cell, Gap) else None
        return CellView(
            id=f"{question.id}-{expert}",
            head=head(expert, self.brief.date, self.library, self.labels),
            stance=None,
            words=None,
            rests_on=(),
            earlier=(),
            gap=_gap(cell, self.labels),
            gap_short=self.labels(_gap_name(gap)),
            gap_note=gap.note.strip() if gap else "",
        )

    def _position(self, question: Question, expert: str, position: Position) -> CellView:
        return CellView(
            id=f"{question.id}-{expert}",
            head=head(expert, said_on(position.statement, self.library), self.library, self.labels),
            stance=_stance(question, position.stance),
            words=self._words(position, expert),
            rests_on=fact_links([text.value for text in position.rests_on], self.facts),
            earlier=tuple(self._earlier(question, expert, one) for one in position.earlier),
            gap="",
            gap_short="",
        )

    def _words(self, position: Position, expert: str) -> Words:
        person = self.library.experts.get(expert)
        return words(position.statement, person.name if person else expert, self.library, self.labels)

    def _earlier(self, question: Question, expert: str, position: Position) -> Earlier:
        date: Date | None = said_on(position.statement, self.library)
        heading = (
            self.labels("earlier", date=format_date(date, self.labels.language))
            if date
            else self.labels("earlier_undated")
        )
        return Earlier(heading, _stance(question, position.stance), self._words(position, expert))


def _is_short(cells: Sequence[CellView]) -> bool:
    width = _LINE.get(len(cells), 20)
    return max(map(_room, cells)) <= _KEPT_LINES * width


def _holds(cell: Cell) -> bool:
    return isinstance(cell, Position)


def _room(cell: CellView) -> int:
    """Return about how many characters a cell and its header print; 60 are for lines that a statement does not fill."""
    rooms = [cell.words, *(earlier.words for earlier in cell.earlier)]
    return sum(room(one) + 60 for one in rooms if one) + room(cell.gap) + room(cell.head.affiliation + cell.head.now)


def _gap_name(gap: Gap | None) -> str:
    return f"gap_{gap.reason.value.replace('-', '_')}" if gap else "gap_missing"


def _gap(cell: Cell | None, labels: Labels) -> str:
    """Return the reason in a sentence, with the place and date of the search, and the editors' note."""
    if not isinstance(cell, Gap):
        return labels.sentence(labels("gap_missing"))
    name = _gap_name(cell)
    if cell.reason is GapReason.NO_POSITION_FOUND:
        name += ("_in" if cell.searched else "") + ("_until" if cell.until else "")
    until = format_date(cell.until, labels.language) if cell.until else ""
    sentence = labels(name, searched=without_stop(cell.searched.value) if cell.searched else "", until=until)
    note = cell.note.strip()
    return f"{sentence}{labels.stop}{note}" if note else labels.sentence(sentence)


COUNTED_FROM = 12
"""With this number of experts or more, strips have numbers instead of dots."""
_KEPT = 60
"""Most names and labels on a strip that is kept on one page."""


def strip(question: QuestionView, cells: Sequence[CellView], names: Mapping[str, str], labels: Labels) -> Strip:
    placed = [[cell for cell in cells if cell.stance and cell.stance.label == step.label] for step in question.scale]
    fullest = max(map(len, placed), default=0) or 1
    return Strip(
        id=question.id,
        number=question.number,
        ask=question.ask,
        ordinal=question.ordinal,
        steps=tuple(
            StripStep(
                step.label,
                tuple(Link(names[cell.head.id], f"#{cell.id}") for cell in here),
                str(100 * len(here) // fullest),
            )
            for step, here in zip(question.scale, placed, strict=True)
        ),
        silent=_silent([cell for cell in cells if cell.stance is None], names, labels),
        counted=len(cells) >= COUNTED_FROM,
        keep=len(cells) + len(placed) <= _KEPT,
    )


def short_names(heads: Sequence[Head]) -> dict[str, str]:
    """Return the family names by id; the full name if two experts share a family name."""
    counts = Counter(head.short for head in heads)
    return {head.id: head.short if counts[head.short] == 1 else head.name for head in heads}


def _silent(cells: Sequence[CellView], names: Mapping[str, str], labels: Labels) -> tuple[str, ...]:
    """Return `No position found: Heim, Kennedy`, a line for each reason, in order of first occurrence."""
    reasons: dict[str, list[str]] = {}
    for cell in cells:
        reason = cell.gap_short or labels("stance_missing")
        reasons.setdefault(reason, []).append(names[cell.head.id])
    return tuple(labels("silent", reason=reason, names=labels.list_comma.join(who)) for reason, who in reasons.items())


_SIDE_BY_SIDE = 6
"""Most questions in a table; more are split over several tables."""
_WHOLE_GRID = 14
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
        keep=len(names) <= _WHOLE_GRID,
    )


def _cell(cell: CellView) -> GridCell:
    if cell.stance:
        return GridCell(cell.stance.label, cell.stance.steps, f"#{cell.id}", gap=False)
    return GridCell(cell.gap_short, (), f"#{cell.id}", gap=True)
