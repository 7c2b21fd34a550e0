"""Labels over an axis, each with a leader to its mark: which stands in which level, so that none touches another.

Levels are given from the end of the axis: an earlier label that reaches over a later mark stands above that mark's own label, so that no
leader has to cross words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

_APART = 5.0
"""Units between two labels."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A label: the place of its mark, and from where to where its words run."""

    mark: float
    left: float
    right: float


def levels(flags: Sequence[Flag]) -> list[int]:
    """The level of each flag, from 0 just above the axis; flags are in the order of their marks."""
    found = [0] * len(flags)
    for number in range(len(flags) - 1, -1, -1):
        later = range(number + 1, len(flags))
        taken = {found[other] for other in later if _touch(flags[number], flags[other])}
        covered = [found[other] for other in later if flags[other].mark < flags[number].right]
        found[number] = next(level for level in count(max(covered, default=-1) + 1) if level not in taken)
    return found


def _touch(one: Flag, other: Flag) -> bool:
    return one.left < other.right + _APART and other.left < one.right + _APART
