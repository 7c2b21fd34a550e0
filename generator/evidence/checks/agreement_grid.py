"""Whether a brief is large enough for the grid of experts and questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model.cell_counts import has_grid
from generator.problems import Code, Problem, Severity
from generator.problems.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

GRID_SMALL = Code("grid-small", Severity.WARNING, rests_on=("experts", "questions"))


def check_grid(subject: Subject) -> Iterator[Problem]:
    """`grid-small`."""
    brief = subject.brief
    experts, questions = len(brief.experts), len(brief.questions)
    if brief.grid and not has_grid(brief):
        size = f"{counted(experts, 'expert')} and {counted(questions, 'question')}"
        yield GRID_SMALL.at(brief.place, f"`grid` has no effect: the brief has {size}", "remove `grid`")
