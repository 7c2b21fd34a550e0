"""Fills the tables and charts of a brief from CSV and XLSX files.

XLSX files are read in a limited child process. An ambiguous value is a problem at its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from generator.engine.processes.calls import GivenUp, sandboxed
from generator.model import Brief, Chart, DataTable, TableCell, TableNumber, Text
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted, did_you_mean
from generator.project import FOLDER, Opener, file_beside
from generator.read.sheet_cells import TABLE_TOO_LARGE, BadSheet, SheetCell, read_csv, read_xlsx
from generator.syntax.characters import invisible
from generator.syntax.lines import read_line
from generator.syntax.table_numbers import AmbiguousNumber, ForeignNumber, read_number
from generator.syntax.unpaired_marks import line_marks
from generator.system.regular_files import reason_of

TABLE_FILE = Code("table-file", Severity.ERROR)
TABLE_SHEET = Code("table-sheet", Severity.ERROR)
TABLE_COLUMN = Code("table-column", Severity.ERROR)
TABLE_NUMBER = Code("table-number", Severity.ERROR)
MAX_BYTES = 16 << 20
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 500, 12, 600
Table = TypeVar("Table", bound=DataTable)
Grid = list[list[TableCell]]
"""The header row, then the other rows."""


def with_data(brief: Brief, opener: Opener) -> tuple[Brief, tuple[Problem, ...]]:
    """Return the brief with its tables and charts filled, and their problems."""
    tables = [_from_file(table, brief, opener) for table in brief.tables]
    charts = [_filled(chart, brief, opener) for chart in brief.charts]
    problems = tuple(one for _, of_one in (*tables, *charts) for one in of_one)
    return replace(brief, tables=tuple(one for one, _ in tables), charts=tuple(one for one, _ in charts)), problems


def file_of(table: DataTable, brief: Brief) -> str:
    """Return the path of a table's file in the project; empty if no table can be read from what it names."""
    return file_beside(table.file.value, brief.file, (".csv", ".xlsx"))


def _from_file(table: Table, brief: Brief, opener: Opener) -> tuple[Table, Sequence[Problem]]:
    """Return one table with the content of its file, and its problems; unchanged if it names no file."""
    file = file_of(table, brief)
    if not table.file:
        return table, ()
    if not file:
        hint = f"name a .csv or .xlsx file in {FOLDER}/, such as data/{table.id or 'costs'}.csv"
        return table, [
            TABLE_FILE.at(table.file.place, f"“{table.file}” is not a file that a table can be read from", hint)
        ]
    try:
        data = opener(file)
    except OSError as error:
        return table, [
            TABLE_FILE.at(
                table.file.place, f"cannot open {file}: {reason_of(error)}", "the path is relative to the fact file"
            )
        ]
    if len(data) > MAX_BYTES:
        return table, [TABLE_TOO_LARGE.at(table.file.place, f"{file} has more than {MAX_BYTES:,} bytes")]
    grid, problems = _csv(data, file) if file.lower().endswith(".csv") else _xlsx(data, table)
    if problems:
        return table, problems
    return _chosen(table, grid)


def _csv(data: bytes, file: str) -> tuple[Grid, tuple[Problem, ...]]:
    rows, problems = read_csv(data, file, MAX_ROWS)
    return [[TableCell(cell.value, cell.place) for cell in row] for row in rows], problems


def _xlsx(data: bytes, table: DataTable) -> tuple[Grid, tuple[Problem, ...]]:
    """Read a sheet of a workbook; what is wrong with it is a problem at the name of the file."""
    place = table.file.place
    try:
        rows = _sheet(data, table.sheet)
    except BadSheet as fault:
        return [], (TABLE_SHEET.at(place, f"{table.file}: {fault.message}", fault.hint),)
    except GivenUp as fault:
        return [], (TABLE_SHEET.at(place, f"{table.file}: {fault}", "save only the sheet that is used"),)
    if not rows:
        return [], (TABLE_SHEET.at(place, f"{table.file}: the sheet is empty"),)
    unseen = next((cell for row in rows for cell in row if any(invisible(cell.text))), None)
    if unseen:
        return [], (
            TABLE_SHEET.at(place, f"{table.file}: {unseen.where} has an invisible character", "type the cell again"),
        )
    return [[TableCell(cell.text, place, cell.where, cell.number) for cell in row] for row in rows], ()


@lru_cache(maxsize=8)
def _sheet(data: bytes, wanted: str) -> list[list[SheetCell]]:
    """Read a file once for all callers in this process."""
    return sandboxed("the workbook", read_xlsx, data, wanted, MAX_ROWS, raises=BadSheet)


def _chosen(table: Table, grid: Grid) -> tuple[Table, Sequence[Problem]]:
    """Return the table with the printed columns of this grid, and their problems."""
    names = [cell.text for cell in grid[0]]
    problems = [*_nameless(grid[0]), *_unknown(table, names)]
    if problems:
        return table, problems
    wanted = [names.index(" ".join(column.value.split())) for column in table.columns] or list(range(len(names)))
    rows = [[row[number] for number in wanted] for row in grid[1:]]
    problems = list(_large(table, rows, len(wanted)))
    if problems:
        return table, problems
    numbered, problems = _numbered(table, rows)
    (first, *cells), marked = _plain([[grid[0][number] for number in wanted], *numbered])
    problems += marked
    head = tuple(table.heads.get(names[number], cell.text) for number, cell in zip(wanted, first, strict=True))
    return (table if problems else replace(table, head=head, rows=tuple(cells))), problems


def _plain(rows: Sequence[Sequence[TableCell]]) -> tuple[list[tuple[TableCell, ...]], list[Problem]]:
    """Return the cells with their words as lines of plain text; numbers do not change."""
    problems: list[Problem] = []
    plain: list[tuple[TableCell, ...]] = []
    for row in rows:
        cells = []
        for cell in row:
            words, line_problems = (cell.text, ()) if cell.number else read_line(Text(cell.text, cell.place))
            problems += (*line_problems, *line_marks(Text(words, cell.place)))
            cells.append(replace(cell, text=words))
        plain.append(tuple(cells))
    return plain, problems


def _nameless(head: Sequence[TableCell]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, cell in enumerate(head, 1):
        where = f"{cell.where}: " if cell.where else ""
        if not cell.text:
            yield TABLE_COLUMN.at(
                cell.place, f"{where}column {number} has no name", "write one into the first row, or remove the column"
            )
        elif cell.text in seen:
            yield TABLE_COLUMN.at(cell.place, f"{where}two columns are called “{cell.text}”", "rename one of them")
        seen.add(cell.text)


def _unknown(table: DataTable, names: list[str]) -> Iterator[Problem]:
    for column in table.columns:
        name = " ".join(column.value.split())
        if name not in names:
            hint = did_you_mean(name, names) or f"it has {', '.join(names[:8])}"
            yield TABLE_COLUMN.at(column.place, f"{table.file} has no column “{name}”", hint)
    for name in table.heads:
        if name not in names:
            yield TABLE_COLUMN.at(
                table.place, f"`heads` names “{name}”, and {table.file} has no such column", did_you_mean(name, names)
            )


def _large(table: DataTable, rows: Grid, columns: int) -> Iterator[Problem]:
    """Yield what has too few or too many rows, columns or characters to be printed."""
    place = table.file.place
    if not rows:
        yield TABLE_FILE.at(place, f"{table.file} has only a header row", "a table needs at least one more row")
    if len(rows) > MAX_ROWS:
        yield TABLE_TOO_LARGE.at(place, f"{table.file} has {counted(len(rows), 'row')}, and {MAX_ROWS} can be printed")
    if columns > MAX_COLUMNS:
        yield TABLE_TOO_LARGE.at(
            place,
            f"the table has {counted(columns, 'column')}, and {MAX_COLUMNS} can be printed",
            "choose some with `columns`",
        )
    for cell in (cell for row in rows for cell in row if len(cell.text) > MAX_CELL):
        yield TABLE_TOO_LARGE.at(
            cell.place,
            f"{cell.where or 'this cell'} has {counted(len(cell.text), 'character')}, and {MAX_CELL} can be printed",
        )
        break


def _numbered(table: DataTable, rows: Grid) -> tuple[tuple[tuple[TableCell, ...], ...], list[Problem]]:
    """Return the cells with their numbers read, and each kind of problem once, at its first cell with the number of cells."""
    unclear: list[tuple[TableCell, ValueError]] = []
    marks: dict[str, TableCell] = {}
    rows_read: list[tuple[TableCell, ...]] = []
    for row in rows:
        cells: list[TableCell] = []
        for cell in row:
            number: TableNumber | None = cell.number
            try:
                number = number or read_number(cell.text, table.numbers)
            except (AmbiguousNumber, ForeignNumber) as fault:
                unclear.append((cell, fault))
            if number and number.mark:
                marks.setdefault(number.mark, cell)
            cells.append(replace(cell, number=number))
        rows_read.append(tuple(cells))
    return tuple(rows_read), [*_unclear(unclear), *(_mixed(marks) if not table.numbers else ())]


def _unclear(cells: list[tuple[TableCell, ValueError]]) -> Iterator[Problem]:
    for kind in (AmbiguousNumber, ForeignNumber):
        of_kind = [(cell, fault) for cell, fault in cells if isinstance(fault, kind)]
        if of_kind:
            cell, fault = of_kind[0]
            more = f"; so may {counted(len(of_kind) - 1, 'more cell')}" if len(of_kind) > 1 else ""
            hint = "give the language of the numbers in the file: `numbers: en`, `numbers: de`"
            yield TABLE_NUMBER.at(cell.place, f"{cell.where and cell.where + ': '}{fault}{more}", hint)


def _mixed(marks: dict[str, TableCell]) -> Iterable[Problem]:
    if len(marks) > 1:
        (_, one), (_, other) = marks.items()
        message = f"“{one.text}” and “{other.text}” are not written in the same way"
        yield TABLE_NUMBER.at(
            other.place, message, "write all numbers of the file in the same way, and give the language under `numbers`"
        )


CHART_DATA = Code("chart-data", Severity.ERROR, rests_on=("columns", "rows"))


def _filled(chart: Chart, brief: Brief, opener: Opener) -> tuple[Chart, tuple[Problem, ...]]:
    problems = tuple(_unfit(chart))
    if problems:
        return replace(chart, rows=()), problems
    if chart.file:
        table, cell_problems = _from_file(chart, brief, opener)
    else:
        head = [TableCell(" ".join(name.value.split()), name.place) for name in chart.columns]
        table, cell_problems = _chosen(replace(chart, columns=(), rows=()), [head, *map(list, chart.rows)])
    return table, tuple(cell_problems)


def _unfit(chart: Chart) -> Iterator[Problem]:
    if bool(chart.file) == bool(chart.rows):
        message = "the chart has both a file and rows" if chart.file else "the chart has no numbers"
        hint = (
            "keep `table` or `rows`, not both"
            if chart.file
            else "name a file with `table`, or write `columns` and `rows`"
        )
        yield CHART_DATA.at(chart.place, message, hint)
    elif not chart.file:
        yield from _uneven(chart)


def _uneven(chart: Chart) -> Iterator[Problem]:
    columns = len(chart.columns)
    if columns < 2:
        hint = "write `columns` with the name of the labels and one for each series"
        yield CHART_DATA.at(chart.place, "the columns of the rows have no names", hint)
        return
    for number, row in enumerate(chart.rows, 1):
        if len(row) != columns:
            place = row[-1].place if row else chart.place
            message = f"row {number} has {counted(len(row), 'cell')}, and there are {counted(columns, 'column')}"
            yield CHART_DATA.at(place, message, "write `null` for a missing number")
