"""Checks of the head of the page: the answer comes first and has support, key figures are few."""

from __future__ import annotations

from collections.abc import Iterator

from generator.evidence.checks.subject import Subject
from generator.model import Fact, Status
from generator.model.walk import cells
from generator.problems import Code, Problem, Severity
from generator.problems.message_words import counted

MOST_WORDS = 50
"""Words; a longer answer cannot be read at a glance."""
ANSWER_MISSING = Code("answer-missing", Severity.WARNING, rests_on=("answer",))
ANSWER_UNSUPPORTED = Code("answer-unsupported", Severity.ERROR, rests_on=("answer",))
ANSWER_LONG = Code("answer-long", Severity.WARNING)


def check_answer(subject: Subject) -> Iterator[Problem]:
    """Yield `answer-missing`, `answer-unsupported` and `answer-long`."""
    brief = subject.brief
    if not brief.answer:
        if brief.status is Status.PUBLISHED:
            hint = "give the result of the brief in one sentence, in `answer`"
            yield ANSWER_MISSING.at(brief.title.place, "the brief has no answer under its title", hint)
        return
    if not (brief.answer.citation_groups or brief.answer.facts or any(cells(brief))):
        hint = "cite a source with `[@key]` or refer to a fact with `[#id]`"
        yield ANSWER_UNSUPPORTED.at(
            brief.answer.text.place, "the answer has no source, fact or position to support it", hint
        )
    words = len(brief.answer.plain.split())
    if words > MOST_WORDS:
        message = f"the answer has {counted(words, 'word')}; it should be one sentence"
        yield ANSWER_LONG.at(brief.answer.text.place, message, "move the rest to `summary`")


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
