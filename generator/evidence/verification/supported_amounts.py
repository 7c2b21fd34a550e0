"""Whether a fact's amounts stand in the sources cited for them.

An amount is supported if a capture of a cited source holds the same number with a qualifier and a unit that do not contradict
it. What the captures support is pinned in the lock, so that a clone without captures can tell whether an amount was
changed. Amounts are read in the source's `language`, or the brief's where the source states none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.evidence.capture_lock import Entry, Lock
from generator.evidence.captures.capture_store import Capture, Captures
from generator.evidence.gate import Transcript
from generator.evidence.verification.claims import identity
from generator.model import Amount, Brief, Citation, Fact, Figure, Library, Status
from generator.problems import Code, Problem, Severity
from generator.syntax.amounts import FoundAmount, find_amounts
from generator.syntax.numerals import CURRENCIES

AMOUNT_UNSUPPORTED = Code("amount-unsupported", Severity.ERROR, rests_on=("language", "/house.language"))
CODES = (AMOUNT_UNSUPPORTED,)

WHERE = "amount"
"""What an entry of the lock says instead of a place: an amount may stand anywhere in its source."""


@dataclass(frozen=True, slots=True)
class Supported:
    """What is known of one amount: a problem, or the entry that pins it; `pinned` is the lock's own entry."""

    problem: Problem | None = None
    entry: Entry | None = None
    pinned: Entry | None = None


def supported(brief: Brief, library: Library, captures: Captures, lock: Lock) -> Iterator[Supported]:
    """Look for every amount of a brief that is not `derived` in the sources cited for it."""
    for fact in brief.facts:
        for figure in fact.figures:
            cited = _citations(figure, fact)
            if cited and not figure.derived:
                yield _look(figure, cited, brief, library, captures, lock)


def figures_cite(brief: Brief) -> frozenset[str]:
    """The keys of the sources cited for figures."""
    return frozenset(one.key for fact in brief.facts for figure in fact.figures for one in _citations(figure, fact))


def _citations(figure: Figure, fact: Fact) -> tuple[Citation, ...]:
    group = figure.cite or fact.cite
    return group.citations if group else ()


def _look(
    figure: Figure, cited: tuple[Citation, ...], brief: Brief, library: Library, captures: Captures, lock: Lock
) -> Supported:
    read = {citation.key: captures.get(citation.key) for citation in cited}
    pins = {key: lock.find(key, _digest(figure.amount, key, library)) for key in read}
    for key, capture in read.items():
        if isinstance(capture, Capture) and _holds(capture, figure.amount, _language(key, brief, library)):
            text, original = capture.sha256, capture.original_sha256
            entry = Entry(key, _digest(figure.amount, key, library), text, original, capture.captured, WHERE)
            return Supported(entry=entry, pinned=pins[key])
    missing = [key for key, capture in read.items() if not isinstance(capture, Capture)]
    pinned = next((pins[key] for key in missing if pins[key] is not None), None)
    if pinned is not None:
        return Supported(entry=pinned, pinned=pinned)
    if missing and lock.sources.isdisjoint(missing):
        return Supported()  # nothing was ever captured of the source, or the lock is not believed and says so itself
    return Supported(_unsupported(figure, tuple(read), missing, published=brief.status is Status.PUBLISHED))


def _unsupported(figure: Figure, keys: tuple[str, ...], missing: list[str], *, published: bool) -> Problem:
    severity = Severity.ERROR if published else Severity.WARNING
    if missing:
        message = f"“{figure.amount.written}” cannot be checked: the lock does not know it, and {missing[0]} is not captured here"
        return AMOUNT_UNSUPPORTED.at(
            figure.place, message, "run `brief lock` where the captures are", severity=severity
        )
    message = f"“{figure.amount.written}” does not stand in {', '.join(keys)}"
    hint = "correct the amount or the citation, or say under `derived` how it was computed"
    return AMOUNT_UNSUPPORTED.at(figure.place, message, hint, severity=severity)


def _language(key: str, brief: Brief, library: Library) -> str:
    source = library.sources.get(key)
    return str(source.csl.get("language") or brief.language) if source else brief.language


def _holds(capture: Capture, amount: Amount, language: str) -> bool:
    return any(_same(found.amount, amount) for found in _amounts(capture.transcript, language))


@lru_cache(maxsize=64)
def _amounts(transcript: Transcript, language: str) -> tuple[FoundAmount, ...]:
    return find_amounts(transcript.text, language=language)


def _same(found: Amount, amount: Amount) -> bool:
    """The same number; an editor may add *about*, and nothing else."""
    if (found.low, found.high) != (amount.low, amount.high):
        return False
    if found.qualifier != amount.qualifier and (found.qualifier, amount.qualifier) != ("", "about"):
        return False
    measured = CURRENCIES | {"%"}
    return found.unit == amount.unit or not {found.unit, amount.unit} <= measured


def _digest(amount: Amount, key: str, library: Library) -> str:
    number = f"{amount.low.normalize():f} {amount.high.normalize():f} {amount.qualifier} {amount.unit}"
    return hashlib.sha256("\x1f".join(("amount", number, identity(library.sources.get(key)))).encode()).hexdigest()
