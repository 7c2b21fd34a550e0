"""Drops the problems that an author accepts, and reports suppressions that suppress nothing.

`silence` in a record (the brief, a fact, a position ...) suppresses the problems of one code in that record; in the house
style, in every brief. Only its place decides in which record a problem is, so problems of every stage can be suppressed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from generator.model import Brief, HouseStyle, Suppression
from generator.model.walk import parts
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import did_you_mean
from generator.problems.problem import Point
from generator.problems.texts import names

SILENCE_UNUSED = Code("silence-unused", Severity.WARNING)

SUPPRESSIBLE_ERRORS = frozenset({"figure-contradiction", "negation-cut"})
"""Errors that depend on an assumption about the meaning of prose or of a sentence. All other errors have to be corrected."""

NEVER = frozenset({"quote-absent", "quote-unverified"})
"""Problems that cannot be suppressed, even if a draft turns them into warnings."""

Stretch = tuple[Point, tuple[Suppression, ...]]
Stretches = dict[str, list[Stretch]]
"""By file: that of the brief, and that of the shared facts."""


def suppressible(problem: Problem) -> bool:
    return problem.code not in NEVER and (not problem.is_error or problem.code in SUPPRESSIBLE_ERRORS)


def unsuppressed(problems: Iterable[Problem], brief: Brief, house: HouseStyle) -> Iterator[Problem]:
    """Yield the problems of a brief that nobody has accepted."""
    where = stretches(brief)
    for problem in problems:
        codes = {one.code for one in (*applying_at(problem.place, where), *house.suppressed)}
        if not (problem.code in codes and suppressible(problem)):
            yield problem


def _own(record: Any) -> tuple[Suppression, ...]:
    """Return the suppressions of the record itself; those of a position or voice are in its statement."""
    statement = getattr(record, "statement", None)
    own: tuple[Suppression, ...] = getattr(record, "suppressed", ()) or getattr(statement, "suppressed", ())
    return own


def stretches(brief: Brief) -> Stretches:
    """Return where each record of `brief` begins, in the order of its file, with the suppressions that apply from there.

    A place belongs to the last record that begins before it; if several begin at one place, to the innermost.
    """
    by_file: Stretches = {}
    waiting: list[tuple[Any, tuple[Suppression, ...]]] = [(brief, ())]
    while waiting:
        record, outer = waiting.pop()
        own = _own(record)
        applying = outer + tuple(one for one in own if one not in outer)
        place = getattr(record, "place", None)
        if isinstance(place, Location):
            by_file.setdefault(place.file, []).append(((place.line, place.column), applying))
        waiting.extend((part, applying) for part in reversed(tuple(parts(record))))
    return {file: sorted(begun, key=lambda stretch: stretch[0]) for file, begun in by_file.items()}


def applying_at(place: Location, where: Stretches) -> tuple[Suppression, ...]:
    """Return the suppressions that apply to a place."""
    begun = where.get(place.file, [])
    index = bisect_right(begun, (place.line, place.column), key=lambda stretch: stretch[0])
    return begun[index - 1][1] if index else ()


def settle(problems: Iterable[Problem], brief: Brief, house: HouseStyle) -> Iterator[Problem]:
    """Yield the problems that are not suppressed, then a `silence-unused` for each suppression that suppressed none.

    Suppressions of the house style and of shared facts are not reported, because another brief may need them.
    """
    where = stretches(brief)
    used: set[Suppression] = set()
    for problem in problems:
        here = applying_at(problem.place, where)
        matching = [one for one in (*here, *house.suppressed) if one.code == problem.code]
        if matching and suppressible(problem):
            used.update(matching)
        else:
            yield problem
    applying = (suppression for _, here in where.get(brief.file, ()) for suppression in here)
    for suppression in dict.fromkeys(applying):
        if suppression.place.file == brief.file and suppression not in used:
            meant = did_you_mean(suppression.code, names()) if suppression.code not in names() else ""
            hint = meant or "remove it, or correct the code; errors of evidence cannot be suppressed"
            message = f"unused suppression: there is no “{suppression.code}” here"
            yield SILENCE_UNUSED.at(suppression.place, message, hint)
