"""Whether a brief says its answer first, and whether the answer rests on anything."""

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
"""More than a sentence that a reader takes in at first sight."""

ANSWER_MISSING = Code("answer-missing", Severity.WARNING, rests_on=("answer",))
ANSWER_UNSUPPORTED = Code("answer-unsupported", Severity.ERROR, rests_on=("answer",))
ANSWER_LONG = Code("answer-long", Severity.WARNING)


def check_answer(subject: Subject) -> Iterator[Problem]:
    """`answer-missing`, `answer-unsupported` and `answer-long`."""
    brief = subject.brief
    if not brief.answer:
        if brief.status is Status.PUBLISHED:
            hint = "say in `answer`, in one sentence, what the brief found"
            yield ANSWER_MISSING.at(brief.title.place, "the brief does not say its answer under the title", hint)
        return
    if not (brief.answer.citation_groups or brief.answer.facts or any(cells(brief))):
        hint = "cite a source with `[@key]` or refer to a fact with `[#id]`"
        yield ANSWER_UNSUPPORTED.at(brief.answer.text.place, "the answer rests on no source, fact or position", hint)
    if is_long(brief.answer):
        message = f"the answer has {counted(len(brief.answer.plain.split()), 'word')}; one sentence is printed best"
        yield ANSWER_LONG.at(brief.answer.text.place, message, "move what is not the answer to `summary`")


def is_long(answer: Prose) -> bool:
    return len(answer.plain.split()) > MOST_WORDS or "\n\n" in answer.text.value.strip()
