"""Whether a brief is large enough for the grid of experts and questions that it asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.problems import Code, Problem, Severity
from generator.problems.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

GRID_EXPERTS, GRID_QUESTIONS = 5, 4
"""A grid of fewer says nothing that the strips above it do not."""

GRID_SMALL = Code("grid-small", Severity.WARNING, rests_on=("experts", "questions"))


def has_grid(experts: int, questions: int, *, wanted: bool) -> bool:
    """Whether a brief of this size that asks for a grid, or does not, is printed with one."""
    return wanted and experts >= GRID_EXPERTS and questions >= GRID_QUESTIONS


def check_grid(subject: Subject) -> Iterator[Problem]:
    """`grid-small`."""
    brief = subject.brief
    experts, questions = len(brief.experts), len(brief.questions)
    if brief.grid and not has_grid(experts, questions, wanted=True):
        size = f"{counted(experts, 'expert')} and {counted(questions, 'question')}"
        yield GRID_SMALL.at(brief.place, f"`grid` is left out: the brief has {size}", "remove `grid`")
