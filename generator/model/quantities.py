"""Whether two amounts say the same, or cannot both be true."""

from __future__ import annotations

from decimal import Decimal

from generator.model.values import Amount


def same_quantity(a: Amount, b: Amount) -> bool:
    """Whether both say the same: numbers, qualifier, and units where both have one."""
    return (a.low, a.high, a.qualifier) == (b.low, b.high, b.qualifier) and same_unit(a.unit, b.unit)


def contradicts(a: Amount, b: Amount) -> bool:
    """Whether both cannot be true of one thing: their units fit, and no number satisfies both.

    `about` is taken as within a tenth. `under 6 million` does not contradict 5.6 million.
    """
    return same_unit(a.unit, b.unit) and not _overlap(_interval(a), _interval(b))


_Interval = tuple[Decimal, bool, Decimal, bool]
"""Lower bound, whether it belongs to it, upper bound, whether it belongs to it."""


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
    """Whether two units fit: the same, one of them missing, or one the other with more words (`chips`, `H800 chips`)."""
    first, second = _unit_words(a), _unit_words(b)
    if "per" in first | second:
        return first == second
    return first <= second or second <= first


def _unit_words(unit: str) -> frozenset[str]:
    return frozenset(word.casefold().removesuffix("s") for word in unit.replace("-", " ").split())
