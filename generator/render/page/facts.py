"""Facts and figures, and the dot plot of figures that disagree.

A contested fact is never shown as one number. Each figure has a row in the plot, with a mark on an axis that all rows share
(`axis.py`). Figures of another measure are separate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from generator.model import Brief, Date, Fact, HouseStyle
from generator.model.contested import contested_figures
from generator.model.days import due
from generator.render.labels import Labels
from generator.render.page.axis import Scale, common_scale
from generator.render.page.statement import is_short, when
from generator.render.page.views import FactView, FigureView, Link, Measure
from generator.syntax.amounts import format_amount
from generator.syntax.dates import format_date


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
    disputed = contested_figures(fact)
    scale = common_scale([figure.amount for figure in fact.figures]) if disputed else None
    views = tuple(_figure(fact, place, scale, labels) for place in range(len(fact.figures)))
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
        preferred=_preferred(fact, labels),
        note=fact.note,
        keep=is_short(*(figure.by + figure.note + 80 * "." for figure in fact.figures)),
    )


def _figure(fact: Fact, place: int, scale: Scale | None, labels: Labels) -> FigureView:
    figure = fact.figures[place]
    grouped = scale is not None
    details = ("" if grouped else figure.measures, figure.period, figure.scenario, figure.note, figure.derived)
    return FigureView(
        amount=format_amount(figure.amount, labels.language),
        by=figure.by,
        when=when(figure.date, labels.language) if figure.date else None,
        note="; ".join(filter(None, details)),
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


def _verdict(scale: Scale | None, labels: Labels) -> str:
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
