"""Whether the numbers of a table are in the sources cited for it.

Each number has to be in a capture of a cited source: as the file writes it, or with the scale of the table's `units`. One entry of
the lock for each table pins what the captures support, so a clone without captures can tell whether a number was changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from generator.evidence.capture_lock import Entry, Lock
from generator.evidence.captures.capture_store import Capture, Captures
from generator.evidence.gate import Transcript
from generator.evidence.verification.claims import identity
from generator.evidence.verification.supported_amounts import Supported
from generator.model import Brief, DataTable, Library, Status, TableCell
from generator.problems import Code, Problem, Severity
from generator.problems.counts import counted
from generator.syntax.amounts import find_amounts

TABLE_UNSUPPORTED = Code("table-unsupported", Severity.ERROR)
CODES = (TABLE_UNSUPPORTED,)

WHERE = "table"
"""What an entry of the lock has instead of a place."""


def tables_cite(brief: Brief) -> frozenset[str]:
    """Return the keys of the sources cited for tables."""
    return frozenset(one.key for table in _tables(brief) if table.cite for one in table.cite.citations)


def tables_supported(brief: Brief, library: Library, captures: Captures, lock: Lock) -> Iterator[Supported]:
    """Look for the numbers of every table and chart that is not `derived` in the sources cited for it."""
    for table in _tables(brief):
        cells = [cell for row in table.rows for cell in row if cell.number]
        if table.cite and cells and not table.derived:
            yield _look(table, cells, brief, library, captures, lock)


def _tables(brief: Brief) -> tuple[DataTable, ...]:
    """Return the tables of a brief and those that its charts draw."""
    return (*brief.tables, *brief.charts)


def _look(
    table: DataTable, cells: list[TableCell], brief: Brief, library: Library, captures: Captures, lock: Lock
) -> Supported:
    assert table.cite is not None
    keys = tuple(dict.fromkeys(one.key for one in table.cite.citations))
    read = {key: captures.get(key) for key in keys}
    present = {key: capture for key, capture in read.items() if isinstance(capture, Capture)}
    claim = _digest(table, cells, keys, library)
    pinned = lock.find(keys[0], claim)
    lacking = [
        cell
        for cell in cells
        if not any(_holds(one, cell, table, _language(key, brief, library)) for key, one in present.items())
    ]
    if not lacking:
        first = next(iter(present.values()))
        return Supported(
            entry=Entry(keys[0], claim, first.sha256, first.original_sha256, first.captured, WHERE), pinned=pinned
        )
    missing = [key for key in keys if key not in present]
    if missing and pinned is not None:
        return Supported(entry=pinned, pinned=pinned)
    if missing and lock.sources.isdisjoint(missing):
        return Supported()  # the source was never captured, or the damaged lock has its own problem
    return Supported(_unsupported(lacking, keys, missing, published=brief.status is Status.PUBLISHED))


def _unsupported(lacking: list[TableCell], keys: tuple[str, ...], missing: list[str], *, published: bool) -> Problem:
    severity = Severity.ERROR if published else Severity.WARNING
    first = f"{lacking[0].where and lacking[0].where + ': '}“{lacking[0].text}”"
    several = f"{first} and {counted(len(lacking) - 1, 'more number')}" if len(lacking) > 1 else first
    if missing:
        message = (
            f"{several} cannot be checked: the lock does not contain them, and there is no capture of {missing[0]} here"
        )
        return TABLE_UNSUPPORTED.at(
            lacking[0].place, message, "run `brief lock` on a machine with the captures", severity=severity
        )
    are = "are not" if len(lacking) > 1 else "is not"
    hint = "correct the numbers or the citation, or say under `derived` how they were computed"
    return TABLE_UNSUPPORTED.at(lacking[0].place, f"{several} {are} in {', '.join(keys)}", hint, severity=severity)


def _holds(capture: Capture, cell: TableCell, table: DataTable, language: str) -> bool:
    assert cell.number is not None
    amounts, value = _amounts(capture.transcript, language), cell.number.value
    return value in amounts or value * _scale(table.units) in amounts or _stands(cell.text, capture.transcript)


def _stands(written: str, transcript: Transcript) -> bool:
    """Whether the text contains these characters with no digit before or after them; years, which are no amounts, need this."""
    return re.search(rf"(?<![\w.,\-−]){re.escape(written)}(?![.,]?[0-9])", transcript.text) is not None


@lru_cache(maxsize=64)
def _amounts(transcript: Transcript, language: str) -> frozenset[Decimal]:
    amounts = (one.amount for one in find_amounts(transcript.text, language=language))
    return frozenset(amount.low for amount in amounts if amount.low == amount.high)


@lru_cache(maxsize=64)
def _scale(units: str) -> Decimal:
    """Return how many ones the units count: a million in `million US dollars`, in English or as abbreviated everywhere."""
    amounts = find_amounts(f"1 {units}")
    return amounts[0].amount.low if amounts and amounts[0].start == 0 else Decimal(1)


def _language(key: str, brief: Brief, library: Library) -> str:
    source = library.sources.get(key)
    return str(source.csl.get("language") or brief.language) if source else brief.language


def _digest(table: DataTable, cells: list[TableCell], keys: tuple[str, ...], library: Library) -> str:
    numbers = (
        f"{cell.number.value.normalize():f}{'%' if cell.number.percent else ''}" for cell in cells if cell.number
    )
    sources = (identity(library.sources.get(key)) for key in keys)
    return hashlib.sha256("\x1f".join(("table", table.units, *numbers, *sources)).encode()).hexdigest()
