"""Locations, codes and problems, and parts of a file that could not be read.

Problems are values. Every stage appends them and continues, so one run reports them all.

A value that cannot be read is unknown, not absent. So a problem that only follows from its absence is not reported: the value is the
problem, and other problems would lead the author to the wrong place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


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
    """The parts from which the problem is concluded, named as in `Unread.part`. If one of them could not be
    read, only that is reported, and this problem is dropped."""
    about: str = ""
    """The field of its record that the problem is about: its value is marked, if the record has it, not the record's beginning."""

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
        return Problem(
            severity or self.severity,
            self.name,
            place,
            message,
            hint,
            rests_on=self.rests_on,
            part=part,
            about=self.about,
        )


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
    about: str = field(default="", compare=False)
    """As in the code."""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR


_OF_ONE_RUN = ("rests_on", "part", "about")


def plain(problem: Problem) -> dict[str, Any]:
    """Return a problem as JSON values, without what is only used to drop problems that follow from others."""
    return {name: value for name, value in asdict(problem).items() if name not in _OF_ONE_RUN}


Point = tuple[int, int]
"""Line and column, from 1."""
NOWHERE: Point = (0, 0)
END: Point = (1 << 60, 0)
WHOLE_FILE = "*"
"""A part on which everything in the file depends."""
ITSELF = "."
"""The value that contains a problem."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A part that could not be read, as seen from one record around it."""

    part: str
    """Names of fields from the record down, without the numbers of list items: `cite`, `figures.cite`. In a shared file the
    first name is the file's: `experts.ann`."""
    file: str = ""
    """The file of the record; "" where a part of a shared file concerns every record of every brief."""
    start: Point = NOWHERE
    end: Point = END
    """Where the record begins, and where it ends."""
    cause: tuple[str, Location] | None = None
    """Code and place of the problem that makes it unreadable, so that no problem hides itself."""

    def surrounds(self, place: Location) -> bool:
        return not self.file or (self.file == place.file and self.start <= (place.line, place.column) < self.end)


def without_derived(problems: Iterable[Problem], unread: Iterable[Unread]) -> tuple[Problem, ...]:
    """Return the problems that would exist even if all parts could be read; at least one error if there are errors."""
    everything = tuple(problems)
    own = tuple(_own(everything, unread))
    lost = any(problem.is_error for problem in everything) and not any(problem.is_error for problem in own)
    return everything if lost else own


def _own(problems: Iterable[Problem], unread: Iterable[Unread]) -> Iterator[Problem]:
    """Yield the problems that do not only follow from another problem, or from a part that could not be read."""
    everything, parts = tuple(problems), tuple(dict.fromkeys(unread))
    causes = {problem.place for problem in everything if problem.is_error and not problem.rests_on}
    reaching: dict[str, list[Unread]] = {}
    for problem in everything:
        if problem.rests_on and problem.place in causes:
            continue
        for name in problem.rests_on:
            if name not in reaching:
                reaching[name] = [one for one in parts if _holds(one.part, name)]
        causes_of = (one.cause for name in problem.rests_on for one in reaching[name] if one.surrounds(problem.place))
        if all(cause == (problem.code, problem.place) for cause in causes_of):
            yield problem


def _holds(part: str, named: str) -> bool:
    """Whether the part is, or contains, what a problem depends on; `*` in its name is any one field."""
    if part == WHOLE_FILE or ITSELF in (part, named):
        return part in (WHOLE_FILE, named)
    parts, names = part.split("."), named.split(".")
    return len(parts) <= len(names) and all(name in (one, "*") for one, name in zip(parts, names, strict=False))
