"""Everything that briefs refer to: people, sources, house style and shared facts of one project folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from generator.model.fact import Fact
from generator.model.fields import optional, required
from generator.model.house_style import HouseStyle
from generator.model.kinds import DATE, LANGUAGE, LINE, list_of, member, record
from generator.model.values import Date, Line
from generator.problems import Location
from generator.problems.problem import Unread


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """The role of a person, with organisation and period."""

    role: str = optional(LINE, "`scholar`, `director`.", "professor", quotations=False)
    organisation: str = optional(LINE, "The organisation.", "University of Examples", quotations=False)
    start: Date | None = optional(DATE, "Since when; left out if it is not known.", "2019", "bad-date", key="from")
    end: Date | None = optional(
        DATE,
        "Until when; left out if it continues or is not known.",
        "2024-06",
        "bad-date affiliation-missing",
        key="until",
    )
    lines: tuple[Line, ...] = ()
    place: Location


class ExpertKind(StrEnum):
    PERSON = "person"
    INSTITUTION = "institution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expert:
    """A person or institution that briefs quote or paraphrase. `id` is the key of the entry."""

    id: str
    name: str = required(LINE, "The full name as it is printed.", "Ann van Example", quotations=False)
    family: str = optional(
        LINE, "The name used for sorting, if it is not the last word of `name`.", "van Example", quotations=False
    )
    """The name used for sorting and at the head of narrow columns."""
    kind: ExpertKind = optional(
        member(ExpertKind),
        "`institution` for a body: its position is printed as an institution's, not a person's.",
        "person",
        "bad-value",
        default=ExpertKind.PERSON,
    )
    also: tuple[str, ...] = optional(
        list_of(LINE),
        "Other forms of the name in sources: spellings, initials, the name in another script.",
        "[A. Example, Anna Example]",
        "speaker-unclear",
        quotations=False,
    )
    affiliations: tuple[Affiliation, ...] = optional(
        list_of(record(Affiliation)),
        "Roles and organisations with their periods. The one at the time of a statement is printed.",
        "[{role: professor, organisation: University of Examples}]",
        "affiliation-missing",
    )
    language: str = optional(
        LANGUAGE,
        "BCP 47 tag of the name's language, if a screen reader of the brief's language would misread it.",
        "ru",
        "unknown-language",
    )
    affiliation_note: str = optional(
        LINE,
        "Printed if no affiliation is known, such as that the source gives none.",
        "affiliation not given in the source",
        quotations=False,
    )
    lines: tuple[Line, ...] = ()
    place: Location
