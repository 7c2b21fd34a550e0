"""Whether a brief gives its answer first, and whether the answer has a basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.model import Prose, Status
from generator.model.walk import cells
from generator.problems import Code, Problem, Severity
from generator.problems.counts import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

MOST_WORDS = 50
"""Words; a longer answer cannot be read at a glance."""

ANSWER_MISSING = Code("answer-missing", Severity.WARNING, rests_on=("answer",))
ANSWER_UNSUPPORTED = Code("answer-unsupported", Severity.ERROR, rests_on=("answer",))
ANSWER_LONG = Code("answer-long", Severity.WARNING)


def check_answer(subject: Subject) -> Iterator[Problem]:
    """`answer-missing`, `answer-unsupported` and `answer-long`."""
    brief = subject.brief
    if not brief.answer:
        if brief.status is Status.PUBLISHED:
            hint = "give the result of the brief in one sentence, in `answer`"
            yield ANSWER_MISSING.at(brief.title.place, "the brief has no answer under its title", hint)
        return
    if not (brief.answer.citation_groups or brief.answer.facts or any(cells(brief))):
        hint = "cite a source with `[@key]` or refer to a fact with `[#id]`"
        yield ANSWER_UNSUPPORTED.at(
            brief.answer.text.place, "the answer has no source, fact or position to support it", hint
        )
    if is_long(brief.answer):
        message = f"the answer has {counted(len(brief.answer.plain.split()), 'word')}; it should be one sentence"
        yield ANSWER_LONG.at(brief.answer.text.place, message, "move the rest to `summary`")


def is_long(answer: Prose) -> bool:
    return len(answer.plain.split()) > MOST_WORDS or "\n\n" in answer.text.value.strip()
