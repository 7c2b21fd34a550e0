"""The figures that sections place, in the order in which readers see them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Brief, Placement
from generator.problems import Location

PLACED_ONLY = {"picture": "pictures", "quote": "pull_quotes", "box": "boxes"}
"""The field for each kind of figure that is printed only where a section places it."""
NUMBERED = {"picture": "pictures", "table": "tables", "chart": "charts"}
"""The field for each kind of figure that has a number, and so can be referred to."""
KINDS = {**PLACED_ONLY, **NUMBERED}


def figures(brief: Brief, fields: dict[str, str] = KINDS) -> dict[str, Location]:
    """Return name (`picture:harbour`) and place of each figure of these kinds, in the order of the file."""
    return {f"{kind}:{one.id}": one.place for kind, field in fields.items() for one in getattr(brief, field)}


def numbered(brief: Brief) -> tuple[str, ...]:
    """Return the names of what prose can refer to."""
    return tuple(figures(brief, NUMBERED))


def in_sections(brief: Brief, *, after: bool) -> Iterator[Placement]:
    """Yield what the sections before the facts place, or those after the positions, in reading order."""
    return (placed for section in brief.sections if section.after == after for placed in section.text.placements)


def placed_names(brief: Brief) -> tuple[str, ...]:
    """Return the names of all placed figures, in reading order."""
    return tuple(placed.name for after in (False, True) for placed in in_sections(brief, after=after))
