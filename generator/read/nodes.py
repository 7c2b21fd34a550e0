"""Located YAML: the tree of a file in which every key and value has its place.

Scalars stay the text that the author typed; the reader of a field decides later what it means. This module depends neither on
PyYAML nor on any file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.problems import Location, Problem


@dataclass(frozen=True, slots=True)
class Scalar:
    value: str
    place: Location
    raw: str = ""
    """The slice of the file, with quotes and indentation."""
    plain: bool = True
    """Whether it is written without quotes and not as a block."""

    @property
    def is_null(self) -> bool:
        return self.plain and self.value in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    place: Location


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping; if a key occurs twice, the first value counts (the second is a problem)."""

    entries: Mapping[str, Node]
    keys: Mapping[str, Location]
    place: Location


Node = Scalar | Sequence | Mapped


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file as read; `root` is None if it could not be read at all."""

    file: str
    text: str
    root: Node | None
    digest: str = field(default="", compare=False)
    problems: tuple[Problem, ...] = field(default=(), compare=False)
    """The problems of its text."""


def plain(node: Node) -> Any:
    """Turn a node into lists, dicts, strings and None, for validation."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, in the order of the file."""
    yield node
    children = node.items if isinstance(node, Sequence) else node.entries.values() if isinstance(node, Mapped) else ()
    for child in children:
        yield from walk(child)
