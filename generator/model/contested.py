"""Whether two amounts contradict each other, and whether a fact's figures agree.

Figures are *comparable* if they measure the same thing (`measures`) at the same date or in the same period, under the same
scenario, and come from different providers. What is not stated counts as the same. Comparable figures that cannot all be
true are *contested*, and are never printed as one number. A series over time, scenarios, revisions by one provider and
unlike quantities are not contested.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from generator.model import Fact, Figure
from generator.model.days import iso
from generator.model.values import Amount


def contradicts(a: Amount, b: Amount) -> bool:
    """Whether both cannot be true of one thing: their units fit, and no number satisfies both.

    `about` means within a tenth. `under 6 million` does not contradict 5.6 million.
    """
    return same_unit(a.unit, b.unit) and not _overlap(_interval(a), _interval(b))


_Interval = tuple[Decimal, bool, Decimal, bool]
"""Lower bound, whether it is included, upper bound, whether it is included."""


def _interval(amount: Amount) -> _Interval:
    low, high = amount.low, amount.high
    infinity = Decimal("Infinity")
    match amount.qualifier:
        case "under" | "at most":
            return -infinity, False, high, amount.qualifier == "at most"
        case "over" | "at least":
            return low, amount.qualifier == "at least", infinity, False
        case "about":
            return low - abs(low) / 10, True, high + abs(high) / 10, True
    return low, True, high, True


def _overlap(a: _Interval, b: _Interval) -> bool:
    (first, first_in, _, _), (last, last_in) = (
        max(a, b, key=lambda i: (i[0], not i[1])),
        min((a[2:], b[2:]), key=lambda i: (i[0], i[1])),
    )
    return first < last or (first == last and first_in and last_in)


def same_unit(a: str, b: str) -> bool:
    """Whether two units fit: equal, one missing, or one with more words than the other (`chips`, `H800 chips`)."""
    first, second = _unit_words(a), _unit_words(b)
    if "per" in first | second:
        return first == second
    return first <= second or second <= first


def _unit_words(unit: str) -> frozenset[str]:
    return frozenset(word.casefold().removesuffix("s") for word in unit.replace("-", " ").split())


def is_contested(fact: Fact) -> bool:
    """Whether two comparable figures of the fact cannot both be true."""
    return any(disagree(one, other) for one, other in combinations(fact.figures, 2))


def contested_figures(fact: Fact) -> tuple[int, ...]:
    """Return the indices of the figures in the fact's first dispute: all that can be compared with each other."""
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
    """Whether two figures of one fact can be compared."""
    return is_same_measure(one, other) and _folded(one.by) != _folded(other.by)


def is_same_measure(one: Figure, other: Figure) -> bool:
    """Whether two figures give the amount of the same thing, at the same time and under the same assumption."""
    fields = ("measures", "scenario", "period")
    same = all(_may_be_same(getattr(one, name), getattr(other, name)) for name in fields)
    return same and _may_be_same(*(iso(figure.date) if figure.date else "" for figure in (one, other)))


def in_other_units(fact: Fact) -> Iterator[tuple[Figure, Figure]]:
    """Yield pairs of comparable figures in different units or currencies, which nobody can compare."""
    for one, other in combinations(fact.figures, 2):
        if are_comparable(one, other) and not _same_unit(one, other):
            yield one, other


def _same_unit(one: Figure, other: Figure) -> bool:
    return same_unit(one.amount.unit, other.amount.unit)


def _may_be_same(one: str, other: str) -> bool:
    return not one or not other or _folded(one) == _folded(other)


def _folded(written: str) -> str:
    return " ".join(written.casefold().split())
