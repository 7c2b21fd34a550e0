"""Numbers of tables, charts and pictures, in reading order, independent of the order of a preset's blocks.

Tables and charts that no section places are printed after the facts: after those of the first sections, and before those of
the sections with `place: after`.
"""

from __future__ import annotations

from itertools import count

from generator.model import Brief
from generator.model.figure_places import NUMBERED, figures, in_sections, placed_names


def figure_numbers(brief: Brief) -> dict[str, int]:
    """Return the numbers by kind and id, from 1; each kind is counted separately."""
    placed, all_figures = frozenset(placed_names(brief)), figures(brief, NUMBERED)
    loose = [name for name in all_figures if name not in placed]
    before, after = ([one.name for one in in_sections(brief, after=after)] for after in (False, True))
    counters = {kind: count(1) for kind in NUMBERED}
    return {
        name: next(counters[name.partition(":")[0]])
        for name in dict.fromkeys((*before, *loose, *after))
        if name in all_figures
    }
