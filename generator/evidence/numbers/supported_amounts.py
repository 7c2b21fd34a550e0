"""Whether the amounts of facts are in the sources cited for them.

An amount is supported if a capture of a cited source contains the same number with a qualifier and a unit that do not
contradict it. The lock pins supported amounts, so a clone without captures can tell whether an amount was changed. Amounts are
read in the `language` of the source, or of the brief if the source states none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from generator.evidence.captures.capture_store import Capture
from generator.evidence.gate import Transcript
from generator.evidence.gate.unit_symbols import SYMBOLS
from generator.evidence.numbers.measures import other_measure
from generator.evidence.numbers.source_lookup import SourceLookup, Supported, Unsupported, digest_of
from generator.model import Amount, Brief, Citation, Fact, Figure
from generator.problems import Code, Severity
from generator.syntax.amounts import FoundAmount, find_amounts
from generator.syntax.numerals import currencies

AMOUNT_UNSUPPORTED = Code("amount-unsupported", Severity.ERROR, rests_on=("amount", "language", "/house.language"))
WHERE = "amount"
"""What an entry of the lock has instead of a place: an amount may be anywhere in its source."""


def amounts_supported(lookup: SourceLookup) -> Iterator[Supported]:
    """Look for every amount of a brief that is not `derived` in the sources cited for it."""
    for fact in lookup.brief.facts:
        for figure in fact.figures:
            cited = _citations(figure, fact)
            if cited and not figure.derived:
                yield _look(figure, cited, lookup)


def figures_cite(brief: Brief) -> frozenset[str]:
    """Return the keys of the sources cited for figures."""
    return frozenset(one.key for fact in brief.facts for figure in fact.figures for one in _citations(figure, fact))


def _citations(figure: Figure, fact: Fact) -> tuple[Citation, ...]:
    group = figure.cite or fact.cite
    return group.citations if group else ()


def _look(figure: Figure, cited: tuple[Citation, ...], lookup: SourceLookup) -> Supported:
    keys = tuple(dict.fromkeys(citation.key for citation in cited))
    result = _look_for(figure.amount, keys, lookup)
    if isinstance(result, Supported):
        return result
    hint = "correct the number or the citation, or say under `derived` how it was computed"
    near = same_number(figure.amount, result, lookup)
    problem = result.problem(
        AMOUNT_UNSUPPORTED,
        figure.place,
        f"“{figure.amount.written}”",
        f"if that is the amount, write it as there; otherwise {hint}" if near else hint,
        severity=lookup.severity,
    )
    return Supported(replace(problem, message=f"{problem.message}; the source has “{near}”") if near else problem)


def _look_for(amount: Amount, keys: tuple[str, ...], lookup: SourceLookup) -> Supported | Unsupported:

    def digest(key: str) -> str:
        number = f"{amount.low.normalize():f} {amount.high.normalize():f} {amount.qualifier} {amount.unit}"
        return digest_of("amount", number, lookup.identity(key))

    def holding(captures: Mapping[str, Capture]) -> str | None:
        own = lookup.brief.language
        return next((key for key, one in captures.items() if holds(one, amount, own, lookup.language(key))), None)

    return lookup.look(keys, digest, WHERE, holding)


def same_number(amount: Amount, unsupported: Unsupported, lookup: SourceLookup) -> str:
    """Return an amount with the same number but other words or units, as a source has it; "" for none, or if a capture is missing."""
    for key, capture in unsupported.present.items() if not unsupported.missing else ():
        for one in _mentions(amount, capture, lookup.language(key)):
            return " ".join(capture.transcript.text[one.start : one.end].split())
    return ""


def holds(capture: Capture, amount: Amount, own: str, language: str) -> bool:
    """Whether a capture in `language` contains an amount of a brief in the language `own`."""
    text = capture.transcript.text
    mentions = (
        one
        for one in _mentions(amount, capture, language)
        if _same(one.amount, amount) and not other_measure(one.amount.unit, language, amount.unit, own)
    )
    return any(amount.low < 0 or not _NEGATIVE.search(text[max(0, one.start - 10) : one.start]) for one in mentions)


def _mentions(amount: Amount, capture: Capture, language: str) -> Sequence[FoundAmount]:
    """Return the amounts of a capture with the same number."""
    return _by_number(capture.transcript, language).get((amount.low, amount.high), ())


@lru_cache(maxsize=64)
def _by_number(transcript: Transcript, language: str) -> Mapping[tuple[Decimal, Decimal], list[FoundAmount]]:
    """Group the amounts of a text by number, so that the time for many amounts does not grow with the length of the text."""
    mentions: dict[tuple[Decimal, Decimal], list[FoundAmount]] = defaultdict(list)
    for one in find_amounts(transcript.text, language=language):
        mentions[one.amount.low, one.amount.high].append(one)
    return dict(mentions)


def _same(in_source: Amount, amount: Amount) -> bool:
    """Whether two amounts of the same number do not contradict each other; an editor may add *about*, and nothing else."""
    if in_source.qualifier != amount.qualifier and (in_source.qualifier, amount.qualifier) != ("", "about"):
        return False
    return in_source.unit == amount.unit or not _differ(in_source.unit, amount.unit)


_SHARES = frozenset({"%", "\u2030", "percentage points", "basis points"})


def measured_units() -> frozenset[str]:
    """Return the units of which no two are the same: currencies and shares."""
    return currencies() | _SHARES


def _differ(one: str, other: str) -> bool:
    """Whether two units are of different things: two currencies or shares, or two symbols such as `km` and `kg`."""
    measured = measured_units()
    symbols = [unit.partition(" ")[0] for unit in (one, other)]
    return {one, other} <= measured or (SYMBOLS.issuperset(symbols) and symbols[0] != symbols[1])


_NEGATIVE = re.compile(
    r"(?:(?<![\w)\]])[-\u2212]|\b(?:minus|negative) )(?:[A-Z]{0,3}[$\u20ac\xa3\xa5])?\Z", re.IGNORECASE
)
"""What makes the amount after it negative, if the amount was read without its sign."""
