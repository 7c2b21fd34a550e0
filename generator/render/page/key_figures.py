"""Key figures at the top of the page: two or three facts that editors chose."""

from __future__ import annotations

from generator.model import Brief, Fact
from generator.model.contested import contested_figures
from generator.render.labels import Labels
from generator.render.page.views import KeyFigure
from generator.render.preset import Preset
from generator.syntax.amounts import format_amount


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
        return "; ".join(dict.fromkeys([labels("key_range", low=ends[0], high=ends[1]), *others]))
    return "; ".join(amounts)
