"""Whether each placed figure exists, and each figure that needs a place has exactly one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.model import Placement, Prose
from generator.model.figure_places import KINDS, PLACED_ONLY, figures
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.problems.suggestions import did_you_mean
from generator.syntax.placements import BAD_PLACEMENT

if TYPE_CHECKING:
    from generator.evidence.checks.subject import Subject

PLACEMENT_UNKNOWN = Code(
    "placement-unknown",
    Severity.ERROR,
    rests_on=("pictures.id", "tables.id", "pull_quotes.id", "boxes.id", "charts.id"),
)
FIGURE_UNPLACED = Code("figure-unplaced", Severity.ERROR, rests_on=("sections.text",))
FIGURE_TWICE = Code("figure-twice", Severity.ERROR)
CODES = (PLACEMENT_UNKNOWN, FIGURE_UNPLACED, FIGURE_TWICE)


def check_placing(subject: Subject) -> Iterator[Problem]:
    """Yield `placement-unknown`, `figure-twice`, `figure-unplaced`, and `bad-placement` outside sections."""
    brief = subject.brief
    named, seen = figures(brief), set[str]()
    for placed in (one for section in brief.sections for one in section.text.placements):
        if placed.name not in named:
            yield _unknown(placed, named)
        elif placed.name in seen:
            hint = f"to refer to it, write [#{placed.name}]"
            yield FIGURE_TWICE.at(placed.place, f"“{placed.name}” is placed a second time", hint)
        seen.add(placed.name)
    for name, place in figures(brief, PLACED_ONLY).items():
        if name not in seen:
            hint = f"write ![#{name}] on a line of its own in a section"
            yield FIGURE_UNPLACED.at(place, f"no section prints “{name}”", hint)
    own = {id(section.text) for section in brief.sections}
    for prose in (*walk(brief, Prose), *walk(subject.library.house, Prose)):
        for placed in prose.placements if id(prose) not in own else ():
            message = "figures can only be placed in the text of a section"
            yield BAD_PLACEMENT.at(placed.place, message, "write it in a section, or refer to it without the `!`")


def _unknown(placed: Placement, named: dict[str, Location]) -> Problem:
    if not placed.kind:
        fitting = [name for name in named if name.partition(":")[2] == placed.id]
        hint = (
            f"write ![#{fitting[0]}]"
            if fitting
            else "state the kind: ![#picture:id], ![#table:id], ![#quote:id] or ![#box:id]"
        )
        return PLACEMENT_UNKNOWN.at(placed.place, f"“![#{placed.id}]” does not state the kind of figure", hint)
    field = KINDS.get(placed.kind)
    hint = did_you_mean(placed.name, list(named)) or (
        f"add it under `{field}`" if field else f"the kinds are {', '.join(KINDS)}"
    )
    return PLACEMENT_UNKNOWN.at(placed.place, f"the brief has no “{placed.name}”", hint)
