"""Located YAML: composes a text within limits, as a tree whose keys and values know their places.

Scalars stay the text that the author typed; the reader of a field decides later what it means. This module opens no file.

libyaml builds nodes by recursion, and some hundred thousand brackets would end the process. Its events need no recursion, so
they are examined first, which takes a seventh of the time of building the nodes. What events show and nodes do not (tags, anchors,
a second document) is found at the same time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

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
    """Turn a node into lists, dicts, strings and None, for values that may have several forms."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def walk_nodes(node: Node) -> Iterator[Node]:
    """Yield the node and all below it, in the order of the file."""
    yield node
    children = node.items if isinstance(node, Sequence) else node.entries.values() if isinstance(node, Mapped) else ()
    for child in children:
        yield from walk_nodes(child)


MAX_NODES = 100_000
MAX_DEPTH = 60
DEEP = f"nested more than {MAX_DEPTH} levels deep"


class TooMuch(yaml.YAMLError):
    """The text has more values or levels than a file may have, from this line and column on, both counted from 1."""

    def __init__(self, message: str, mark: Any) -> None:
        super().__init__(message)
        self.line: int = mark.line + 1 if mark else 1
        self.column: int = mark.column + 1 if mark else 1


class Fault(NamedTuple):
    """What is wrong with the YAML of a file, in an author's words; line and column count from 0, as the parser's do."""

    line: int
    column: int
    message: str
    hint: str
    length: int = 1


def fault_at(mark: Any, message: str, hint: str, length: int = 1) -> Fault:
    """Return the fault at a mark of the parser."""
    return Fault(mark.line, mark.column, message, hint, length)


class Composed(NamedTuple):
    root: yaml.Node | None
    """None if the text has no content."""
    faults: tuple[Fault, ...]


def compose(text: str) -> Composed:
    """Compose the first document and find the text that would be lost. Raises yaml.YAMLError, also as TooMuch."""
    look = _EventReader()
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            look.at(event)
    except yaml.MarkedYAMLError as error:  # newer versions of libyaml have a limit of their own
        if "nesting depth" in f"{error.problem} {error.context}":
            raise TooMuch(DEEP, error.problem_mark or error.context_mark) from None
        raise
    loader = yaml.CSafeLoader(text)
    try:
        root: yaml.Node | None = loader.get_node() if loader.check_node() else None
    finally:
        loader.dispose()
    return Composed(root, tuple(look.faults()))


class _EventReader:
    """Reads the events of a text, and counts values and levels."""

    def __init__(self) -> None:
        self.depth = self.nodes = self.documents = 0
        self.anchors: dict[str, Any] = {}
        self.aliases: set[str] = set()
        self.tags: list[tuple[str, Any]] = []
        self.second: Any = None

    def at(self, event: Any) -> None:
        """Take the next event. Raises TooMuch."""
        kind = type(event)
        if kind is yaml.ScalarEvent or kind is yaml.AliasEvent:
            self.node(event)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise TooMuch(DEEP, event.start_mark)
            self.node(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.depth -= 1
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1

    def node(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise TooMuch(f"more than {MAX_NODES:,} values", event.start_mark)
        if event.anchor:
            self.anchored(event)
        if getattr(event, "tag", None):
            self.tags.append((event.tag, event.start_mark))
        if self.documents > 1 and self.second is None:
            written = not isinstance(event, yaml.ScalarEvent) or event.value or event.style
            self.second = event.start_mark if written else None

    def anchored(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.aliases.add(str(event.anchor))
        else:
            self.anchors.setdefault(event.anchor, event.start_mark)

    def faults(self) -> list[Fault]:
        """Return the faults. An empty second document is the closing line of front matter, which is no fault."""
        faults = [
            fault_at(
                mark, f"YAML reads “&{name}” as an anchor, so it would not be printed", QUOTE, length=len(name) + 1
            )
            for name, mark in self.anchors.items()
            if name not in self.aliases
        ]
        faults += [
            fault_at(mark, "YAML reads text that begins with ! as a tag, so it would not be printed", QUOTE)
            for _, mark in self.tags
        ]
        if self.second:
            message = "a second YAML document begins here, after a line `---`; a file has only one"
            hint = "remove the line `---`, and put text under a key such as `summary:`"
            faults.append(fault_at(self.second, message, hint))
        return faults


QUOTE = "put the whole text in quotes"
