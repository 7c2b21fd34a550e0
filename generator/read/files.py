"""The kinds of file that authors write, with what each holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Brief, Expert, HouseStyle, SharedFacts
from generator.model.fields import Shape, shape_of
from generator.model.kinds import Either, Kind, ListOf, MappingOf, RecordOf, mapping_of, record
from generator.read.csl_reference import SourcesFile

BRIEF: RecordOf[Brief, None] = record(Brief, "brief")
EXPERTS = mapping_of(record(Expert, by_key="id"), ids=True)
SOURCES: RecordOf[SourcesFile, None] = record(SourcesFile, "sources")
HOUSE: RecordOf[HouseStyle, None] = record(HouseStyle, "house")
FACTS: RecordOf[SharedFacts, None] = record(SharedFacts, "facts")

FILES: dict[str, Kind[Any, Any]] = {
    "brief": BRIEF,
    "experts": EXPERTS,
    "sources": SOURCES,
    "house": HOUSE,
    "facts": FACTS,
}
"""By the name that `brief schema` takes."""
MEANINGS = {
    "brief": "One publication: `briefs/<slug>.yaml`.",
    "house": "What all briefs of a publisher share: `briefs/house.yaml`.",
    "facts": "Facts that several briefs use: `briefs/facts.yaml`, in the language of the house style.",
}
"""What a file is for, where its name does not say it."""


def records_in(kind: Kind[Any, Any]) -> dict[str, Shape]:
    """Return the shapes of all records that a value of a kind may hold, by name; those of the kind itself left out if it is a file."""
    found: dict[str, Shape] = {}
    inner = shape_of(kind).fields.values() if isinstance(kind, RecordOf) else ()
    waiting = [field.kind for field in inner] or list(_parts(kind))
    while waiting:
        current = waiting.pop()
        if isinstance(current, RecordOf):
            shape = shape_of(current)
            if shape.name not in found:
                found[shape.name] = shape
                waiting += [field.kind for field in shape.fields.values()]
        else:
            waiting += _parts(current)
    return found


def _parts(kind: Kind[Any, Any]) -> Iterator[Kind[Any, Any]]:
    match kind:
        case ListOf():
            yield kind.item
        case MappingOf():
            yield kind.value
        case Either():
            yield from (kind.other, kind.marked)
