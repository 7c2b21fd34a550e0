"""Checks of a whole project: its library against all of its briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.evidence.checks.references import experts_named, unknown_sources
from generator.model import SHARED, Brief, Citation, Fact, Library
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.problems.suggestions import MOST, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

UNUSED_SOURCE = Code("unused-source", Severity.WARNING, rests_on=("/sources.references.id",))
UNUSED_EXPERT = Code("unused-expert", Severity.WARNING, rests_on=("/experts.*",))
UNUSED_FACT = Code("unused-fact", Severity.WARNING, rests_on=("/facts.facts.id",))

NUMBER_TWICE = Code("number-twice", Severity.ERROR)

CODES = (UNUSED_SOURCE, UNUSED_EXPERT, UNUSED_FACT, NUMBER_TWICE)


def check_numbers(briefs: Iterable[Brief]) -> Iterator[Problem]:
    """Yield `number-twice` at the second of two briefs in the order of their slugs."""
    first: dict[str, Brief] = {}
    for brief in briefs:
        other = first.setdefault(brief.number.strip(), brief)
        if other is not brief and brief.number.strip():
            message = f"{other.file} also has the number {brief.number}"
            yield NUMBER_TWICE.at(brief.place, message, "give one of them another number")


def check_unused(
    library: Library, briefs: Sequence[Brief], indexed: Iterable[tuple[str, Location]] = ()
) -> Iterator[Problem]:
    """Yield `unused-source` and `unused-fact`, each once for all, and `unused-expert`, at each entry.

    `indexed` are key and place of the sources in further files.
    """
    everything = (*briefs, library.house, *library.houses.values(), *library.facts.values())
    cited = {citation.key for record in everything for citation in walk(record, Citation)}
    named = {expert for brief in everything if isinstance(brief, Brief) for expert, _ in experts_named(brief)}
    places = [(source.key, source.place) for source in library.sources.values()]
    places += indexed
    unused = _unmeant({key for key, _ in places}, cited)
    yield from _unused_sources([(key, place) for key, place in places if key in unused])
    printed = {fact.id for brief in briefs for fact in brief.facts}
    yield from _unused_facts([fact for fact in library.facts.values() if fact.id not in printed])
    idle = _unmeant(set(library.experts), named)
    for expert in library.experts.values():
        if expert.id in idle:
            yield UNUSED_EXPERT.at(expert.place, f"no brief names “{expert.id}”", "name it in a brief, or remove it")


def _unmeant(defined: set[str], used: set[str]) -> set[str]:
    """Return the unused names, without those for which a misspelt name was probably meant: the misspelling is the problem."""
    unknown, unused = used - defined, defined - used
    if not unknown or len(unused) > MOST:
        return unused
    return {name for name in unused if nearest(name, unknown) is None}


def _unused_sources(unused: list[tuple[str, Location]]) -> Iterator[Problem]:
    if len(unused) == 1:
        yield UNUSED_SOURCE.at(unused[0][1], f"no brief cites “@{unused[0][0]}”", "cite it, or remove it")
    elif unused:
        names = ", ".join(f"“@{key}”" for key, _ in unused[:3]) + (" and others" if len(unused) > 3 else "")
        message = f"no brief cites {len(unused):,} of the sources: {names}"
        yield UNUSED_SOURCE.at(unused[0][1], message, "cite them, or remove them")


def _unused_facts(unused: list[Fact]) -> Iterator[Problem]:
    names = [f"“{fact.id.removeprefix(SHARED)}”" for fact in unused]
    if len(unused) == 1:
        yield UNUSED_FACT.at(unused[0].place, f"no brief uses the shared fact {names[0]}", "use it, or remove it")
    elif unused:
        message = f"no brief uses {len(unused):,} of the shared facts: {', '.join(names[:3])}"
        more = " and others" if len(unused) > 3 else ""
        yield UNUSED_FACT.at(unused[0].place, message + more, "use them, or remove them")


def check_house(library: Library) -> Iterator[Problem]:
    """Yield `unknown-source` in the prose of the house style."""
    return unknown_sources(library.house, library)
