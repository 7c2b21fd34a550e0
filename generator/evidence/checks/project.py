"""Checks over a whole project: its library against all of its briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.evidence.checks.references import experts_named, unknown_sources
from generator.evidence.checks.walk import walk
from generator.model import Brief, Citation, Library
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

UNUSED_SOURCE = Code(
    "unused-source",
    Severity.WARNING,
    "no brief cites this source",
    "It is kept up for nothing, or a citation was forgotten. Cite it, or remove the entry from `briefs/sources.yaml`.",
    wrong="references:\n  - {id: talk, type: speech, title: A talk}\n  - {id: never-cited, type: book, title: A book}",
    right="references:\n  - {id: talk, type: speech, title: A talk}",
)
UNUSED_EXPERT = Code(
    "unused-expert",
    Severity.WARNING,
    "no brief names this expert",
    "Nobody has a column, a cell or a voice under this id. Use it, or remove the entry from `briefs/experts.yaml`.",
    wrong="ann: {name: Ann Example}\nben: {name: Ben Sample}\nnobody: {name: Never Named}",
    right="ann: {name: Ann Example}\nben: {name: Ben Sample}",
)

CODES = (UNUSED_SOURCE, UNUSED_EXPERT)


def check_unused(library: Library, briefs: Iterable[Brief]) -> Iterator[Problem]:
    """`unused-source` and `unused-expert`, each at its entry."""
    everything = (*briefs, library.house)
    cited = {citation.key for record in everything for citation in walk(record, Citation)}
    named = {expert for brief in everything if isinstance(brief, Brief) for expert, _ in experts_named(brief)}
    for source in library.sources.values():
        if source.key not in cited:
            yield UNUSED_SOURCE.at(source.place, f"no brief cites “@{source.key}”", "cite it, or remove it")
    for expert in library.experts.values():
        if expert.id not in named:
            yield UNUSED_EXPERT.at(expert.place, f"no brief names “{expert.id}”", "name it in a brief, or remove it")


def check_house(library: Library) -> Iterator[Problem]:
    """`unknown-source` in the prose of the house style."""
    return unknown_sources(library.house, library)
