"""Whether the numbers of tables and charts are in the sources cited for them.

Each number has to be in a capture of a cited source: as the file writes it, or with the scale of the table's `units`. One entry of
the lock for each table pins what the captures support, so a clone without captures can tell whether a number was changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from generator.evidence.captures.capture_store import Capture
from generator.evidence.gate import Transcript
from generator.evidence.numbers.source_lookup import SourceLookup, Supported, digest_of
from generator.model import Brief, DataTable, TableCell
from generator.problems import Code, Severity
from generator.problems.message_words import counted
from generator.syntax.amounts import find_amounts, is_in_fraction

TABLE_UNSUPPORTED = Code("table-unsupported", Severity.ERROR)
WHERE = "table"
"""What an entry of the lock has instead of a place: the numbers may be anywhere in the sources."""


def tables_cite(brief: Brief) -> frozenset[str]:
    """Return the keys of the sources cited for tables."""
    return frozenset(one.key for table in _tables(brief) if table.cite for one in table.cite.citations)


def tables_supported(lookup: SourceLookup) -> Iterator[Supported]:
    """Look for the numbers of every table and chart that is not `derived` in the sources cited for it."""
    for table in _tables(lookup.brief):
        cells = [cell for row in table.rows for cell in row if cell.number]
        if table.cite and cells and not table.derived:
            yield _look_in_sources(table, cells, lookup)


def _tables(brief: Brief) -> tuple[DataTable, ...]:
    """Return the tables of a brief and those that its charts draw."""
    return (*brief.tables, *brief.charts)


def _look_in_sources(table: DataTable, cells: list[TableCell], lookup: SourceLookup) -> Supported:
    """Look for all numbers of a table in all cited sources together."""
    assert table.cite is not None
    keys = tuple(dict.fromkeys(one.key for one in table.cite.citations))
    numbers = (
        f"{cell.number.value.normalize():f}{'%' if cell.number.percent else ''}" for cell in cells if cell.number
    )
    claim = digest_of("table", table.units, *numbers, *map(lookup.identity, keys))

    def lacking(captures: Mapping[str, Capture]) -> list[TableCell]:
        held = [(capture, lookup.language(key)) for key, capture in captures.items()]
        return [cell for cell in cells if not any(_holds(one, cell, table, language) for one, language in held)]

    def holding(captures: Mapping[str, Capture]) -> str | None:
        return None if lacking(captures) else next(iter(captures))

    result = lookup.look(keys, lambda _: claim, WHERE, holding)
    if isinstance(result, Supported):
        return result
    absent = lacking(result.present)
    first, count = absent[0], len(absent)
    what = f"{first.where and first.where + ': '}“{first.text}”"
    what += f" and {counted(count - 1, 'more number')}" if count > 1 else ""
    noun, was = ("number", "it was") if count == 1 else ("numbers", "they were")
    hint = f"correct the {noun} or the citation, or say under `derived` how {was} computed"
    return Supported(result.problem(TABLE_UNSUPPORTED, first.place, what, hint, severity=lookup.severity, count=count))


def _holds(capture: Capture, cell: TableCell, table: DataTable, language: str) -> bool:
    assert cell.number is not None
    amounts, value = _cell_amounts(capture.transcript, language), cell.number.value
    return value in amounts or value * _scale(table.units) in amounts or _stands(cell.text, capture.transcript)


def _stands(written: str, transcript: Transcript) -> bool:
    """Whether the text contains these characters with no digit before or after them; years, which are no amounts, need this."""
    found = re.finditer(rf"(?<![\w.,\-−]){re.escape(written)}(?![.,]?[0-9])", transcript.text)
    return any(not is_in_fraction(transcript.text, *match.span()) for match in found)


@lru_cache(maxsize=64)
def _cell_amounts(transcript: Transcript, language: str) -> frozenset[Decimal]:
    amounts = (one.amount for one in find_amounts(transcript.text, language=language))
    return frozenset(amount.low for amount in amounts if amount.low == amount.high)


@lru_cache(maxsize=64)
def _scale(units: str) -> Decimal:
    """Return how many ones the units count: a million in `million US dollars`, in English or as abbreviated everywhere."""
    amounts = find_amounts(f"1 {units}")
    return amounts[0].amount.low if amounts and amounts[0].start == 0 else Decimal(1)
