"""Whether the key figures at the head of the page are few, and say no more than their facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Code, Problem, Severity
from generator.problems.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject
    from generator.model import Fact

MOST_KEY_FACTS = 3

KEY_HEADLINE = Code("key-headline", Severity.ERROR, rests_on=("headline", "figures.amount", "key"))
KEY_FACTS_MANY = Code("key-facts-many", Severity.WARNING)

_NAMES = {"claim": "claim", "short": "short claim"}


def check_key_facts(subject: Subject) -> Iterator[Problem]:
    """Yield `key-headline` and `key-facts-many`."""
    for fact in subject.brief.facts:
        yield from _headline(fact)
    chosen = [fact for fact in subject.brief.facts if fact.key]
    if len(chosen) > MOST_KEY_FACTS:
        message = f"{counted(len(chosen), 'fact')} are key figures; readers notice {MOST_KEY_FACTS}"
        yield KEY_FACTS_MANY.at(
            chosen[MOST_KEY_FACTS].place, message, "keep `key` for the two or three that matter most"
        )


def _headline(fact: Fact) -> Iterator[Problem]:
    if fact.key and not fact.headline and not fact.figures:
        hint = "add `headline` with words of the claim"
        yield KEY_HEADLINE.at(fact.place, f"the key figure “{fact.id}” has neither amounts nor a headline", hint)
    for name, prose in (("claim", fact.claim), ("short", fact.short)):
        if fact.headline and prose and _folded(fact.headline.value) not in _folded(prose.plain):
            message = f"the {_NAMES[name]} of “{fact.id}” does not contain “{fact.headline.value.strip()}”"
            yield KEY_HEADLINE.at(fact.headline.place, message, f"use words of `{name}` exactly as written")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
