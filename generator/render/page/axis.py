"""Axis of figures that disagree: places of amounts, marks and labelled ticks."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Amount
from generator.render.labels import Labels
from generator.render.page.views import Axis, Mark, Tick

LOGARITHMIC_FROM = 10
"""If the largest figure is more than this many times the smallest, the axis is logarithmic."""
_BELOW = ("under", "at most")
_ABOVE = ("over", "at least")
_PARTS = {1.0: 5, 1.5: 3, 2.0: 4, 3.0: 3, 4.0: 4, 5.0: 5, 6.0: 3, 8.0: 4}
"""Possible ends of a linear axis, times a power of ten, and its number of steps, so that each step has few digits."""
_TURNED = 60
"""From this percentage of the axis, an amount ends at its mark instead of beginning there."""
_WIDE, _NARROW = 60, 42
"""Characters that fit along an axis: on paper and in a window of 640 pixels, and on a phone."""
_LONGEST_UNIT = 10
"""Most characters of a unit in the labels of an axis; a longer unit is in the title."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Converts amounts to places on an axis, in percent of its length."""

    low: float
    high: float
    logarithmic: bool
    smallest: float
    largest: float

    def place(self, value: float) -> float:
        if self.logarithmic:
            return 100 * math.log10(value / self.low) / math.log10(self.high / self.low)
        return 100 * (value - self.low) / (self.high - self.low)

    def mark(self, amount: Amount) -> Mark:
        left, right = self.place(float(amount.low)), self.place(float(amount.high))
        if amount.qualifier in _BELOW:
            return _mark(0, right, "below", right)
        if amount.qualifier in _ABOVE:
            return _mark(left, 100, "above", left)
        return _mark(left, right, "point" if left == right else "range", left)

    def axis(self, unit: str, labels: Labels) -> Axis:
        values = self._tick_values()
        edges = {0: "first", len(values) - 1: "last"}
        long = len(unit) > _LONGEST_UNIT
        words = [_compact(value, "" if long else unit, labels.language) for value in values]
        wide, narrow = _every(words, _WIDE), _every(words, _NARROW)
        ticks = tuple(
            Tick(
                f"{self.place(value):.2f}",
                words[number] if number % wide == 0 else "",
                edges.get(number, ""),
                spare=number % narrow > 0,
            )
            for number, value in enumerate(values)
        )
        title = labels("axis_log" if self.logarithmic else "axis_linear")
        return Axis(f"{title} ({unit})" if long else title, ticks)

    def _tick_values(self) -> list[float]:
        if self.logarithmic:
            first, last = round(math.log10(self.low)), round(math.log10(self.high))
            return [10.0**power for power in range(first, last + 1, 1 + (last - first) // 6)]
        power = 10.0 ** math.floor(math.log10(self.high))
        parts = _PARTS[round(self.high / power, 1)]
        return [self.high * part / parts for part in range(parts + 1)]


def _every(words: Sequence[str], room: int) -> int:
    """Return which ticks have labels, so that none touches the next: all, every second ... of equal steps, or only the ends.

    The labels of the ends are inside the axis, half a label nearer to their neighbours.
    """
    parts, longest = len(words) - 1, max(map(len, words))
    steps = (step for step in range(1, parts) if parts % step == 0)
    return next((step for step in steps if room * step / parts > 1.5 * longest + 1), parts)


def _mark(left: float, right: float, kind: str, anchor: float) -> Mark:
    """`anchor` is the place of the amount; its words extend towards the longer part of the axis."""
    at_end = anchor > _TURNED
    indent = 100 - anchor if at_end else anchor
    return Mark(f"{left:.2f}", f"{right - left:.2f}", kind, f"{indent:.2f}", at_end)


def common_scale(amounts: Sequence[Amount]) -> Scale | None:
    """Return an axis for these amounts; None if they have no common unit or a picture would show nothing."""
    lows, highs = [float(a.low) for a in amounts], [float(a.high) for a in amounts]
    smallest, largest = min(lows), max(highs)
    if len({a.unit for a in amounts}) > 1 or smallest < 0 or largest <= 0:
        return None
    if smallest > 0 and largest / smallest > LOGARITHMIC_FROM:
        low, high = 10.0 ** math.floor(math.log10(smallest)), 10.0 ** math.ceil(math.log10(largest))
        return Scale(low, high, True, smallest, largest)
    return Scale(0.0, _round_up(largest), False, max(smallest, largest / 1e9), largest)


def _round_up(value: float) -> float:
    """Return the next of these steps times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in _PARTS if step * power >= value), 10 * power)


_SIGN = re.compile(r"(?<![A-Z])[A-Z]++\$")


def _compact(value: float, unit: str, language: str) -> str:
    """Return a number in a short form for an axis: `US$10M` in en-GB (CLDR)."""
    from babel.numbers import format_compact_currency, format_compact_decimal

    from generator.languages.locales import locale_of

    locale = locale_of(language)
    if len(unit) == 3 and unit.isupper():
        amount = str(format_compact_currency(value, unit, locale=locale, fraction_digits=1))
        if locale.text_direction == "rtl":
            amount = _SIGN.sub("\u2066\\g<0>\u2069", amount)  # the sign would change sides with its letters
        return amount.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    number = str(format_compact_decimal(value, locale=locale, fraction_digits=1))
    return f"{number}{'' if unit == '%' else ' '}{unit}".strip()
