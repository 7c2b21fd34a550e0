"""Converts views to plain data for templates.

Plain data are text, numbers, true and false, none, and tuples and mappings of these. Prose and citations become mappings with a
number, by which `prose` and `cite` find the record, so a template has no object with methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias, TypeVar

from generator.model import CitationGroup, Prose
from generator.render.page import picture_views, views

Plain: TypeAlias = "str | int | float | bool | tuple[Plain, ...] | Mapping[str, Plain] | None"
Record = TypeVar("Record")

_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
_RECORDS = frozenset(
    kind
    for module in (views, picture_views)
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__
)
_OF_PRESET = (
    "name",
    "description",
    "blocks",
    "size",
    "columns",
    "upright",
    "least_pages",
    "most_pages",
    "notes",
    "short",
)
"""Fields of a preset without its folders, which are paths of this machine."""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page for templates, and the records behind its numbers."""

    page: Mapping[str, Plain]
    proses: tuple[Prose, ...]
    citation_groups: tuple[CitationGroup, ...]

    def prose(self, reference: Plain) -> Prose | None:
        """Return the prose that a template passes back; None for none. Raises LookupError for anything else."""
        return _found(self.proses, reference, "prose")

    def cluster(self, reference: Plain) -> CitationGroup | None:
        """Return the citations that a template passes back; None for none. Raises LookupError for anything else."""
        return _found(self.citation_groups, reference, "cluster")


def plain_page(page: views.Page) -> PlainPage:
    """Convert a page. Raises TypeError if a record has a value without a plain form."""
    conversion = _Conversion()
    data = {name: conversion.plain(value) for name, value in _fields(page) if name not in ("preset", "labels", "files")}
    data["preset"] = {name: conversion.plain(getattr(page.preset, name)) for name in _OF_PRESET}
    return PlainPage(data, tuple(conversion.proses), tuple(conversion.citation_groups))


def _found(records: tuple[Record, ...], reference: Plain, kind: str) -> Record | None:
    if reference is None:
        return None
    number = reference.get(kind) if isinstance(reference, Mapping) else None
    if type(number) is not int or not 0 <= number < len(records):
        raise LookupError(f"this is not a {kind} of the page")
    return records[number]


def _fields(record: Any) -> list[tuple[str, Any]]:
    return [(field.name, getattr(record, field.name)) for field in fields(record)]


class _Conversion:
    """Converts each record once, regardless of its number of uses."""

    def __init__(self) -> None:
        self.proses: list[Prose] = []
        self.citation_groups: list[CitationGroup] = []
        self._done: dict[int, Plain] = {}

    def plain(self, value: Any) -> Plain:
        if type(value) in _AS_IT_IS:
            plain: Plain = value
            return plain
        if id(value) not in self._done:
            self._done[id(value)] = self._converted(value)
        return self._done[id(value)]

    def _converted(self, value: Any) -> Plain:
        if type(value) in _RECORDS:
            return {name: self.plain(item) for name, item in _fields(value)}
        if isinstance(value, tuple):
            return tuple(map(self.plain, value))
        if isinstance(value, Prose):
            return self._prose(value)
        if isinstance(value, CitationGroup):
            self.citation_groups.append(value)
            return {"cluster": len(self.citation_groups) - 1}
        if isinstance(value, Mapping):
            return {str(name): self.plain(item) for name, item in value.items()}
        if isinstance(value, str):  # a name of an enumeration
            return str(value)
        raise TypeError(f"{type(value).__name__} has no plain form for templates")

    def _prose(self, prose: Prose) -> Plain:
        if not prose:
            return None
        self.proses.append(prose)
        return {"prose": len(self.proses) - 1, "plain": prose.plain}
