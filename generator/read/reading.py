"""The state of reading a file: problems so far, records around a value, place of the value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.model import Text
from generator.problems import Location, Problem
from generator.read.nodes import Document, Mapped

HINTS = 200
"""Problems of a file up to which the nearest known name is suggested, because each search takes time."""
UNREAD: Any = object()
"""Replaces a value that could not be read. There is a problem, unless an optional value is missing."""

Path = tuple[int | str, ...]
"""Keys and indices, from the file down."""
Values = dict[str, Any]
"""The values of the fields of a record, by their names in the record."""


@dataclass(slots=True)
class Record:
    """A record that is being read."""

    node: Mapped
    place: Location
    entry: str = ""
    """The key of the mapping entry that contains it, or contains a record around it."""
    outer: Record | None = None
    values: Values = field(default_factory=dict)
    """The fields that have been read."""
    lines: list[Text] = field(default_factory=list)
    """Its lines in which quotation marks are read as those of a quotation."""

    def around(self, name: str) -> Any:
        """Return the value of a field in the innermost record around this one that has it; None if there is none."""
        record = self.outer
        while record is not None:
            if name in record.values:
                return record.values[name]
            record = record.outer
        return None


@dataclass(frozen=True, slots=True)
class At:
    """The place of a value."""

    name: int | str
    """What messages call it: its key, or its number in a list."""
    key_place: Location | None
    path: Path
    record: Record
    quotations: bool = False
    """Whether words in quotation marks in it are read as quotations."""
    is_entry: bool = False
    """Whether its key is one that the author chose."""

    @property
    def place(self) -> Location:
        """Return the place of its key, or of the record that contains it."""
        return self.key_place or self.record.place

    def item(self, index: int) -> At:
        return At(index, None, (*self.path, index), self.record, self.quotations)

    def entry(self, key: str, place: Location) -> At:
        return At(key, place, (*self.path, key), self.record, self.quotations, is_entry=True)


@dataclass(slots=True)
class Languages:
    """Which of the texts that are given by language is read, and the result."""

    wanted: str
    own: str
    """The language of the file, which a text has if it is not given by language."""
    given: dict[str, None] = field(default_factory=dict)
    """All languages in which a text is given."""
    bound: list[Text] = field(default_factory=list)
    """Names and places of the texts that belong to a language."""
    missing: list[Text] = field(default_factory=list)
    """Those that are missing in the wanted language."""

    @property
    def is_own(self) -> bool:
        """Whether a text that is not given by language is in the wanted one."""
        return nearest_language([self.own], self.wanted) != ""

    def choose(self, tags: Iterable[str]) -> tuple[str, bool]:
        """Return the tag to read, of the languages in which a text is given; and whether it serves the wanted language."""
        tags = tuple(tags)
        chosen = nearest_language(tags, self.wanted)
        return chosen or nearest_language(tags, self.own) or tags[0], chosen != ""


@dataclass(slots=True)
class Reading:
    """One file while it is read."""

    document: Document
    language: str = "en"
    """The language of amounts and of the labels of locators."""
    languages: Languages | None = None
    makers: Mapping[type, Callable[[Values, Record, Reading], Any]] = field(default_factory=dict)
    """Functions that make records whose fields depend on one another; all others are made from their values alone."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def hints(self) -> bool:
        """Whether the nearest known name is suggested."""
        return len(self.problems) < HINTS


def nearest_language(tags: Iterable[str], language: str) -> str:
    """Return the BCP 47 tag that serves a language: itself, its base, or another country's; "" for none."""
    base = _base(language)
    same = [tag for tag in tags if _base(tag) == base]
    return min(same, key=lambda tag: (tag.lower() != language.lower(), tag.lower() != base), default="")


def _base(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]
