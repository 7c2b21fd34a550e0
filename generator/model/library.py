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
    """An entry of the sources, which are written as CSL defines them (`generator/read/file_readers.py`)."""

    key: str
    csl: Mapping[str, Any]
    """The entry as CSL-JSON, without this project's own fields."""
    place: Location
    title: str
    provenance: str
    """`primary`, or `report` where the source tells what others said."""
    issued: Date | None
    short: str
    """How a cell names it: `title-short`, or a description made from type and title."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """The people, the sources and the house style of one project folder."""

    experts: Mapping[str, Expert]
    sources: Mapping[str, Source]
    house: HouseStyle
    houses: Mapping[str, HouseStyle] = field(default_factory=dict)
    """The house style in each language that it has texts for, by tag."""
    files: Mapping[str, str] = field(default_factory=dict)
    """`experts`, `sources`, `house` and, where they could be read, `facts`: the file each was read from, for messages."""
    similar: tuple[str, ...] = ()
    """Keys of further sources that begin like a key that is cited and unknown, for hints."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    """The facts that briefs share, by id; only where a brief uses one."""
    unread: tuple[Unread, ...] = ()
    """What of its files could not be read: `experts.ann`, `sources.references.id`, `house.language`."""
