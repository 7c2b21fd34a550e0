"""CSV and XLSX files -> rows of cells. What a cell means is decided elsewhere.

The separator is the one in the first row. Nothing is repaired: rows of another length and malformed quotes are problems.

A formula counts as the value that the spreadsheet program saved. Unknown number formats are refused, because a number without its
format may be read as another one. The child process protects from files of strangers.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from math import isfinite
from typing import Any

from generator.model import TableNumber, Text
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import counted
from generator.read.yaml_text import bad_byte
from generator.syntax.characters import in_file

BAD_CSV = Code("bad-csv", Severity.ERROR)
TABLE_TOO_LARGE = Code("table-too-large", Severity.ERROR)
SEPARATORS = ",;\t|"
_BARE = {separator: re.compile(rf"[^{re.escape(separator)}\r\n]*+") for separator in SEPARATORS}
_QUOTED = re.compile(r'"((?:[^"]++|"")*+)("?)')
_WIDEST = 1_000
"""Most cells of a row that are read."""
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MOST = 20
"""Most problems that are reported for one file."""
Row = tuple[Text, ...]


def read_csv(data: bytes, file: str, most: int) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Return the rows of a file, with the column names first and at most `most` others; none if there are problems."""
    text, problems = _decoded(data, file)
    problems = problems or in_file(text, file)
    if problems:
        return (), problems
    separator, wrong = _separator(text, file)
    if wrong:
        return (), tuple(wrong)
    scan = _CsvScan(text, separator, file)
    rows = list(islice(scan.rows(), most + 1))
    if not scan.problems and text[scan.at :].strip(f'{separator}" \t\r\n'):
        message, hint = f"the file has more than {most:,} rows", "keep the rows that readers need"
        scan.problems.append(TABLE_TOO_LARGE.at(Location(file, scan.line), message, hint))
    while rows and not any(cell.value.strip() for cell in rows[-1]):
        rows.pop()
    faults = [*scan.problems, *(_ragged(rows) if not scan.problems else ())]
    if not faults and not rows:
        faults = [BAD_CSV.at(Location(file), "the file is empty", "write the names of the columns in its first row")]
    return ((), tuple(faults[:_MOST])) if faults else (tuple(rows), ())


def _decoded(data: bytes, file: str) -> tuple[str, tuple[Problem, ...]]:
    hint = "save it as UTF-8: “CSV UTF-8” in spreadsheet programs"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        return "", (BAD_CSV.at(Location(file), "this looks like UTF-16", hint),)
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        place, message = bad_byte(data, error.start, file)
        return "", (BAD_CSV.at(place, message, hint),)


def _separator(text: str, file: str) -> tuple[str, list[Problem]]:
    """Return the separator that the first line has outside quotes; a comma if it has none."""
    outside = "".join(text.split("\n", 1)[0].split('"')[::2])
    separators = [char for char in SEPARATORS if char in outside]
    if len(separators) < 2:
        return (separators or [","])[0], []
    names = " and ".join(_NAMES[char] for char in separators)
    hint = "put names that contain one of them in quotes"
    return "", [
        BAD_CSV.at(Location(file), f"the first row has {names}, but only one of them can separate the columns", hint)
    ]


def _ragged(rows: list[Row]) -> Iterator[Problem]:
    columns = len(rows[0]) if rows else 0
    for row in rows[1:]:
        if len(row) != columns:
            place = row[min(columns, len(row) - 1)].place
            message = f"this row has {counted(len(row), 'cell')}, but the first row has {columns}"
            yield BAD_CSV.at(
                place, message, "put a cell that contains the separator in quotes, or add the missing cells"
            )


@dataclass(slots=True)
class _CsvScan:
    """Reads a text once, cell by cell."""

    text: str
    separator: str
    file: str
    at: int = 0
    line: int = 1
    start: int = 0
    """Offset at which the line begins."""
    problems: list[Problem] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        while self.at < len(self.text) and not self.problems:
            row = [self._cell()]
            while self.at < len(self.text) and self.text[self.at] == self.separator:
                self.at += 1
                row.append(self._cell())
                if len(row) > _WIDEST:
                    message, hint = f"the row has more than {_WIDEST:,} cells", "keep the columns that readers need"
                    self.problems.append(TABLE_TOO_LARGE.at(row[-1].place, message, hint))
                    return
            self._end_of_line()
            yield tuple(row)

    def _cell(self) -> Text:
        line, column, begin = self.line, self.at - self.start + 1, self.at
        value = self._quoted() if self.text.startswith('"', self.at) else self._bare()
        length = self.at - begin if self.line == line else 1
        return Text(value.strip(), Location(self.file, line, column, max(length, 1)))

    def _bare(self) -> str:
        match = _BARE[self.separator].match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return match[0]

    def _quoted(self) -> str:
        """Read a cell in quotation marks, which may have several lines, up to the next separator."""
        opening = Location(self.file, self.line, self.at - self.start + 1)
        match = _QUOTED.match(self.text, self.at)
        if match is None or not match[2]:
            self.problems.append(BAD_CSV.at(opening, "this quotation mark is never closed", 'close it with `"`'))
            self.at = len(self.text)
            return ""
        if "\n" in match[1]:
            self.line += match[1].count("\n")
            self.start = match.start(1) + match[1].rfind("\n") + 1
        self.at = match.end()
        rest = self._bare()
        if rest.strip():
            place = Location(self.file, self.line, match.end() - self.start + 1, len(rest))
            self.problems.append(
                BAD_CSV.at(place, f"“{rest[:20]}” follows the closing quotation mark", 'double a `"` inside a cell')
            )
        return match[1].replace('""', '"')

    def _end_of_line(self) -> None:
        if self.text.startswith("\r\n", self.at):
            self.at += 1
        self.at += 1
        self.line += 1
        self.start = self.at


MAX_UNPACKED = 64 << 20
"""Bytes that the parts of a workbook may have together."""
_RANGE = re.compile(r"(?P<name>.*?)(?:!(?P<area>\$?[A-Z]{1,3}\$?[0-9]{1,7}:\$?[A-Z]{1,3}\$?[0-9]{1,7}))?")
_FORMAT = re.compile(r"(?P<group>#,##)?#?0(?:\.(?P<decimals>0+))?(?P<percent>%)?")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*ref="([A-Z0-9:]+)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?((?:row|col)\s[^<>]*\bhidden="(?:1|true)"[^<>]*)>')
_NUMBERS = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
_LAYOUT = re.compile(r"_.|\*.|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow)\]|\\ ", re.IGNORECASE)
"""Parts of a format that only concern space and colour."""


class BadSheet(ValueError):
    """The workbook does not contain the table: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class SheetCell:
    text: str
    where: str
    """`Costs!B4`."""
    number: TableNumber | None = None


def read_xlsx(data: bytes, wanted: str, most: int) -> list[list[SheetCell]]:
    """Read the sheet or range `wanted` (`Costs`, `Costs!A3:D20`; "" for the only sheet), at most `most` rows.

    Raises BadSheet.
    """
    _refuse_large(data)
    try:
        with warnings.catch_warnings(action="ignore"):  # of values that are then errors
            return _trimmed(list(_read(data, wanted, most)))
    except (BadSheet, MemoryError):
        raise
    except Exception as error:  # the library's parsers can raise anything for a broken file
        raise BadSheet(f"the workbook cannot be read ({type(error).__name__})", "save it as .xlsx again") from None


def _read(data: bytes, wanted: str, most: int) -> Iterator[list[SheetCell]]:
    import openpyxl

    values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    name, area = _chosen(wanted, [sheet.title for sheet in values.worksheets])
    _refuse_unseen(data, values[name], area)
    rows = zip(_rows(values[name], area), _rows(formulas[name], area), strict=False)
    for number, (shown, written) in enumerate(rows):
        cells = [_cell(one, other, name) for one, other in zip(shown, written, strict=False)]
        if number > most and any(cell.text for cell in cells):
            raise BadSheet(f"the sheet has more than {most:,} rows", "name the part to print: `sheet: Costs!A1:D40`")
        yield cells


def _refuse_large(data: bytes) -> None:
    """Raise BadSheet if the file is no ZIP archive, or is larger when unpacked than it may be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise BadSheet(
            "this is not an .xlsx file", "save it as an Excel workbook (.xlsx), or as CSV in UTF-8"
        ) from None
    if unpacked > MAX_UNPACKED:
        raise BadSheet(
            f"the workbook has {counted(unpacked, 'byte')} when unpacked, more than {MAX_UNPACKED:,}",
            "save only the sheet that is used",
        )


def _chosen(wanted: str, names: list[str]) -> tuple[str, str]:
    match = _RANGE.fullmatch(wanted)
    name, area = (match["name"].strip("'"), match["area"] or "") if match else (wanted, "")
    if not wanted and len(names) == 1:
        return names[0], ""
    if name in names:
        return name, area.replace("$", "")
    listed = ", ".join(f"“{one}”" for one in names[:8])
    message = f"the workbook has no sheet “{name}”" if wanted else f"the workbook has {counted(len(names), 'sheet')}"
    raise BadSheet(message, f"name one in `sheet`: {listed}")


def _rows(sheet: Any, area: str) -> Iterator[tuple[Any, ...]]:
    from openpyxl.utils import range_boundaries

    left, top, right, bottom = range_boundaries(area) if area else (None, None, None, None)
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows(min_col=left, min_row=top, max_col=right, max_row=bottom)
    return rows


def _refuse_unseen(data: bytes, sheet: Any, area: str) -> None:
    """Refuse merged cells and hidden rows and columns, which the library does not show in read-only sheets.

    Of merged cells only the first has the value; hidden cells were not meant to be published.
    """
    from openpyxl.utils import get_column_letter, range_boundaries

    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        written = packed.read(sheet._worksheet_path)
    left, top, right, bottom = range_boundaries(area) if area else (1, 1, 1 << 14, 1 << 20)
    for ref in _MERGED.findall(written):
        first_column, first_row, last_column, last_row = range_boundaries(ref.decode())
        if first_column <= right and last_column >= left and first_row <= bottom and last_row >= top:
            raise BadSheet(f"the cells {ref.decode()} are merged", "unmerge them, and write the value in each cell")
    for tag in _HIDDEN.findall(written):
        attributes = {name.decode(): int(number) for name, number in _NUMBERS.findall(tag)}
        if tag.startswith(b"row") and top <= attributes.get("r", 0) <= bottom:
            raise BadSheet(f"row {attributes['r']} is hidden", "show it, or choose a part without it under `sheet`")
        if tag.startswith(b"col") and attributes.get("min", 0) <= right and attributes.get("max", 0) >= left:
            column = get_column_letter(attributes["min"])
            raise BadSheet(f"column {column} is hidden", "show it, or choose a part without it under `sheet`")


def _cell(shown: Any, written: Any, sheet: str) -> SheetCell:
    """Return a cell as the spreadsheet shows it; `written` is its formula. Raises BadSheet if there is no value."""
    value, where = shown.value, f"{sheet}!{getattr(shown, 'coordinate', '')}".removesuffix("!")
    if value is None:
        if written.value is not None:
            hint = "open the workbook in a spreadsheet program and save it, or write the value"
            raise BadSheet(f"{where} is a formula without a saved value", hint)
        return SheetCell("", where)
    if shown.data_type == "e":
        raise BadSheet(f"{where} is an error: {value}", "correct the formula")
    if isinstance(value, bool):
        return SheetCell(str(value).upper(), where)
    if isinstance(value, timedelta) or (isinstance(value, float) and not isfinite(value)):
        raise BadSheet(f"{where} is a duration or no number", "write it as text, as it is to be printed")
    if isinstance(value, int | float):
        return _number(value, str(shown.number_format), where)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, date):
        return SheetCell(value.isoformat(), where)
    return SheetCell(" ".join(str(value).split()), where)


def _number(value: float, written: str, where: str) -> SheetCell:
    """Return a number as its format `written` shows it. Raises BadSheet for a format that is not of a number."""
    exact = Decimal(format(value, ".15g"))
    if written in ("General", "@"):
        plain = exact.normalize()
        exponent = plain.as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        return SheetCell(f"{plain:f}", where, TableNumber(plain, decimals))
    match = _FORMAT.fullmatch(_LAYOUT.sub("", written.partition(";")[0]).strip("()"))
    if match is None:
        raise BadSheet(
            f"{where} has the number format “{written}”, which the program does not know",
            "format the column as a plain number",
        )
    decimals = len(match["decimals"] or "")
    shown = round(exact * 100 if match["percent"] else exact, decimals)
    number = TableNumber(shown, decimals, bool(match["group"]), bool(match["percent"]))
    return SheetCell(f"{shown:f}{'%' if match['percent'] else ''}", where, number)


def _trimmed(rows: list[list[SheetCell]]) -> list[list[SheetCell]]:
    """Return the rows without the empty rows and columns at the end, which spreadsheet programs save."""
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    width = max((number for row in rows for number, cell in enumerate(row, 1) if cell.text), default=0)
    return [[*row[:width], *(SheetCell("", "") for _ in range(width - len(row)))] for row in rows]
