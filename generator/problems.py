"""What can be wrong with the content: places, codes and problems.

Problems are values. Every stage appends them and goes on, so that one run names them all. This module does not know
what a brief is, nor how problems are drawn (`generator/drawing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. `line` and `column` count from 1, in characters; `length` is how many the caret underlines."""

    file: str
    """Path relative to the project folder, with forward slashes."""
    line: int = 1
    column: int = 1
    length: int = 1


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem. Each is defined beside the code that finds it and listed in `generator/catalogue.py`."""

    name: str
    severity: Severity
    title: str
    """One line, for lists."""
    explanation: str
    """Markdown for `brief explain` and the documentation: why it matters and what to do."""
    wrong: str = ""
    """A short fragment that raises it."""
    right: str = ""
    """The same fragment, mended."""

    def at(self, place: Location, message: str, hint: str = "", *, severity: Severity | None = None) -> Problem:
        """Make the problem; `severity` overrides the code's own (drafts turn some errors into warnings)."""
        return Problem(severity or self.severity, self.name, place, message, hint)


@dataclass(frozen=True, slots=True)
class Problem:
    severity: Severity
    code: str
    place: Location
    message: str
    hint: str = ""
    marked: str = ""
    """Further lines for people, such as the nearest passage with the differing words marked."""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR
