"""Position strips: each question as an axis with labels and experts.

A strip is an overview. Everything in it is also in the tables of positions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from generator.render.labels import Labels
from generator.render.page.views import CellView, Head, Link, QuestionView, Strip, StripStep

COUNTED_FROM = 12
"""With this number of experts or more, strips have numbers instead of dots."""
_KEPT = 60
"""Most names and labels on a strip that is kept on one page."""


def strip(question: QuestionView, cells: Sequence[CellView], names: Mapping[str, str], labels: Labels) -> Strip:
    placed = [[cell for cell in cells if cell.stance and cell.stance.label == step.label] for step in question.scale]
    fullest = max(map(len, placed), default=0) or 1
    return Strip(
        id=question.id,
        number=question.number,
        ask=question.ask,
        ordinal=question.ordinal,
        steps=tuple(
            StripStep(
                step.label,
                tuple(Link(names[cell.head.id], f"#{cell.id}") for cell in here),
                str(100 * len(here) // fullest),
            )
            for step, here in zip(question.scale, placed, strict=True)
        ),
        silent=_silent([cell for cell in cells if cell.stance is None], names, labels),
        counted=len(cells) >= COUNTED_FROM,
        keep=len(cells) + len(placed) <= _KEPT,
    )


def short_names(heads: Sequence[Head]) -> dict[str, str]:
    """Return the family names by id; the full name if two experts share a family name."""
    counts = Counter(head.short for head in heads)
    return {head.id: head.short if counts[head.short] == 1 else head.name for head in heads}


def _silent(cells: Sequence[CellView], names: Mapping[str, str], labels: Labels) -> tuple[str, ...]:
    """Return `No position found: Heim, Kennedy`, a line for each reason, in order of first occurrence."""
    reasons: dict[str, list[str]] = {}
    for cell in cells:
        reason = cell.gap_short or labels("stance_missing")
        reasons.setdefault(reason, []).append(names[cell.head.id])
    return tuple(labels("silent", reason=reason, names=", ".join(who)) for reason, who in reasons.items())
