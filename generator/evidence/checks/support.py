"""Whether passages under `support` have content, and whether the facts under positions have changed."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from generator.evidence.gate.quotation import count_words
from generator.evidence.review_record import suspects
from generator.languages import all_languages
from generator.model import Statement, Status
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks import Subject


SUPPORT_EMPTY = Code("support-empty", Severity.ERROR)
SHORTEST = 3
"""Words of a passage."""
CONTENT = 2
"""Words in it that are not function words."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


def check_support(subject: Subject) -> Iterator[Problem]:
    """Yield `support-empty` at each passage under `support`."""
    for statement in walk(subject.brief, Statement):
        if statement.support and not has_content(statement.support.value):
            message = f"“{statement.support.value.strip()[:60]}” is too little to support anything"
            hint = "give at least three words, two of them with a meaning of their own"
            yield SUPPORT_EMPTY.at(statement.support.place, message, hint)


def has_content(passage: str) -> bool:
    """Whether a passage has enough words, and enough of them are not function words."""
    content = [word for word in _WORD.findall(passage.casefold()) if word not in _function_words() and len(word) > 1]
    unspaced = len(_UNSPACED.findall(passage)) >= 2 * CONTENT
    return count_words(passage) >= SHORTEST and (unspaced or len(content) >= CONTENT)


@functools.cache
def _function_words() -> frozenset[str]:
    """Return the function words of all languages that have a list. In other languages every word counts as content."""
    return frozenset(word for one in all_languages() for word in one.function_words or ())


SUSPECT = Code("suspect", Severity.WARNING)
UNREVIEWED = Code("unreviewed", Severity.NOTE, rests_on=("facts.id", "rests_on"))


def check_reviews(subject: Subject) -> Iterator[Problem]:
    """Yield `suspect` and `unreviewed`, at the name of the fact in `rests_on`; nothing while the lock file is damaged."""
    brief = subject.brief
    if subject.reviews.damaged:
        return
    for link, place, review in suspects(brief, subject.reviews):
        if review:
            message = f"the fact “{link.fact}” has changed since this was reviewed on {review.date}"
            yield SUSPECT.at(place, message, f"read both again, then run `brief review {brief.slug}`")
        else:
            severity = Severity.WARNING if brief.status is Status.PUBLISHED else None
            message = f"the link to the fact “{link.fact}” has not been reviewed"
            yield UNREVIEWED.at(place, message, f"run `brief review {brief.slug}`", severity=severity)
