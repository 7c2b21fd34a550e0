"""Finds verbs that give words to somebody else or to nobody: *denied that*.

Somebody else is a person other than the one who is named near the words.

They are searched between the last name of the person and the words, and between the words and the next name of the person. A verb
of saying after a comma or a conjunction returns to the person: *denied the charge, and said that*. The words are data
(`generator/languages/`); those of all languages are used together.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.evidence.gate.paragraphs import plain
from generator.evidence.speakers.reported_clauses import unasserted, unasserted_after
from generator.evidence.speakers.sentence_speakers import (
    begins_clause,
    clauses_around,
    saying,
    without_adverbs,
    words_pattern,
)
from generator.languages import Reporting, together

Spans = Sequence[tuple[int, int]]
_APPOSITION = re.compile(r",[^,A-Z\u00c0-\u00de\u0410-\u042f]{1,100},")
"""`, the director,` between a name and a relative pronoun, which then means the person named."""
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s*\Z")


@dataclass(frozen=True, slots=True)
class GivenAway:
    """The words of a source that give a quotation away, and whether the person is their subject without doubt."""

    words: str
    decided: bool = False


def given_away(paragraph: str, start: int, end: int, named: Callable[[str], Spans], *, said: bool) -> GivenAway | None:
    """Return what gives the words at `start:end` of a paragraph to somebody else or to nobody; None if nothing does.

    `named` returns the spans of the person's names in a plain text; `said`: a verb of saying gives the words to the person, so that
    only a verb between it and the words is relevant.
    """
    before, after = map(plain, clauses_around(paragraph, start, end))
    return _before(before, named(before)) or _after(after, named(after), said=said)


def _before(before: str, names: Spans) -> GivenAway | None:
    """Return the verb before words that gives them to somebody else, or makes them unreal; None if there is none."""
    region = before[max((end for _, end in names), default=0) :]
    verb = next(reversed(_verbs(region)), None)
    if verb is not None and not _returns(region[verb.end() :]):
        adjacent = bool(names) and not without_adverbs(region[: verb.start()]).strip()
        rest = region[verb.end() :]
        return GivenAway(verb[0], decided=adjacent and saying().search(rest) is None)
    said = next(reversed([*saying().finditer(before, len(before) - len(region))]), None)
    if said is None:
        return None
    unreal = unasserted(before, said)
    if unreal or not names:
        return GivenAway(unreal) if unreal else None
    lead = without_adverbs(before[len(before) - len(region) : said.start()]).rstrip()
    relative = _relative().search(lead)
    between = lead[: relative.start()].strip() if relative is not None else ""
    if relative is None or between in ("", ",") or _APPOSITION.fullmatch(between):
        return None
    return GivenAway(f"{relative[0]} {said[0]}")


def _after(after: str, names: Spans, *, said: bool) -> GivenAway | None:
    """Return what gives the words away behind them; `said`: a verb of saying gives them to the person."""
    verb = saying().search(after)
    unreal = unasserted_after(after, verb) if verb and names else ""
    if unreal:
        return GivenAway(unreal)
    return _named_after(after, names) if names and not said else None


def _named_after(after: str, names: Spans) -> GivenAway | None:
    start, end = min(names)
    said = saying().search(after[:start])
    for verb in _giving_away().finditer(after):
        is_near = verb.start() < start or not without_adverbs(after[end : verb.start()]).strip()
        if is_near and (said is None or said.start() > verb.start()):
            return GivenAway(verb[0])
    return None


def _returns(rest: str) -> bool:
    """Whether a later verb of saying has the subject of the first verb."""
    found = (begins_clause(without_adverbs(rest[: match.start()])) for match in saying().finditer(rest))
    return any(found) or _participle().search(rest) is not None


def _verbs(text: str) -> list[re.Match[str]]:
    """Return the active verbs that give words away: not *was quoted* or *the disputed report*."""
    return [match for match in _giving_away().finditer(text) if not _is_passive(text[: match.start()])]


def _is_passive(before: str) -> bool:
    word = _WORD_BEFORE.search(without_adverbs(before))
    return word is not None and word[1].casefold() in together(Reporting).passive


@functools.cache
def _giving_away() -> re.Pattern[str]:
    return words_pattern(together(Reporting).others)


@functools.cache
def _relative() -> re.Pattern[str]:
    return re.compile(rf"{words_pattern(together(Reporting).relative).pattern}\Z")


@functools.cache
def _participle() -> re.Pattern[str]:
    return re.compile(rf",\s+{words_pattern(together(Reporting).participles).pattern}")
