"""Numbers of tables and pictures, in the order in which readers come to them, whatever blocks a preset prints first.

Tables that no section places are printed after the facts: behind those of the sections before, ahead of those of the sections after.
"""

from __future__ import annotations

from itertools import count

from generator.model import TABLE, Brief
from generator.model.figure_places import figures, in_sections, placed_names


def figure_numbers(brief: Brief) -> dict[str, int]:
    """By kind and id, from 1; tables are counted by themselves, and all else as figures."""
    placed = frozenset(placed_names(brief))
    loose = [name for name in figures(brief) if name.startswith(TABLE) and name not in placed]
    before, after = ([one.name for one in in_sections(brief, after=after)] for after in (False, True))
    tables, others = count(1), count(1)
    known = figures(brief)
    return {
        name: next(tables if name.startswith(TABLE) else others)
        for name in dict.fromkeys((*before, *loose, *after))
        if name in known and not name.startswith(("quote:", "box:"))
    }
