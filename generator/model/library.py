"""Everything that briefs refer to: people, sources, house style and shared facts of one project folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model.expert import Expert
from generator.model.fact import Fact
from generator.model.house_style import HouseStyle
from generator.model.values import Date
from generator.problems import Location
from generator.problems.unread import Unread


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the sources, which are written in CSL's form (`generator/read/file_readers.py`)."""

    key: str
    csl: Mapping[str, Any]
    """The entry as CSL-JSON, without this project's own fields."""
    place: Location
    title: str
    provenance: str
    """`primary`, or `report` if the source reports what others said."""
    issued: Date | None
    short: str
    """Its name in a cell: `title-short`, or a description made from type and title."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """The people, the sources and the house style of one project folder."""

    experts: Mapping[str, Expert]
    sources: Mapping[str, Source]
    house: HouseStyle
    houses: Mapping[str, HouseStyle] = field(default_factory=dict)
    """The house style in each language for which it has texts, by tag."""
    files: Mapping[str, str] = field(default_factory=dict)
    """The file from which `experts`, `sources`, `house` and, if they could be read, `facts` were read, for messages."""
    similar: tuple[str, ...] = ()
    """Keys of further sources that begin like a cited key that does not exist, for hints."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """The facts that briefs share, by id; only if a brief uses one."""
    unread: tuple[Unread, ...] = ()
    """The parts of its files that could not be read: `experts.ann`, `sources.references.id`, `house.language`."""
