"""Findings that an author has looked at and keeps.

`silence` in a record (the brief, a fact, a position ...) drops the findings of one code in it, and in the house style
in every brief. Which record a finding stands in is told by its place alone, so that findings of any stage can be
silenced.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from generator.model import Brief, HouseStyle, Silence
from generator.model.walk import parts
from generator.problems import Code, Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SILENCE_UNUSED = Code("silence-unused", Severity.WARNING)

CODES = (SILENCE_UNUSED,)

SILENCEABLE_ERRORS = frozenset({"figure-contradiction"})
"""Errors that rest on a guess at what prose means. Every other error stands until it is mended."""

NEVER = frozenset({"quote-absent", "quote-unverified"})
"""Findings that no reason outweighs, even where a draft makes a warning of one."""

Point = tuple[int, int]
Stretch = tuple[Point, tuple[Silence, ...]]
Stretches = dict[str, list[Stretch]]
"""By file: that of the brief, and that of the shared facts."""


def silenceable(problem: Problem) -> bool:
    return problem.code not in NEVER and (not problem.is_error or problem.code in SILENCEABLE_ERRORS)


def _own(record: Any) -> tuple[Silence, ...]:
    """What stands in the record itself; a position's or voice's silences are kept in its statement."""
    statement = getattr(record, "statement", None)
    own: tuple[Silence, ...] = getattr(record, "silenced", ()) or getattr(statement, "silenced", ())
    return own


def stretches(brief: Brief) -> Stretches:
    """Where each record of `brief` begins, in the order of its file, with the silences that hold there.

    A place belongs to the last record that begins before it; where several begin together, to the innermost.
    """
    found: Stretches = {}
    waiting: list[tuple[Any, tuple[Silence, ...]]] = [(brief, ())]
    while waiting:
        record, outer = waiting.pop()
        own = _own(record)
        holding = outer + tuple(one for one in own if one not in outer)
        place = getattr(record, "place", None)
        if isinstance(place, Location):
            found.setdefault(place.file, []).append(((place.line, place.column), holding))
        waiting.extend((part, holding) for part in reversed(tuple(parts(record))))
    return {file: sorted(begun, key=lambda stretch: stretch[0]) for file, begun in found.items()}


def holding_at(place: Location, where: Stretches) -> tuple[Silence, ...]:
    """The silences that hold at a place."""
    begun = where.get(place.file, [])
    index = bisect_right(begun, (place.line, place.column), key=lambda stretch: stretch[0])
    return begun[index - 1][1] if index else ()


def settle(
    problems: Iterable[Problem], brief: Brief, house: HouseStyle, judged: frozenset[str] | None
) -> Iterator[Problem]:
    """`problems` without those that are silenced, then a `silence-unused` for each silence that had nothing to do.

    Only silences of the codes in `judged` are held to that; None judges all. Those of the house style are not,
    nor those of shared facts, since another brief may need them.
    """
    where = stretches(brief)
    used: set[Silence] = set()
    for problem in problems:
        here = holding_at(problem.place, where)
        matching = [one for one in (*here, *house.silenced) if one.code == problem.code]
        if matching and silenceable(problem):
            used.update(matching)
        else:
            yield problem
    for silence in dict.fromkeys(silence for _, holding in where.get(brief.file, ()) for silence in holding):
        if silence.place.file == brief.file and silence not in used and (judged is None or silence.code in judged):
            hint = "remove it, or correct the code; errors of evidence cannot be silenced"
            yield SILENCE_UNUSED.at(silence.place, f"nothing here is “{silence.code}”", hint)
