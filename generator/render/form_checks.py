"""Checks that printed text does not refer to facts that the page design leaves out.

`rests_on` is not text: a link to an omitted fact is omitted too, and the page counts the fact.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Brief, FactReference
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.render.preset import Preset
from generator.render.printed_form import Choosable, printed_form

FACT_NOT_PRINTED = Code("fact-not-printed", Severity.ERROR, rests_on=("facts.id", "in"))
CODES = (FACT_NOT_PRINTED,)


def designs_named(brief: Brief) -> Iterator[tuple[str, Location]]:
    """Yield every page design that a record names in `in`, with its locations."""
    records: tuple[Choosable, ...] = (
        *brief.facts,
        *brief.questions,
        *brief.voices,
        *brief.timeline,
        *brief.options,
    )
    for record in records:
        yield from ((name.value, name.place) for name in record.printed_in)


def check_references(brief: Brief, preset: Preset) -> Iterator[Problem]:
    """Yield `fact-not-printed` for every printed reference to a fact that `preset` does not print."""
    printed = printed_form(brief, preset).brief
    gone = {fact.id for fact in brief.facts} - {fact.id for fact in printed.facts}
    for reference in walk(printed, FactReference):
        if reference.fact in gone and "facts" in preset.blocks:
            message = (
                f"the preset “{preset.name}” does not print the fact “{reference.fact}”, but this text refers to it"
            )
            hint = f"add {preset.name} to `in` of the fact, or remove the reference"
            yield FACT_NOT_PRINTED.at(reference.place, message, hint)
