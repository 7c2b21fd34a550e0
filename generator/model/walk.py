"""Walks through a brief: every record of one kind, and what its sections place.

The walk follows the fields of the records, so a new field of the model is checked without a change here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from functools import cache, lru_cache
from operator import methodcaller
from typing import Any, TypeVar

from generator.model import (
    Amount,
    Brief,
    Date,
    Event,
    PictureFile,
    Placement,
    Position,
    Question,
    Suppression,
    TableCell,
)
from generator.problems import Location

T = TypeVar("T")
LEAVES = (str, int, float, type(None), Location, Amount, Date, Suppression, TableCell, PictureFile)
"""Types that contain no further record; `str` includes the enumerations."""
_SIMPLE = frozenset({str, int, float, bool, type(None), Location})
"""Types that nobody looks for: most fields of a record have one of them, or are an empty tuple."""
_NOTHING: tuple[object, ...] = ()


def parts(value: object) -> Iterable[Any]:
    """Return the records directly inside `value`, in the order of its fields."""
    return _opener(type(value))(value)  # type: ignore[arg-type]  # classes can be hashed, which mypy denies


@cache
def _opener(kind: type) -> Callable[[Any], Iterable[Any]]:
    """Return a function that yields the parts of a value of this type; made once a type, because making it is slower than calling it."""
    if issubclass(kind, LEAVES):
        return lambda _: ()
    if issubclass(kind, Mapping):
        return methodcaller("values")
    if issubclass(kind, tuple):
        return iter
    names = tuple(kind.__dataclass_fields__) if is_dataclass(kind) else ()

    def fields(record: Any) -> Iterable[Any]:
        values = [getattr(record, name) for name in names]
        return [value for value in values if value is not _NOTHING and type(value) not in _SIMPLE]

    return fields


def walk(record: object, kind: type[T]) -> Iterator[T]:
    """Yield every record of `kind` in `record`, itself included, outer records before inner ones."""
    records = _of_brief(_Same(record)) if isinstance(record, Brief) else _all(record)
    return (one for one in records if isinstance(one, kind))


def _all(record: object) -> Iterator[Any]:
    waiting = [record]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(tuple(parts(current))))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A brief as a dictionary key: equal only to itself, because it cannot be hashed. While the key exists, the brief exists too."""

    brief: Brief

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.brief is self.brief

    def __hash__(self) -> int:
        return id(self.brief)


@lru_cache(maxsize=1)
def _of_brief(same: _Same) -> tuple[Any, ...]:
    """Return everything in a brief, collected once for the many checks that walk through it; records never change."""
    return tuple(_all(same.brief))


def cells(brief: Brief) -> Iterator[tuple[Question, str, Position]]:
    """Yield every position in the matrix with its question and its expert's id, without earlier positions."""
    for question in brief.questions:
        for expert, cell in question.cells.items():
            if isinstance(cell, Position):
                yield question, expert, cell


PLACED_ONLY = {"picture": "pictures", "quote": "pull_quotes", "box": "boxes"}
"""The field for each kind of figure that is printed only where a section places it."""
NUMBERED = {"picture": "pictures", "table": "tables", "chart": "charts"}
"""The field for each kind of figure that has a number, and so can be referred to."""
KINDS = {**PLACED_ONLY, **NUMBERED}


def figures(brief: Brief, fields: dict[str, str] = KINDS) -> dict[str, Location]:
    """Return name (`picture:harbour`) and place of each figure of these kinds, in the order of the file."""
    return {f"{kind}:{one.id}": one.place for kind, field in fields.items() for one in getattr(brief, field)}


def numbered(brief: Brief) -> tuple[str, ...]:
    """Return the names of what prose can refer to."""
    return tuple(figures(brief, NUMBERED))


def in_sections(brief: Brief, *, after: bool) -> Iterator[Placement]:
    """Yield what the sections before the facts place, or those after the positions, in reading order."""
    return (placed for section in brief.sections if section.after == after for placed in section.text.placements)


def placed_names(brief: Brief) -> tuple[str, ...]:
    """Return the names of all placed figures, in reading order."""
    return tuple(placed.name for after in (False, True) for placed in in_sections(brief, after=after))


_DRAWN_FROM, _DRAWN_TO = 4, 24


def drawn_events(events: Sequence[Event]) -> list[Event]:
    """Return the events that the picture of the timeline shows; none if they are too few or too many.

    It does not show days on which something was only reported.
    """
    dated = [event for event in events if not event.reported]
    return dated if _DRAWN_FROM <= len(dated) <= _DRAWN_TO else []
