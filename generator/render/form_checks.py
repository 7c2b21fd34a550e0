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
        *brief.key_points,
        *brief.charts,
        *brief.sections,
    )
    for record in records:
        yield from ((name.value, name.place) for name in record.printed_in)


def check_references(brief: Brief, preset: Preset) -> Iterator[Problem]:
    """`fact-not-printed`: at every reference in what `preset` prints to a fact, chart or table that the author leaves out of it."""
    printed = printed_form(brief, preset).brief
    gone = _names(brief) - _names(printed)
    for reference in walk(printed, FactReference):
        kind, _, name = reference.fact.rpartition(":")
        if reference.fact in gone and (kind or "facts" in preset.blocks):
            called = kind or "fact"
            message = f"the preset “{preset.name}” does not print the {called} “{name}”, but this text refers to it"
            where = "section that places it" if kind == "table" else called
            hint = f"add {preset.name} to `in` of the {where}, or remove the reference"
            yield FACT_NOT_PRINTED.at(reference.place, message, hint)


def _names(brief: Brief) -> set[str]:
    """What prose can refer to and a design can leave out."""
    figures = {f"chart:{one.id}" for one in brief.charts} | {f"table:{one.id}" for one in brief.tables}
    return {fact.id for fact in brief.facts} | figures
