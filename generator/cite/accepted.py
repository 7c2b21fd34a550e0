"""Checks entries with the project's own reader before they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.cite.csl_yaml import entry_text
from generator.problems import Problem
from generator.read.source_index import read_text

Rejected = list[tuple[str, str]]
"""Pairs of variable and reason; the variable is empty if the whole entry is rejected."""

_ROUNDS = 12


def accepted(entries: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Rejected]]:
    """Yield each entry as the reader accepts it, and the rejected variables."""
    if not entries:
        return
    sources, problems = _read("".join(entry_text(entry, 2) for entry in entries))
    sound = not problems and list(sources) == [entry["id"] for entry in entries]
    for entry in entries:
        yield (entry, []) if sound else _alone(entry)


def _alone(entry: dict[str, Any]) -> tuple[dict[str, Any], Rejected]:
    """Remove rejected variables one by one until the reader accepts the entry."""
    left, rejected = dict(entry), Rejected()
    for _ in range(_ROUNDS):
        sources, problems = _read(entry_text(left, 2))
        if not problems and list(sources) == [left["id"]]:
            return left, rejected
        variable = _variable(left, problems[0]) if problems else ""
        if variable in ("", "id"):
            break
        rejected.append((variable, problems[0].message))
        left = {name: value for name, value in left.items() if name != variable}
        left.setdefault("type", "document")
    return entry, [*rejected, ("", problems[0].message if problems else "the key cannot be written")]


def _variable(entry: dict[str, Any], problem: Problem) -> str:
    """Return the variable that a problem is about, by its lines."""
    lines = entry_text(entry, 0).split("\n")[: problem.place.line - 1]
    for line in reversed(lines):
        if line[:2] in ("- ", "  ") and line[2:3] != " ":
            name = line[2:].partition(":")[0].strip('"')
            if name in entry:
                return name
    return ""


def _read(text: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Read entries whose first line is line 2 of a file."""
    return read_text(text, "", 2)
