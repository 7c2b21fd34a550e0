"""What verifying costs: the gate alone, and `brief lock` from nothing, with nothing changed, and after one edit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks import gate
from benchmarks.cost import Cost, brief, least
from benchmarks.synthetic import SMALL, fact_file, write_project
from benchmarks.table import Row, seconds

FIRST, NOTHING, EDITED = 20.0, 2.0, 3.0
"""Seconds for 10,000 briefs: on the clock for the first lock, which is divided among processors; of processor for the others."""


def measure(folder: Path, briefs: int, captures: int) -> Iterator[Row]:
    yield _gate(captures, 10 * captures)
    write_project(folder, briefs, SMALL)
    first = brief(folder, "lock")
    share = briefs / 10_000
    allowed = 1.0 + FIRST * share
    yield _row(f"brief lock, {briefs:,} briefs, the first time", first, first.wall, allowed, "on the clock")
    same = least(3, lambda: brief(folder, "lock"))
    yield _row("brief lock, nothing changed", same, same.cpu, 0.5 + NOTHING * share, "of processor")
    edits = iter(range(100))
    edited = least(3, lambda: _edited(folder, next(edits)))
    yield _row("brief lock, one brief edited", edited, edited.cpu, 1.0 + EDITED * share, "of processor")


def _gate(captures: int, quotations: int) -> Row:
    spent = gate.run(captures, quotations, random.Random(1))
    allowed = gate.LIMIT * captures / 1_000
    what = f"the gate: {quotations:,} quotations, {captures:,} captures of 5,000 words"
    return Row(
        what,
        f"{seconds(spent)} of processor",
        f"{quotations / spent:,.0f} a second",
        seconds(allowed),
        spent <= allowed,
    )


def _row(what: str, cost: Cost, value: float, allowed: float, of: str) -> Row:
    return Row(
        what, seconds(cost.wall), f"{seconds(cost.cpu)} of processor", f"{seconds(allowed)} {of}", value <= allowed
    )


def _edited(folder: Path, number: int) -> Cost:
    file = fact_file(folder, 0)
    file.write_text(file.read_text().replace("claim: ", f"claim: Edit {number}. ", 1))
    return brief(folder, "lock")
