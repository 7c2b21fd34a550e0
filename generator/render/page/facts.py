"""Facts and figures, and the picture of figures that disagree. A contested fact is never shown as one number.

The picture is a dot plot: each figure has its row, and its mark stands on an axis that all rows share. Knows nothing of
the rest of the page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.evidence.figures import contested_figures
from generator.evidence.freshness import due
from generator.model import Amount, Brief, Date, Fact, Figure, HouseStyle
from generator.render.labels import Labels
from generator.render.page.records import Axis, FactView, FigureView, Link, Mark, Tick
from generator.render.page.statement import is_short, when
from generator.syntax.amounts import format_amount
from generator.syntax.dates import format_date

LOGARITHMIC_FROM = 20
"""How many times the smallest figure the largest must be for an axis in powers of ten."""
_BELOW = ("under", "at most")
_ABOVE = ("over", "at least")


def fact_views(brief: Brief, house: HouseStyle, labels: Labels) -> tuple[FactView, ...]:
    return tuple(
        replace(_view(fact, number, labels), as_of=_as_of(fact, brief, house, labels))
        for number, fact in enumerate(brief.facts, 1)
    )


def _as_of(fact: Fact, brief: Brief, house: HouseStyle, labels: Labels) -> str:
    """The day that the fact is told of, where the house style prints it instead of reporting what is overdue."""
    day = due(fact, brief, house) if house.overdue == "as-of" else None
    if day is None or brief.date is None:
        return ""
    told, until = brief.date, Date(day.year, day.month, day.day)
    return labels("fact_as_of", date=format_date(told, labels.language), due=format_date(until, labels.language))


def fact_links(ids: Sequence[str], numbers: dict[str, int]) -> tuple[Link, ...]:
    """Links to the facts of these ids, in the order in which the facts are printed; unknown ids are left out."""
    known = sorted({numbers[one]: one for one in ids if one in numbers}.items())
    return tuple(Link(str(number), f"#fact-{one}") for number, one in known)


def _view(fact: Fact, number: int, labels: Labels) -> FactView:
    disputed = contested_figures(fact)
    one_unit = len({figure.amount.unit for figure in fact.figures}) == 1
    scale = _scale([fact.figures[place].amount for place in disputed]) if disputed and one_unit else None
    chosen = fact.preferred.figure if fact.preferred else None
    return FactView(
        id=fact.id,
        number=number,
        claim=fact.claim,
        cluster=fact.cite,
        figures=tuple(
            _figure(one, scale if place in disputed else None, place == chosen, labels)
            for place, one in enumerate(fact.figures)
        ),
        contested=bool(disputed),
        verdict=_verdict(scale, labels),
        axis=scale.axis(fact.figures[disputed[0]].amount.unit, labels) if scale else None,
        preferred=_preferred(fact, labels),
        note=fact.note,
        keep=is_short(*(figure.by + figure.note + 80 * "." for figure in fact.figures)),
    )


def _figure(figure: Figure, scale: _Scale | None, preferred: bool, labels: Labels) -> FigureView:
    return FigureView(
        amount=format_amount(figure.amount, labels.language),
        by=figure.by,
        when=when(figure.date, labels.language) if figure.date else None,
        note="; ".join(filter(None, (figure.measures, figure.period, figure.scenario, figure.note, figure.derived))),
        cluster=figure.cite,
        mark=scale.mark(figure.amount) if scale else None,
        preferred=preferred,
    )


def _preferred(fact: Fact, labels: Labels) -> str:
    if fact.preferred is None or not 0 <= fact.preferred.figure < len(fact.figures):
        return ""
    amount = format_amount(fact.figures[fact.preferred.figure].amount, labels.language)
    return labels("preferred", amount=amount, because=fact.preferred.because)


def _verdict(scale: _Scale | None, labels: Labels) -> str:
    """How many times the lowest figure the highest is, to two significant digits; nothing where they are close."""
    if scale is None or scale.largest < 2 * scale.smallest:
        return ""
    factor = scale.largest / scale.smallest
    digits = max(0, math.floor(math.log10(factor)) - 1)
    rounded = round(factor, -digits) if factor >= 10 else round(factor, 1)
    return labels("contested_spread", factor=_plain_number(rounded, labels.language))


def _plain_number(number: float, language: str) -> str:
    from babel.numbers import format_decimal

    from generator.syntax.languages import locale_of

    return str(format_decimal(number, locale=locale_of(language)))


@dataclass(frozen=True, slots=True)
class _Scale:
    """From amounts to places on an axis, in percent of its length."""

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
            return Mark("0", f"{right:.2f}", "below")
        if amount.qualifier in _ABOVE:
            return Mark(f"{left:.2f}", f"{100 - left:.2f}", "above")
        return Mark(f"{left:.2f}", f"{right - left:.2f}", "point" if left == right else "range")

    def axis(self, unit: str, labels: Labels) -> Axis:
        values = self._tick_values()
        edges = {0: "first", len(values) - 1: "last"}
        ticks = tuple(
            Tick(f"{self.place(value):.2f}", _compact(value, unit, labels.language), edges.get(number, ""))
            for number, value in enumerate(values)
        )
        return Axis(labels("axis_log" if self.logarithmic else "axis_linear"), ticks)

    def _tick_values(self) -> list[float]:
        if not self.logarithmic:
            return [self.low, self.high]
        first, last = round(math.log10(self.low)), round(math.log10(self.high))
        return [10.0**power for power in range(first, last + 1, 1 + (last - first) // 6)]


def _scale(amounts: Sequence[Amount]) -> _Scale | None:
    """An axis for these amounts; None where they have no common unit or their picture would say nothing."""
    lows, highs = [float(a.low) for a in amounts], [float(a.high) for a in amounts]
    smallest, largest = min(lows), max(highs)
    if len({a.unit for a in amounts}) > 1 or smallest < 0 or largest <= 0:
        return None
    if smallest > 0 and largest / smallest >= LOGARITHMIC_FROM:
        low, high = 10.0 ** math.floor(math.log10(smallest)), 10.0 ** math.ceil(math.log10(largest))
        return _Scale(low, high, True, smallest, largest)
    return _Scale(0.0, _round_up(largest), False, max(smallest, largest / 1e9), largest)


def _round_up(value: float) -> float:
    """The next of 1, 1.5, 2, 3, 4, 5, 6, 8 and 10 times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * power >= value)


def _compact(value: float, unit: str, language: str) -> str:
    """A number short enough for an axis: `US$10M` in en-GB, after CLDR."""
    from babel.numbers import format_compact_currency, format_compact_decimal

    from generator.syntax.languages import locale_of

    locale = locale_of(language)
    if len(unit) == 3 and unit.isupper():
        return str(format_compact_currency(value, unit, locale=locale)).replace(
            "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
        )
    number = str(format_compact_decimal(value, locale=locale, fraction_digits=1 if value < 10 else 0))
    return f"{number}{'' if unit == '%' else ' '}{unit}".strip()
