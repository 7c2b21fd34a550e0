"""The patterns of the wording checks, made from the words of a language."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.languages import language as language_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.languages import LoadedVerb, VagueAttributions


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying that takes sides."""

    pattern: re.Pattern[str]
    """Matches the verb in one of its forms."""
    instead: str
    implies: str
    people_only: bool
    """Whether only a known expert's name or a pronoun before it counts, not any name."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the wording checks look for in one language. No pattern is case-sensitive."""

    verbs: tuple[Verb, ...]
    pronouns: re.Pattern[str]
    """A pronoun at the end of the text before a verb."""
    articles: re.Pattern[str]
    """A word at the end of the text before a verb that makes a noun of it, although it may be capitalised."""
    between: re.Pattern[str]
    """Words that may be between a name and its verb, at the end of the text before the verb."""
    before: re.Pattern[str]
    """What follows a verb of saying."""
    vague: tuple[re.Pattern[str], ...]
    confidence: re.Pattern[str]
    likelihood: re.Pattern[str]
    attributing: re.Pattern[str]
    """A word with which a sentence attributes a number to somebody."""


@functools.lru_cache(maxsize=16)
def words_of(language: str) -> Words | None:
    """Return the patterns for a BCP 47 tag; None if nothing is known."""
    wording = language_of(language).wording
    if wording is None:
        return None
    loaded, mixed = wording.loaded_verb, wording.mixed_certainty
    return Words(
        verbs=tuple(map(_verb, loaded.verbs)),
        pronouns=_pattern(rf"\b{_any(loaded.pronouns)}$"),
        articles=_pattern(rf"\b{_any(loaded.articles)}$"),
        between=_pattern(rf"(?:\b{_any(loaded.between)}\s+)+$"),
        before=_pattern(rf"\s+{_any(loaded.before)}(?!\w)"),
        vague=tuple(_vague(wording.vague_attribution)),
        confidence=_pattern(rf"\b{_any(mixed.confidence)}\b"),
        likelihood=_pattern(rf"\b{_any(mixed.likelihood)}\b"),
        attributing=_pattern(rf"\b{_any(wording.contested_flat.words)}\b"),
    )


def _verb(verb: LoadedVerb) -> Verb:
    return Verb(_pattern(rf"\b{_any(verb.words)}\b"), verb.instead, verb.implies, verb.of == "people")


def _vague(rule: VagueAttributions) -> Iterator[re.Pattern[str]]:
    who, verbs = _any(rule.who), _any(rule.verbs)
    which = rf"(?:{_any(rule.which)}\s*)"
    begins = rf"(?:^\W*|[,;:(–—]\s*|\b{_any(rule.clause)}\s+)"
    yield _pattern(rf"{begins}(?P<phrase>{which}?\b{who}\s+{verbs})\b")
    yield _pattern(rf"\b(?P<phrase>{which}\b{who}\s+{verbs})\b")
    yield _pattern(rf"\b(?P<phrase>{_any(rule.whole)})(?!\w)")


def _any(phrases: Iterable[str]) -> str:
    """Join phrases, longer ones first, so that the whole of what was written is matched."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in ordered) + ")"


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
