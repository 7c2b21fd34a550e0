"""Walking through a brief: every record of one kind, however deep it stands.

The walk goes by the fields of the records, so that a field added to the model is checked without a change here. It does
not know what any record means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from typing import Any, TypeVar

from generator.model import Amount, Brief, Citation, Cluster, Date, Position, Prose, Question, Silence
from generator.problems import Location
from generator.syntax.spans import place_at

T = TypeVar("T")

LEAVES = (str, int, float, type(None), Location, Amount, Date, Silence)
"""What holds no further record; `str` covers the enumerations too."""


def parts(value: Any) -> Iterator[Any]:
    """The records that stand directly inside `value`, in the order of its fields."""
    if isinstance(value, LEAVES):
        return
    if isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple):
        yield from value
    elif is_dataclass(value):
        for name in value.__dataclass_fields__:
            yield getattr(value, name)


def walk(record: object, kind: type[T]) -> Iterator[T]:
    """Every record of `kind` in `record`, itself included, outer ones before what they hold."""
    waiting = [record]
    while waiting:
        current = waiting.pop()
        if isinstance(current, kind):
            yield current
        waiting.extend(reversed(tuple(parts(current))))


def cells(brief: Brief) -> Iterator[tuple[Question, str, Position]]:
    """Every position in the matrix with its question and its expert's id; earlier positions are not among them."""
    for question in brief.questions:
        for expert, cell in question.cells.items():
            if isinstance(cell, Position):
                yield question, expert, cell


def citations(record: object) -> Iterator[tuple[Citation, Location]]:
    """Every citation in `record`, in prose and in `cite` fields, with the place of its key."""
    in_prose = {cluster: prose for prose in walk(record, Prose) for cluster in prose.clusters}
    for cluster in walk(record, Cluster):
        for citation in cluster.citations:
            yield citation, _key_place(citation, cluster, in_prose.get(cluster))


def _key_place(citation: Citation, cluster: Cluster, prose: Prose | None) -> Location:
    """In a `cite` field, whose text is not kept, the key is found by its offset where all stands in one line."""
    length = len(citation.key) + 1
    if prose:
        return place_at(prose.text, citation.offset, length)
    first = cluster.citations[0]
    begins = 0 if first.prefix else first.offset - first.suppress_author
    ahead = citation.offset - begins
    if ahead + length > cluster.place.length:
        return cluster.place
    return replace(cluster.place, column=cluster.place.column + ahead, length=length)
