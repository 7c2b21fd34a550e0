"""Whether the amounts of facts and the numbers of tables are in the sources cited for them.

An amount is supported if a capture of a cited source contains the same number with a qualifier and a unit that do not
contradict it. The lock pins supported amounts, so a clone without captures can tell whether an amount was changed. Amounts are
read in the `language` of the source, or of the brief if the source states none.

Each number has to be in a capture of a cited source: as the file writes it, or with the scale of the table's `units`. One entry of
the lock for each table pins what the captures support, so a clone without captures can tell whether a number was changed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from generator.evidence.capture_lock import Lock, LockEntry
from generator.evidence.captures.capture_store import Capture, Captures
from generator.evidence.gate import Transcript
from generator.evidence.gate.unit_symbols import SYMBOLS
from generator.evidence.verification.claims import identity
from generator.evidence.verification.measures import other_measure
from generator.model import Amount, Brief, Citation, DataTable, Fact, Figure, Library, Status, TableCell
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import counted
from generator.syntax.amounts import FoundAmount, find_amounts, is_in_fraction
from generator.syntax.numerals import currencies

AMOUNT_UNSUPPORTED = Code("amount-unsupported", Severity.ERROR, rests_on=("amount", "language", "/house.language"))
TABLE_UNSUPPORTED = Code("table-unsupported", Severity.ERROR)
WHERE, WHERE_IN_TABLE = "amount", "table"
"""What an entry of the lock has instead of a place: an amount may be anywhere in its source."""


@dataclass(frozen=True, slots=True)
class Supported:
    """The result for one amount: a problem, or the entry that pins it; `pinned` is the lock's own entry."""

    problem: Problem | None = None
    entry: LockEntry | None = None
    pinned: LockEntry | None = None


def supported(brief: Brief, library: Library, captures: Captures, lock: Lock) -> Iterator[Supported]:
    """Look for every amount of a brief that is not `derived` in the sources cited for it."""
    for fact in brief.facts:
        for figure in fact.figures:
            cited = _citations(figure, fact)
            if cited and not figure.derived:
                yield _look(figure, cited, brief, library, captures, lock)


def figures_cite(brief: Brief) -> frozenset[str]:
    """Return the keys of the sources cited for figures."""
    return frozenset(one.key for fact in brief.facts for figure in fact.figures for one in _citations(figure, fact))


def _citations(figure: Figure, fact: Fact) -> tuple[Citation, ...]:
    group = figure.cite or fact.cite
    return group.citations if group else ()


def _look(
    figure: Figure, cited: tuple[Citation, ...], brief: Brief, library: Library, captures: Captures, lock: Lock
) -> Supported:
    """Look for an amount in the cited sources, then in the lock for those without a capture."""
    read = {citation.key: captures.get(citation.key) for citation in cited}
    pins = {key: lock.find(key, _digest(figure.amount, key, library)) for key in read}
    for key, capture in read.items():
        if isinstance(capture, Capture) and _holds(
            capture, figure.amount, brief.language, _language(key, brief, library)
        ):
            text, original = capture.sha256, capture.original_sha256
            entry = LockEntry(key, _digest(figure.amount, key, library), text, original, capture.captured, WHERE)
            return Supported(entry=entry, pinned=pins[key])
    missing = [key for key, capture in read.items() if not isinstance(capture, Capture)]
    pinned = next((pins[key] for key in missing if pins[key] is not None), None)
    if pinned is not None:
        return Supported(entry=pinned, pinned=pinned)
    if missing and lock.sources.isdisjoint(missing):
        return Supported()  # the source was never captured, or the damaged lock has its own problem
    what = f"“{figure.amount.written}”"
    problem = _unsupported(AMOUNT_UNSUPPORTED, figure.place, what, 1, tuple(read), missing, brief)
    present = {key: capture for key, capture in read.items() if isinstance(capture, Capture)}
    near = "" if missing else _same_number(figure.amount, present, brief, library)
    if near:
        hint = f"if that is the amount, write it as there; otherwise {problem.hint}"
        problem = replace(problem, message=f"{problem.message}; the source has “{near}”", hint=hint)
    return Supported(problem)


def _unsupported(
    code: Code, place: Location, what: str, count: int, keys: tuple[str, ...], missing: list[str], brief: Brief
) -> Problem:
    """Return the problem of numbers that are not in the sources `keys`; those in `missing` have no capture here."""
    severity = Severity.ERROR if brief.status is Status.PUBLISHED else Severity.WARNING
    it, is_, was = ("it", "is", "it was") if count == 1 else ("them", "are", "they were")
    if missing:
        message = (
            f"{what} cannot be checked: the lock does not contain {it}, and there is no capture of {missing[0]} here"
        )
        return code.at(place, message, "run `brief lock` on a machine with the captures", severity=severity)
    numbers = "number" if count == 1 else "numbers"
    hint = f"correct the {numbers} or the citation, or say under `derived` how {was} computed"
    return code.at(place, f"{what} {is_} not in {', '.join(keys)}", hint, severity=severity)


def _language(key: str, brief: Brief, library: Library) -> str:
    source = library.sources.get(key)
    return str(source.csl.get("language") or brief.language) if source else brief.language


def _holds(capture: Capture, amount: Amount, own: str, language: str) -> bool:
    """Whether a capture in `language` contains an amount of a brief in the language `own`."""
    text = capture.transcript.text
    mentions = (
        one
        for one in _amounts(capture.transcript, language)
        if _same(one.amount, amount) and not other_measure(one.amount.unit, language, amount.unit, own)
    )
    return any(amount.low < 0 or not _NEGATIVE.search(text[max(0, one.start - 10) : one.start]) for one in mentions)


@lru_cache(maxsize=64)
def _amounts(transcript: Transcript, language: str) -> tuple[FoundAmount, ...]:
    return find_amounts(transcript.text, language=language)


def _same_number(amount: Amount, captures: Mapping[str, Capture], brief: Brief, library: Library) -> str:
    """Return an amount of the captures with the same number but other words or units, as it is written there; "" for none."""
    for key, capture in captures.items():
        for one in _amounts(capture.transcript, _language(key, brief, library)):
            if (one.amount.low, one.amount.high) == (amount.low, amount.high):
                return " ".join(capture.transcript.text[one.start : one.end].split())
    return ""


def _same(in_source: Amount, amount: Amount) -> bool:
    """Whether two amounts are the same number; an editor may add *about*, and nothing else."""
    if (in_source.low, in_source.high) != (amount.low, amount.high):
        return False
    if in_source.qualifier != amount.qualifier and (in_source.qualifier, amount.qualifier) != ("", "about"):
        return False
    return in_source.unit == amount.unit or not _differ(in_source.unit, amount.unit)


_SHARES = frozenset({"%", "\u2030", "percentage points", "basis points"})


def _differ(one: str, other: str) -> bool:
    """Whether two units are of different things: two currencies or shares, or two symbols such as `km` and `kg`."""
    measured = currencies() | _SHARES
    symbols = [unit.partition(" ")[0] for unit in (one, other)]
    return {one, other} <= measured or (SYMBOLS.issuperset(symbols) and symbols[0] != symbols[1])


_NEGATIVE = re.compile(
    r"(?:(?<![\w)\]])[-\u2212]|\b(?:minus|negative) )(?:[A-Z]{0,3}[$\u20ac\xa3\xa5])?\Z", re.IGNORECASE
)
"""What makes the amount after it negative, if the amount was read without its sign."""


def _digest(amount: Amount, key: str, library: Library) -> str:
    number = f"{amount.low.normalize():f} {amount.high.normalize():f} {amount.qualifier} {amount.unit}"
    return hashlib.sha256("\x1f".join(("amount", number, identity(library.sources.get(key)))).encode()).hexdigest()


def tables_cite(brief: Brief) -> frozenset[str]:
    """Return the keys of the sources cited for tables."""
    return frozenset(one.key for table in _tables(brief) if table.cite for one in table.cite.citations)


def tables_supported(brief: Brief, library: Library, captures: Captures, lock: Lock) -> Iterator[Supported]:
    """Look for the numbers of every table and chart that is not `derived` in the sources cited for it."""
    for table in _tables(brief):
        cells = [cell for row in table.rows for cell in row if cell.number]
        if table.cite and cells and not table.derived:
            yield _look_for_number(table, cells, brief, library, captures, lock)


def _tables(brief: Brief) -> tuple[DataTable, ...]:
    """Return the tables of a brief and those that its charts draw."""
    return (*brief.tables, *brief.charts)


def _look_for_number(
    table: DataTable, cells: list[TableCell], brief: Brief, library: Library, captures: Captures, lock: Lock
) -> Supported:
    """Look for all numbers of a table in the cited sources, then in the lock if a capture is missing."""
    assert table.cite is not None
    keys = tuple(dict.fromkeys(one.key for one in table.cite.citations))
    read = {key: captures.get(key) for key in keys}
    present = {key: capture for key, capture in read.items() if isinstance(capture, Capture)}
    claim = _table_digest(table, cells, keys, library)
    pins = {key: lock.find(key, claim) for key in keys}
    lacking = [
        cell
        for cell in cells
        if not any(_holds_number(one, cell, table, _language(key, brief, library)) for key, one in present.items())
    ]
    if not lacking:
        key, capture = next(iter(present.items()))
        text, original = capture.sha256, capture.original_sha256
        entry = LockEntry(key, claim, text, original, capture.captured, WHERE_IN_TABLE)
        return Supported(entry=entry, pinned=pins[key])
    missing = [key for key in keys if key not in present]
    pinned = next((pin for pin in pins.values() if pin is not None), None)
    if missing and pinned is not None:
        return Supported(entry=pinned, pinned=pinned)
    if missing and lock.sources.isdisjoint(missing):
        return Supported()  # the source was never captured, or the damaged lock has its own problem
    first = lacking[0]
    what = f"{first.where and first.where + ': '}“{first.text}”"
    what += f" and {counted(len(lacking) - 1, 'more number')}" if len(lacking) > 1 else ""
    return Supported(_unsupported(TABLE_UNSUPPORTED, first.place, what, len(lacking), keys, missing, brief))


def _holds_number(capture: Capture, cell: TableCell, table: DataTable, language: str) -> bool:
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


def _table_digest(table: DataTable, cells: list[TableCell], keys: tuple[str, ...], library: Library) -> str:
    numbers = (
        f"{cell.number.value.normalize():f}{'%' if cell.number.percent else ''}" for cell in cells if cell.number
    )
    sources = (identity(library.sources.get(key)) for key in keys)
    return hashlib.sha256("\x1f".join(("table", table.units, *numbers, *sources)).encode()).hexdigest()
