"""Readers of the formats of other programs, and the drafts of CSL entries that they return."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from generator.problems import Code, Location, Problem, Severity

BAD_ENTRY = Code("bad-import-entry", Severity.ERROR)

_SURROGATE = re.compile("[\ud800-\udfff]")


class NotReadable(Exception):
    """The file does not have the syntax of its format. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.line, self.column = line, column


@dataclass(frozen=True, slots=True)
class WrittenField:
    """One field as the file has it; `line` counts from 1."""

    name: str
    value: str
    line: int


@dataclass(slots=True)
class Draft:
    """An entry before it is checked and tidied."""

    line: int
    csl: dict[str, Any]
    """Values as in CSL-JSON; dates can be text of any form. No `id` if the file has none."""
    left_out: list[WrittenField] = field(default_factory=list)
    """Fields that have no place in CSL."""


def is_decoded(text: str) -> bool:
    """Whether a text was valid UTF-8; invalid bytes are lone surrogates in it."""
    return text.isascii() or _SURROGATE.search(text) is None


Drafts = Iterator[Draft | Problem]


def bad_entry(file: str, line: int, message: str, hint: str = "") -> Problem:
    """Return the problem of an entry that is left out."""
    return BAD_ENTRY.at(Location(file, line), f"{message}; the entry was left out", hint)
