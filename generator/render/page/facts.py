"""Facts and figures, key figures, and the dot plot of figures that disagree.

A contested fact is never shown as one number. Each figure has a row in the plot, with a mark on an axis that all rows share
(`facts.py`). Figures of another measure are separate.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.model import Amount, Brief, Date, Fact, HouseStyle
from generator.model.contested import contested_figures
from generator.model.days import due
from generator.render.labels import Labels
from generator.render.page.fact_views import Axis, AxisMark, FactView, FigureView, KeyFigure, Measure, Tick
from generator.render.page.statement import is_short, when
from generator.render.page.views import Link
from generator.render.preset import Preset
from generator.syntax.amounts import format_amount
from generator.syntax.dates import format_date

if TYPE_CHECKING:
    from babel import Locale


def fact_views(brief: Brief, house: HouseStyle, labels: Labels) -> tuple[FactView, ...]:
    return tuple(
        replace(_view(fact, number, labels), as_of=_as_of(fact, brief, house, labels))
        for number, fact in enumerate(brief.facts, 1)
    )


def _as_of(fact: Fact, brief: Brief, house: HouseStyle, labels: Labels) -> str:
    """Return the "as of" date of the fact, if the house style prints it instead of reporting overdue reviews."""
    day = due(fact, brief, house) if house.overdue == "as-of" else None
    if day is None or brief.date is None:
        return ""
    dated, until = brief.date, Date(day.year, day.month, day.day)
    return labels("fact_as_of", date=format_date(dated, labels.language), due=format_date(until, labels.language))


def fact_links(ids: Sequence[str], numbers: dict[str, int]) -> tuple[Link, ...]:
    """Return links to the facts of these ids, in printing order; unknown ids are left out."""
    numbered = sorted({numbers[one]: one for one in ids if one in numbers}.items())
    return tuple(Link(str(number), f"#fact-{one}") for number, one in numbered)


def _view(fact: Fact, number: int, labels: Labels) -> FactView:
    """Return a fact ready to print; figures that disagree share a scale."""
    disputed = contested_figures(fact)
    scale = common_scale([figure.amount for figure in fact.figures]) if disputed else None
    views = tuple(_figure(fact, place, scale, labels) for place in range(len(fact.figures)))
    figures = [figure.by + figure.note + 80 * "." for figure in fact.figures]
    preferred = _preferred(fact, labels)
    return FactView(
        id=fact.id,
        number=number,
        claim=fact.claim,
        cluster=fact.cite,
        figures=views,
        measures=_measures(fact, disputed, views) if disputed else (),
        contested=bool(disputed),
        verdict=_verdict(
            common_scale([fact.figures[place].amount for place in disputed]) if disputed else None, labels
        ),
        axis=scale.axis(fact.figures[0].amount.unit, labels) if scale else None,
        preferred=preferred,
        note=fact.note,
        keep=is_short(*figures),
        keep_item=is_short(fact.claim, fact.note, preferred, *figures),
    )


def _figure(fact: Fact, place: int, scale: FigureScale | None, labels: Labels) -> FigureView:
    """Return one figure of a fact. On a shared scale its measure stands above the scale, not next to the number."""
    figure = fact.figures[place]
    grouped = scale is not None
    details = ("" if grouped else figure.measures, figure.period, figure.scenario, figure.note, figure.derived)
    return FigureView(
        amount=format_amount(figure.amount, labels.language),
        by=figure.by,
        when=when(figure.date, labels.language) if figure.date else None,
        note=labels.semicolon.join(filter(None, details)),
        cluster=figure.cite,
        mark=scale.mark(figure.amount) if scale else None,
        preferred=fact.preferred is not None and fact.preferred.figure == place,
    )


def _measures(fact: Fact, disputed: Sequence[int], views: Sequence[FigureView]) -> tuple[Measure, ...]:
    """Return contested figures first, then the others by what they measure, in order of first occurrence."""
    groups: dict[tuple[bool, str], list[int]] = {(True, ""): list(disputed)}
    for place, figure in enumerate(fact.figures):
        if place not in disputed:
            groups.setdefault((False, figure.measures), []).append(place)
    return tuple(Measure(_named(fact, places), tuple(views[place] for place in places)) for places in groups.values())


def _named(fact: Fact, places: Sequence[int]) -> str:
    """Return what these figures measure, as a heading."""
    words = next((fact.figures[place].measures for place in places if fact.figures[place].measures), "")
    return words[:1].upper() + words[1:]


def _preferred(fact: Fact, labels: Labels) -> str:
    if fact.preferred is None or not 0 <= fact.preferred.figure < len(fact.figures):
        return ""
    amount = format_amount(fact.figures[fact.preferred.figure].amount, labels.language)
    return labels("preferred", amount=amount, because=fact.preferred.because)


def _verdict(scale: FigureScale | None, labels: Labels) -> str:
    """Return the ratio of the highest and lowest figure, to two significant digits; empty if they are close."""
    if scale is None or scale.largest < 2 * scale.smallest:
        return ""
    factor = scale.largest / scale.smallest
    digits = max(0, math.floor(math.log10(factor)) - 1)
    rounded = round(factor, -digits) if factor >= 10 else round(factor, 1)
    return labels("contested_spread", factor=_plain_number(rounded, labels.language))


def _plain_number(number: float, language: str) -> str:
    from babel.numbers import format_decimal

    from generator.languages.locales import locale_of

    return str(format_decimal(number, locale=locale_of(language)))


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
class FigureScale:
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

    def mark(self, amount: Amount) -> AxisMark:
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
        return Axis(f"{title}{labels.aside(unit)}" if long else title, ticks)

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


def _mark(left: float, right: float, kind: str, anchor: float) -> AxisMark:
    """`anchor` is the place of the amount; its words extend towards the longer part of the axis."""
    at_end = anchor > _TURNED
    indent = 100 - anchor if at_end else anchor
    return AxisMark(f"{left:.2f}", f"{right - left:.2f}", kind, f"{indent:.2f}", at_end)


def common_scale(amounts: Sequence[Amount]) -> FigureScale | None:
    """Return an axis for these amounts; None if they have no common unit or a picture would show nothing."""
    lows, highs = [float(a.low) for a in amounts], [float(a.high) for a in amounts]
    smallest, largest = min(lows), max(highs)
    if len({a.unit for a in amounts}) > 1 or smallest < 0 or largest <= 0:
        return None
    if smallest > 0 and largest / smallest > LOGARITHMIC_FROM:
        low, high = 10.0 ** math.floor(math.log10(smallest)), 10.0 ** math.ceil(math.log10(largest))
        return FigureScale(low, high, True, smallest, largest)
    return FigureScale(0.0, _round_up(largest), False, max(smallest, largest / 1e9), largest)


def _round_up(value: float) -> float:
    """Return the next of these steps times a power of ten."""
    power: float = 10.0 ** math.floor(math.log10(value))
    return next((step * power for step in _PARTS if step * power >= value), 10 * power)


_SIGN = re.compile(r"(?<![A-Z])[A-Z]++\$")


def _compact(value: float, unit: str, language: str) -> str:
    """Return a number in a short form for an axis: `US$10M` in en-GB (CLDR)."""
    from babel.numbers import format_compact_currency, format_compact_decimal, format_decimal

    from generator.languages.locales import locale_of

    locale = locale_of(language)
    if len(unit) == 3 and unit.isupper():
        amount = str(format_compact_currency(value, unit, locale=locale, fraction_digits=3))
        if locale.text_direction == "rtl":
            amount = _SIGN.sub("\u2066\\g<0>\u2069", amount)  # the sign would change sides with its letters
        return amount.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}")
    if _counts_zeros_twice(locale):
        number = str(format_decimal(value, locale=locale))
    else:
        number = str(format_compact_decimal(value, locale=locale, fraction_digits=3))
    return f"{number}{'' if unit == '%' else ' '}{unit}".strip()


def _counts_zeros_twice(locale: Locale) -> bool:
    """Whether short forms have a second pattern for negative numbers, as in Swahili: babel 2 then prints 5,000 as 50 thousand."""
    return any(";" in str(form.pattern) for form in locale.compact_decimal_formats["short"]["other"].values())


def key_figures(brief: Brief, preset: Preset, labels: Labels) -> tuple[KeyFigure, ...]:
    chosen = ((fact, _headline(fact, labels)) for fact in brief.facts if fact.key)
    shown = "facts" in preset.blocks
    return tuple(
        KeyFigure(words, fact.claim.plain, f"#fact-{fact.id}" if shown else "") for fact, words in chosen if words
    )


def _headline(fact: Fact, labels: Labels) -> str:
    """Return the author's words, or the fact's amounts; for a contested fact all different amounts, never only one."""
    if fact.headline:
        words = " ".join(fact.headline.value.split())
        return words[:1].upper() + words[1:]
    amounts = dict.fromkeys(format_amount(figure.amount, labels.language) for figure in fact.figures)
    disputed = contested_figures(fact)
    if len(disputed) > 1:
        ordered = sorted(
            (fact.figures[place].amount for place in disputed), key=lambda amount: (amount.low, amount.high)
        )
        ends = [format_amount(amount, labels.language) for amount in (ordered[0], ordered[-1])]
        others = [format_amount(one.amount, labels.language) for n, one in enumerate(fact.figures) if n not in disputed]
        return labels.semicolon.join(dict.fromkeys([labels("key_range", low=ends[0], high=ends[1]), *others]))
    return labels.semicolon.join(amounts)
