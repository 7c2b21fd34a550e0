"""Axes: convert numbers and dates to places, with ticks of few digits and whole years, months or days."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.languages.locales import locale_of
from generator.model import Date
from generator.render.charts.canvas import width_of
from generator.syntax.dates import format_date

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_FAR = 0.3
"""An axis extends to its next tick, unless that is farther from the data than this part of their span."""
_MOST = 8
"""About the number of ticks of an axis, if there is room."""
_BETWEEN = 9.0
"""Space between the words of two ticks, in units."""
_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6)
_NEAR = 0.45
"""An axis of lines begins at zero unless the smallest number is more than this part of the largest."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Converts values to places between `start` and `end`. Ticks are values with their words."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[tuple[float, str], ...]
    """Those without words have a line only."""
    logarithmic: bool = False

    def place(self, value: float) -> float:
        if self.logarithmic:
            return self.start + (self.end - self.start) * math.log(value / self.low) / math.log(self.high / self.low)
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)

    def zero(self) -> float:
        """Return where bars begin: at zero, or at the end that is nearest to zero."""
        return self.place(min(max(0.0, self.low), self.high))


def fitting(make: Callable[[int], Scale], within: float = math.inf) -> Scale:
    """Return the axis with most ticks whose words do not touch; `make` makes an axis with at most a given number.

    With `within`, words that would extend over the edges at 0 and `within` are moved inside.
    """
    scale = make(_MOST)
    for most in range(_MOST - 1, 0, -1):
        if _fits(scale, within):
            break
        scale = make(most)
    return scale


def _fits(scale: Scale, within: float) -> bool:
    placed = [(scale.place(value), width_of(words)) for value, words in scale.ticks if words]
    if within < math.inf:
        placed = [(min(max(x, wide / 2), within - wide / 2), wide) for x, wide in placed]
    return all(abs(there - here) >= (wide + wider) / 2 + _BETWEEN for (here, wide), (there, wider) in pairwise(placed))


def number_scale(
    numbers: Sequence[float], start: float, end: float, language: str, *, most: int, from_zero: bool = True
) -> Scale:
    """Return an axis for these numbers with at most about `most` ticks; it includes zero, unless lines are far from it."""
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    if from_zero or 0 <= low <= _NEAR * high or _NEAR * low <= high <= 0:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        low, high = (low - 1, high + 1) if low else (0.0, 1.0)
    step = _step(high - low, most)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    begin, stop = _bounds(low, high, first * step, last * step)
    values = [number * step for number in range(first, last + 1) if begin <= number * step <= stop]
    return Scale(begin, stop, start, end, tuple((value, _words(value, step, language)) for value in values))


def log_scale(numbers: Sequence[float], start: float, end: float, language: str, *, most: int) -> Scale:
    """A logarithmic axis for these numbers above zero, with a line at each power of ten, and words at about `most` of them."""
    first = math.floor(math.log10(min(numbers)) + 1e-9)
    last = max(math.ceil(math.log10(max(numbers)) - 1e-9), first + 1)
    step = math.ceil((last - first + 1) / max(most, 1))
    ticks = tuple(
        (10.0**power, _words(10.0**power, 10.0**power, language) if (power - first) % step == 0 else "")
        for power in range(first, last + 1)
    )
    return Scale(10.0**first, 10.0**last, start, end, ticks, logarithmic=True)


def _bounds(low: float, high: float, first: float, last: float) -> tuple[float, float]:
    """Return the ends of the axis: its outer ticks, or the data if these are far inside."""
    far = _FAR * (high - low)
    return (first if low - first <= far else low), (last if last - high <= far else high)


def _step(span: float, most: int) -> float:
    rough = span / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _words(value: float, step: float, language: str) -> str:
    from babel.numbers import format_decimal

    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    decimals += 1 if decimals < 9 and abs(round(step, decimals) - step) > step / 1000 else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    words = str(format_decimal(round(value, decimals) + 0.0, format=pattern, locale=locale_of(language)))
    return words.replace("-", "\N{MINUS SIGN}").replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")


def time_scale(days: Sequence[float], start: float, end: float, language: str, most: int) -> Scale:
    """Return an axis for dates, as days since the year 1, with ticks at the beginning of years, months or days."""
    low, high = min(days), max(days)
    room = max((high - low) * 0.03, 1.0)
    low, high = max(low - room, 1.0), high + room
    ticks = [(float(day.toordinal()), words) for day, words in _dates(low, high, most, language)]
    return Scale(low, high, start, end, tuple(tick for tick in ticks if low <= tick[0] <= high))


def _dates(low: float, high: float, most: int, language: str) -> list[tuple[datetime.date, str]]:
    """Return the dates and words of the ticks between two ordinals: years, months or days, `most` at most."""
    first, last = datetime.date.fromordinal(int(low)), datetime.date.fromordinal(min(int(high), 3652059))
    years = last.year - first.year + 1
    if years > 2 or high - low > 430:
        step = max(1, math.ceil(_round_step(years / most)))
        begin = -(-first.year // step) * step
        return _named(
            (datetime.date(year, 1, 1) for year in range(begin, last.year + 1, step) if year > 0), _year, language
        )
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months > 2:
        step = next((one for one in _MONTHS if months / one <= most), 12)
        firsts = (first.year * 12 + first.month - 1 + number for number in range(months + 1))
        return _named(
            (datetime.date(n // 12, n % 12 + 1, 1) for n in firsts if n % 12 % step == 0 and n < 119988),
            _month,
            language,
        )
    step = next((one for one in _DAYS if (high - low) / one <= most), 31)
    return _named(map(datetime.date.fromordinal, range(first.toordinal(), last.toordinal() + 1, step)), _day, language)


def _round_step(rough: float) -> float:
    if rough <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough)


def _named(
    days: Iterable[datetime.date], words: Callable[[datetime.date, str], str], language: str
) -> list[tuple[datetime.date, str]]:
    return [(day, words(day, language)) for day in days]


def _year(day: datetime.date, language: str) -> str:
    return format_date(Date(day.year), language)


def _month(day: datetime.date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("yMMM", day, locale=locale_of(language)))


def _day(day: datetime.date, language: str) -> str:
    from babel.dates import format_skeleton

    return str(format_skeleton("MMMd", day, locale=locale_of(language)))
