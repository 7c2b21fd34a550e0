"""Whether a fact's figures agree, and which of them may be held against each other at all.

Figures are *comparable* if they measure the same thing (`measures`) at the same date or in the same period, under the same
scenario, and come from different providers. What is not stated counts as the same. Comparable figures that cannot all be
true are *contested*, and are never printed as one number. A series over time, scenarios, revisions by one provider and
unlike quantities are not contested. This module knows neither prose nor pages.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from generator.model.days import iso
from generator.model.quantities import contradicts, same_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Fact, Figure


def is_contested(fact: Fact) -> bool:
    """Whether two comparable figures of the fact cannot both be true."""
    return any(disagree(one, other) for one, other in combinations(fact.figures, 2))


def contested_figures(fact: Fact) -> tuple[int, ...]:
    """The indices of the figures that belong to the fact's first dispute: all that can be held against one another."""
    pairs = combinations(range(len(fact.figures)), 2)
    first = next((pair for pair in pairs if disagree(fact.figures[pair[0]], fact.figures[pair[1]])), None)
    if first is None:
        return ()
    one = fact.figures[first[0]]
    same = (i for i, other in enumerate(fact.figures) if is_same_measure(one, other) and _same_unit(one, other))
    return tuple(same)


def disagree(one: Figure, other: Figure) -> bool:
    """Whether two figures are comparable and cannot both be true."""
    return are_comparable(one, other) and contradicts(one.amount, other.amount)


def are_comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures of one fact may be held against each other."""
    return is_same_measure(one, other) and _folded(one.by) != _folded(other.by)


def is_same_measure(one: Figure, other: Figure) -> bool:
    """Whether two figures say how much of the same thing there was, at the same time and under the same assumption."""
    fields = ("measures", "scenario", "period")
    same = all(_may_be_same(getattr(one, name), getattr(other, name)) for name in fields)
    return same and _may_be_same(*(iso(figure.date) if figure.date else "" for figure in (one, other)))


def in_other_units(fact: Fact) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of comparable figures that are in different units or currencies, so that nobody can tell whether they agree."""
    for one, other in combinations(fact.figures, 2):
        if are_comparable(one, other) and not _same_unit(one, other):
            yield one, other


def _same_unit(one: Figure, other: Figure) -> bool:
    return same_unit(one.amount.unit, other.amount.unit)


def _may_be_same(one: str, other: str) -> bool:
    return not one or not other or _folded(one) == _folded(other)


def _folded(written: str) -> str:
    return " ".join(written.casefold().split())
