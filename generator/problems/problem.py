"""Locations, codes and problems.

Problems are values. Every stage appends them and continues, so one run reports them all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
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
    """One kind of problem. Each is defined in the module that finds it and listed in `generator/console/codes.py`.

    Its title, explanation and examples are in `generator/problems/NAME.md`.
    """

    name: str
    severity: Severity
    rests_on: tuple[str, ...] = ()
    """The parts from which the problem is concluded, as `generator/problems/unread.py` names them. If one of them could not be
    read, only that is reported, and this problem is dropped."""

    def at(
        self,
        place: Location,
        message: str,
        hint: str = "",
        *,
        severity: Severity | None = None,
        part: tuple[int | str, ...] | None = None,
    ) -> Problem:
        """Make the problem; `severity` overrides the code's own (drafts turn some errors into warnings)."""
        return Problem(severity or self.severity, self.name, place, message, hint, rests_on=self.rests_on, part=part)


@dataclass(frozen=True, slots=True)
class Problem:
    severity: Severity
    code: str
    place: Location
    message: str
    hint: str = ""
    marked: str = ""
    """Further lines for people, such as the nearest passage with the differing words marked."""
    rests_on: tuple[str, ...] = field(default=(), compare=False)
    """As in the code."""
    part: tuple[int | str, ...] | None = field(default=None, compare=False)
    """Keys and indices of the part that this problem makes unreadable, where the place alone does not show it."""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR
