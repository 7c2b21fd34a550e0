"""The word lists of the wording checks, one data file a language, read and made into patterns.

Each rule in a file says where it comes from; `en.yaml` describes the form. This module knows no prose and no problem.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying that takes sides."""

    pattern: re.Pattern[str]
    """Matches the verb in one of its forms."""
    instead: str
    implies: str
    people_only: bool
    """Only a known expert's name or a pronoun before it counts, not any name."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the wording checks look for in one language. No pattern minds capitals."""

    language: str
    verbs: tuple[Verb, ...]
    pronouns: re.Pattern[str]
    """A pronoun at the end of what stands before a verb."""
    articles: re.Pattern[str]
    """A word at the end of what stands before a verb that makes a noun of it, though it may have a capital."""
    between: re.Pattern[str]
    """Words that may stand between a name and its verb, at the end of what stands before the verb."""
    before: re.Pattern[str]
    """What stands behind a verb of saying."""
    vague: tuple[re.Pattern[str], ...]
    confidence: re.Pattern[str]
    likelihood: re.Pattern[str]
    attributing: re.Pattern[str]
    """A word with which a sentence gives a number to somebody."""
    sources: Mapping[str, str]
    """Where each rule comes from, by its code."""


def words_of(language: str) -> Words | None:
    """The list for a BCP 47 tag, by its primary language; None where there is none."""
    return _read(re.split(r"[-_]", language.strip().lower())[0])


@functools.cache
def _read(language: str) -> Words | None:
    import yaml

    file = resources.files(__name__) / f"{language}.yaml"
    if not language.isalpha() or not file.is_file():
        return None
    rules = {rule["code"]: rule for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]}
    loaded, vague, mixed = rules["loaded-verb"], rules["vague-attribution"], rules["mixed-certainty"]
    return Words(
        language=language,
        verbs=tuple(_verbs(loaded["verbs"])),
        pronouns=_pattern(rf"\b{_any(loaded['pronouns'])}$"),
        articles=_pattern(rf"\b{_any(loaded['articles'])}$"),
        between=_pattern(rf"(?:\b{_any(loaded['between'])}\s+)+$"),
        before=_pattern(rf"\s+{_any(loaded['before'])}(?!\w)"),
        vague=tuple(_vague(vague)),
        confidence=_pattern(rf"\b{_any(mixed['confidence'])}\b"),
        likelihood=_pattern(rf"\b{_any(mixed['likelihood'])}\b"),
        attributing=_pattern(rf"\b{_any(rules['contested-flat']['attributing'])}\b"),
        sources={code: rule["source"] for code, rule in rules.items()},
    )


def _verbs(entries: Iterable[Mapping[str, Any]]) -> Iterator[Verb]:
    for entry in entries:
        pattern = _pattern(rf"\b{_any(entry['words'])}\b")
        yield Verb(pattern, entry["instead"], entry["implies"], entry.get("of") == "people")


def _vague(rule: Mapping[str, Any]) -> Iterator[re.Pattern[str]]:
    who, verbs = _any(rule["who"]), _any(rule["verbs"])
    which = rf"(?:{_any(rule['which'])}\s*)"
    begins = rf"(?:^\W*|[,;:(–—]\s*|\b{_any(rule['clause'])}\s+)"
    yield _pattern(rf"{begins}(?P<found>{which}?\b{who}\s+{verbs})\b")
    yield _pattern(rf"\b(?P<found>{which}\b{who}\s+{verbs})\b")
    yield _pattern(rf"\b(?P<found>{_any(rule['whole'])})(?!\w)")


def _any(phrases: Iterable[str]) -> str:
    """Longer phrases first, so that the whole of what was written is found."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in ordered) + ")"


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
