"""`briefs/facts.yaml` -> the facts that several briefs use, by their ids with `shared:` before them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model import SHARED, Fact, Prose
from generator.problems import Code, Problem, Severity
from generator.read.files import FACTS
from generator.read.reading import Reading
from generator.read.record_reader import read_file

if TYPE_CHECKING:
    from generator.read.nodes import Document

DUPLICATE_SHARED_FACT = Code("duplicate-shared-fact", Severity.ERROR)
CODES = (DUPLICATE_SHARED_FACT,)


def read_shared_facts(document: Document, language: str) -> tuple[dict[str, Fact], tuple[Problem, ...]]:
    """Read all shared facts; `language` is the house style's, in which they are written."""
    reading = Reading(document, language)
    file = read_file(FACTS, reading)
    facts: dict[str, Fact] = {}
    for fact in map(_shared, file.facts if file else ()):
        first = facts.setdefault(fact.id, fact)
        if first is not fact:
            message = f"“{fact.id.removeprefix(SHARED)}” is already in line {first.place.line}"
            reading.problems.append(DUPLICATE_SHARED_FACT.at(fact.place, message, "rename one of them, or remove it"))
    return facts, tuple(reading.problems)


def _shared(fact: Fact) -> Fact:
    """The fact under its shared id. What it refers to as `[#id]` is a shared fact too: it belongs to no brief."""
    note, short = (_within(prose) if prose else None for prose in (fact.note, fact.short))
    return replace(fact, id=SHARED + fact.id, claim=_within(fact.claim), note=note, short=short)


def _within(prose: Prose) -> Prose:
    facts = tuple(replace(one, fact=SHARED + one.fact.removeprefix(SHARED)) for one in prose.facts)
    return replace(prose, facts=facts) if facts else prose
