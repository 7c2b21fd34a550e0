"""Assigns labels over an axis to levels, so that none touches another. Each label has a leader to its mark.

Levels are assigned from the end of the axis: an earlier label that reaches over a later mark is above that mark's label, so that no
leader crosses words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

_APART = 5.0
"""Space between two labels, in units."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A label: the place of its mark, and the start and end of its words."""

    mark: float
    left: float
    right: float


def levels(flags: Sequence[Flag]) -> list[int]:
    """Return the level of each flag, from 0 just above the axis; flags are in the order of their marks."""
    result = [0] * len(flags)
    for number in range(len(flags) - 1, -1, -1):
        later = range(number + 1, len(flags))
        taken = {result[other] for other in later if _touch(flags[number], flags[other])}
        covered = [result[other] for other in later if flags[other].mark < flags[number].right]
        result[number] = next(level for level in count(max(covered, default=-1) + 1) if level not in taken)
    return result


def _touch(one: Flag, other: Flag) -> bool:
    return one.left < other.right + _APART and other.left < one.right + _APART
