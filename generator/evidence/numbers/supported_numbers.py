"""Whether the numbers that an editor writes in cited prose are in the sources cited for them.

These are amounts in digits, and years. Days of a month, numberings, names such as H800 and numbers in words are not compared. The source
may write a whole number in words, and may have the number in its title or date. A number of a fact that the sentence refers to, or
is part of, is checked there. The lock pins supported numbers, as it pins amounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from generator.evidence.captures.capture_store import Capture
from generator.evidence.claims import own_citations
from generator.evidence.gate import Transcript
from generator.evidence.numbers.source_lookup import SourceLookup, Supported, digest_of
from generator.evidence.numbers.supported_amounts import holds, measured_units, same_number
from generator.languages.locales import spelled_out
from generator.model import Amount, Citation, Fact, Line, Prose
from generator.model.walk import parts
from generator.problems import Code, Severity
from generator.syntax.amounts import find_amounts, find_years
from generator.syntax.markdown.editors_words import Sentence, sentences_of
from generator.syntax.numerals import european_digits

NUMBER_UNSUPPORTED = Code("number-unsupported", Severity.WARNING, rests_on=("language", "/house.language"))
WHERE = "number"
"""What an entry of the lock has instead of a place: a number may be anywhere in its source."""
_MOST_SPELLED = 10**12
"""The largest number that is looked for in words."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """Prose with the citations of the record that it is in, and the fact that it is part of."""

    prose: Prose
    citations: tuple[Citation, ...]
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in a sentence, by its place in it; `amount` is None for a year."""

    written: str
    start: int
    end: int
    amount: Amount | None

    @property
    def form(self) -> str:
        """What is compared, as text. Other words than those of measured units behind a number do not belong to it."""
        if self.amount is None:
            return self.written
        amount = self.amount
        unit = amount.unit if amount.unit in measured_units() else ""
        return f"{amount.low.normalize():f} {amount.high.normalize():f} {amount.qualifier} {unit}"


def numbers_supported(lookup: SourceLookup, records: Iterable[object]) -> Iterator[Supported]:
    """Look for every number in the cited prose of some records in the sources cited for it. The same number is pinned once."""
    entries = set()
    for cited in (one for record in records for one in _cited_prose(record)):
        for sentence in sentences_of(cited.prose):
            for result in _of_sentence(sentence, cited, lookup):
                if result.entry is None or result.entry not in entries:
                    yield result
                    entries.add(result.entry)


def _of_sentence(sentence: Sentence, cited: _Cited, lookup: SourceLookup) -> Iterator[Supported]:
    """Look for the numbers of a sentence, except those that the facts give that it refers to or is part of."""
    named = {name for name, _ in sentence.facts()}
    facts = [fact for fact in lookup.brief.facts if fact.id in named]
    keys = _keys(sentence, cited, facts)
    given = _values([*facts, cited.fact] if cited.fact else facts)
    for number in _numbers(sentence, lookup.brief.language) if keys else ():
        if number.amount is None or not {number.amount.low, number.amount.high} <= given:
            yield _look(number, sentence, keys, lookup)


def keys_of_numbers(record: object) -> frozenset[str]:
    """Return the keys of the sources that are cited in the prose of a record, or for it."""
    prose = (cited for cited in _cited_prose(record) if re.search(r"\d", cited.prose.text.value))
    groups = (
        (*one.citations, *(own for group in one.prose.citation_groups for own in group.citations)) for one in prose
    )
    return frozenset(citation.key for group in groups for citation in group)


def _cited_prose(record: object, cited: tuple[Citation, ...] = (), fact: Fact | None = None) -> Iterator[_Cited]:
    cited = own_citations(record) or cited
    fact = record if isinstance(record, Fact) else fact
    if isinstance(record, Prose):
        yield _Cited(record, cited, fact)
    elif not isinstance(record, Line):
        for part in parts(record):
            yield from _cited_prose(part, cited, fact)


def _keys(sentence: Sentence, cited: _Cited, facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return the sources of a sentence: those cited in it, for its record and for facts that it refers to, or those of its text."""
    near = [citation for group in sentence.citations() for citation in group]
    near += [citation for fact in facts for citation in own_citations(fact)]
    if not near:
        near = [citation for group in cited.prose.citation_groups for citation in group.citations]
    return tuple(dict.fromkeys(citation.key for citation in (*near, *cited.citations)))


def _values(facts: Iterable[Fact]) -> frozenset[Decimal]:
    amounts = (figure.amount for fact in facts for figure in fact.figures)
    return frozenset(value for amount in amounts for value in (amount.low, amount.high))


def _numbers(sentence: Sentence, language: str) -> Iterator[_Number]:
    amounts = find_amounts(sentence.words, language=language)
    for found in amounts:
        yield _Number(sentence.words[found.start : found.end], found.start, found.end, found.amount)
    for start, end in find_years(sentence.words, amounts):
        yield _Number(sentence.words[start:end], start, end, None)


def _look(number: _Number, sentence: Sentence, keys: tuple[str, ...], lookup: SourceLookup) -> Supported:
    def digest(key: str) -> str:
        return digest_of("number", number.form, lookup.identity(key))

    def holding(captures: Mapping[str, Capture]) -> str | None:
        return next((key for key, capture in captures.items() if _holds(capture, key, number, lookup)), None)

    result = lookup.look(keys, digest, WHERE, holding)
    if isinstance(result, Supported):
        return result
    hint = "correct the number or the citation; if you computed it, refer to a fact that says so in `derived`, or accept it in `silence`"
    problem = result.problem(NUMBER_UNSUPPORTED, sentence.place(number.start, number.end), f"“{number.written}”", hint)
    near = same_number(number.amount, result, lookup) if number.amount else ""
    return Supported(replace(problem, message=f"{problem.message}; the source has “{near}”") if near else problem)


def _holds(capture: Capture, key: str, number: _Number, lookup: SourceLookup) -> bool:
    """Whether a source has a number: as an amount, in words, as digits if it is a year, or in its title or date."""
    language, amount = lookup.language(key), number.amount
    if amount is None:
        year = european_digits(number.written)
        return year in _digit_runs(capture.transcript.text) or year in _digit_runs(lookup.dated(key))
    if holds(capture, amount, lookup.brief.language, language):
        return True
    whole = int(amount.low)
    if amount.qualifier or not whole == amount.low == amount.high or whole > _MOST_SPELLED:
        return False
    return _has(_folded(capture.transcript), spelled_out(whole, language)) or str(whole) in _digit_runs(
        lookup.dated(key)
    )


def _has(text: str, words: str) -> bool:
    return words in text and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


@lru_cache(maxsize=64)
def _digit_runs(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", european_digits(text)))


@lru_cache(maxsize=64)
def _folded(transcript: Transcript) -> str:
    return " ".join(transcript.text.casefold().split())
