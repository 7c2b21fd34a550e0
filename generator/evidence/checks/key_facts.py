"""Whether the key figures at the head of the page are few, and say no more than their facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.counts import counted
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject
    from generator.model import Fact

_MOST = 3

KEY_HEADLINE = Code(
    "key-headline",
    Severity.ERROR,
    "a key figure has nothing to show, or shows what its fact does not say",
    "A key figure shows the amounts of its fact. A fact without amounts names in `headline` the words that are to be shown; they stand"
    " in its `claim` as they are, so that nothing is printed large that is not cited.",
    wrong='facts:\n  - {id: h800, claim: Exports were allowed until late 2023., key: true, cite: "@talk"}',
    right='facts:\n  - {id: h800, claim: Exports were allowed until late 2023., key: true, headline: late 2023, cite: "@talk"}',
    rests_on=("headline", "figures.amount", "key"),
)
KEY_FACTS_MANY = Code(
    "key-facts-many",
    Severity.WARNING,
    f"more than {_MOST} facts are key figures",
    "Key figures are what a reader should keep from the brief. Two or three are read; more are not, and crowd the first page.",
    wrong="facts:\n"
    + "".join(
        f'  - {{id: f{n}, claim: It cost {n}., key: true, headline: cost {n}, cite: "@talk"}}\n' for n in range(1, 5)
    ),
    right='facts:\n  - {id: f1, claim: It cost 1., key: true, headline: cost 1, cite: "@talk"}',
)


def check_key_facts(subject: Subject) -> Iterator[Problem]:
    """`key-headline` and `key-facts-many`."""
    for fact in subject.brief.facts:
        yield from _headline(fact)
    chosen = [fact for fact in subject.brief.facts if fact.key]
    if len(chosen) > _MOST:
        message = f"{counted(len(chosen), 'fact')} are key figures; {_MOST} are read"
        yield KEY_FACTS_MANY.at(chosen[_MOST].place, message, "leave `key` to the two or three that matter most")


def _headline(fact: Fact) -> Iterator[Problem]:
    if fact.key and not fact.headline and not fact.figures:
        hint = "add `headline` with words of the claim"
        yield KEY_HEADLINE.at(fact.place, f"the key figure “{fact.id}” has neither amounts nor a headline", hint)
    if fact.headline and _folded(fact.headline.value) not in _folded(fact.claim.plain):
        message = f"the claim of “{fact.id}” does not say “{fact.headline.value.strip()}”"
        yield KEY_HEADLINE.at(fact.headline.place, message, "use words of `claim` as they stand there")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
