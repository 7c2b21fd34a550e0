"""Reads CSV as rows of cells, each with its place in the file (RFC 4180).

The separator is the one in the first row. Nothing is repaired: rows of another length and malformed quotes are problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Text
from generator.problems import Code, Location, Problem, Severity
from generator.read.unseen import in_file

BAD_CSV = Code("bad-csv", Severity.ERROR)
CODES = (BAD_CSV,)

SEPARATORS = ",;\t|"
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_MOST = 20
"""Most problems that are reported for one file."""

Row = tuple[Text, ...]


def read_csv(data: bytes, file: str) -> tuple[tuple[Row, ...], tuple[Problem, ...]]:
    """Return the rows of a file, with the column names first; none if there are problems."""
    text, problems = _decoded(data, file)
    problems = problems or in_file(text, file)
    if problems:
        return (), problems
    separator, wrong = _separator(text, file)
    scan = _Scan(text, separator, file)
    rows = [] if wrong else list(scan.rows())
    while rows and not any(cell.value.strip() for cell in rows[-1]):
        rows.pop()
    faults = wrong or [*scan.problems, *(_ragged(rows) if not scan.problems else ())]
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
        before = data[: error.start].decode("utf-8", "replace")
        place = Location(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        letter = data[error.start : error.start + 1].decode("cp1252", "replace")
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; in Latin-1 or Windows-1252 it is “{letter}”"
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
            message = f"this row has {len(row)} cell{'s' * (len(row) != 1)}, but the first row has {columns}"
            yield BAD_CSV.at(
                place, message, "put a cell that contains the separator in quotes, or add the missing cells"
            )


@dataclass(slots=True)
class _Scan:
    """Reads a text once, cell by cell."""

    text: str
    separator: str
    file: str
    at: int = 0
    line: int = 1
    start: int = 0
    """Offset at which the line begins."""
    problems: list[Problem] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.problems = []

    def rows(self) -> Iterator[Row]:
        while self.at < len(self.text) and not self.problems:
            row = [self._cell()]
            while self.at < len(self.text) and self.text[self.at] == self.separator:
                self.at += 1
                row.append(self._cell())
            self._end_of_line()
            yield tuple(row)

    def _cell(self) -> Text:
        line, column, begin = self.line, self.at - self.start + 1, self.at
        value = self._quoted() if self.text.startswith('"', self.at) else self._bare()
        length = self.at - begin if self.line == line else 1
        return Text(value.strip(), Location(self.file, line, column, max(length, 1)))

    def _bare(self) -> str:
        begin = self.at
        while self.at < len(self.text) and self.text[self.at] not in (self.separator, "\n", "\r"):
            self.at += 1
        return self.text[begin : self.at]

    def _quoted(self) -> str:
        opening = Location(self.file, self.line, self.at - self.start + 1)
        parts: list[str] = []
        while True:
            end = self.text.find('"', self.at + 1)
            if end < 0:
                self.problems.append(BAD_CSV.at(opening, "this quotation mark is never closed", 'close it with `"`'))
                self.at = len(self.text)
                return ""
            inside = self.text[self.at + 1 : end]
            parts.append(inside)
            if "\n" in inside:
                self.line += inside.count("\n")
                self.start = self.at + 1 + inside.rfind("\n") + 1
            self.at = end + 1
            if not self.text.startswith('"', self.at):
                break
        rest = self._bare()
        if rest.strip():
            place = Location(self.file, self.line, end - self.start + 2, len(rest))
            self.problems.append(
                BAD_CSV.at(place, f"“{rest[:20]}” follows the closing quotation mark", 'double a `"` inside a cell')
            )
        return '"'.join(parts)

    def _end_of_line(self) -> None:
        if self.text.startswith("\r\n", self.at):
            self.at += 1
        self.at += 1
        self.line += 1
        self.start = self.at
