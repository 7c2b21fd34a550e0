"""One document and its project, for answering a request of an editor.

Both are in their last readable state. There are three ways to number a character. A place (`problems.Location`) counts
lines and columns in characters, both from 1. An editor counts columns from 0 in code units, of UTF-16 unless it agreed on another
encoding. An offset counts characters of the text from 0. Lines end in CR, LF or both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.editor.cursor import PathStep, Spot, spot
from generator.evidence.captures.capture_store import Capture, Captures
from generator.model import Library
from generator.problems import Location
from generator.project import EXPERTS, FACTS, HOUSE, SOURCE_FOLDER, SOURCES, Project
from generator.read.yaml_nodes import Mapped, Node, Scalar, Sequence

_BREAK = re.compile(r"\r\n|[\n\r]")
_BOM = "\ufeff"

UNITS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
"""Bytes of a code unit in each encoding that an editor may use."""


class Point(NamedTuple):
    """Position of an editor's cursor: line and code unit, both from 0."""

    line: int
    unit: int


@dataclass(frozen=True)
class Written:
    """A text, and the encoding in which its editor counts."""

    text: str
    encoding: str = "utf-16"

    @cached_property
    def _places(self) -> list[int]:
        return [self.start, *(match.end() for match in _BREAK.finditer(self.text, self.start))]

    @cached_property
    def lines(self) -> list[int]:
        """Return the offset of each of the editor's lines."""
        return [0, *(line_break.end() for line_break in _BREAK.finditer(self.text))]

    @property
    def start(self) -> int:
        """Return where the content begins: after a byte order mark, which locations do not count."""
        return len(_BOM) if self.text.startswith(_BOM) else 0

    def offset_of_place(self, place: Location) -> int:
        """Return the offset of a location; at most the end of its line or of the text."""
        if place.line > len(self._places):
            return len(self.text)
        begin = self._places[max(place.line, 1) - 1]
        end = self._places[place.line] if place.line < len(self._places) else len(self.text)
        return min(begin + max(place.column, 1) - 1, max(begin, end))

    def span(self, place: Location) -> tuple[int, int]:
        """Return the offsets that the carets of a location underline, on one line."""
        start = self.offset_of_place(place)
        return start, min(start + max(place.length, 1), self.line_end(start))

    def line_end(self, offset: int) -> int:
        """Return the end of the line with this offset, before its line break."""
        match = _BREAK.search(self.text, offset)
        return match.start() if match else len(self.text)

    def line_start(self, offset: int) -> int:
        return self.lines[bisect_right(self.lines, offset) - 1]

    def point(self, offset: int) -> Point:
        """Return the editor's position of an offset."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.lines, offset) - 1
        return Point(line, self._units(self.text[self.lines[line] : offset]))

    def offset(self, point: Point) -> int:
        """Return the offset of an editor's position; always within the text, and never inside a character."""
        if point.line < 0 or point.line >= len(self.lines):
            return 0 if point.line < 0 else len(self.text)
        begin = self.lines[point.line]
        line = self.text[begin : self.line_end(begin)]
        if line.isascii():
            return begin + min(max(point.unit, 0), len(line))
        units = 0
        for number, character in enumerate(line):
            units += self._units(character)
            if units > point.unit:
                return begin + number
        return begin + len(line)

    def _units(self, text: str) -> int:
        if text.isascii():
            return len(text)
        codec = self.encoding if self.encoding == "utf-8" else f"{self.encoding}-le"
        return len(text.encode(codec, "surrogatepass")) // UNITS[self.encoding]


KINDS = {HOUSE: "house", EXPERTS: "experts", SOURCES: "sources", FACTS: "facts"}
CITING = ("brief", "house", "facts")
"""Kinds of file that cite sources."""


@dataclass(frozen=True)
class View:
    """A document with its tree and its project."""

    project: Project
    file: str
    written: Written
    root: Node | None
    """The tree of the document; of an earlier text if this one cannot be read."""
    library: Library
    is_fresh: bool = True
    """Whether locations in the tree are valid for this text."""
    further_keys: tuple[tuple[str, str, int], ...] = ()
    """Key, file and line of each entry in the further files of sources."""

    @property
    def kind(self) -> str:
        """`brief`, `house`, `experts`, `sources`, `facts`, or empty for another file."""
        if self.file.startswith(f"{SOURCE_FOLDER}/"):
            return "sources"
        inside = self.file.startswith("briefs/") and self.file.endswith(".yaml")
        return KINDS.get(self.file, "brief" if inside else "")

    @property
    def slug(self) -> str:
        return self.file.rpartition("/")[2].removesuffix(".yaml")

    @cached_property
    def captures(self) -> Captures:
        return Captures(self.project.open)

    def capture(self, key: str) -> Capture | None:
        result = self.captures.get(key)
        return result if isinstance(result, Capture) else None

    def spot(self, offset: int) -> Spot:
        return spot(self.written.text, offset)

    def node(self, *path: PathStep) -> Node | None:
        """Return the node at a path of the tree."""
        return node_at(self.root, path)

    def word(self, *path: PathStep) -> str:
        """Return the text at a path; empty if there is none."""
        node = self.node(*path)
        return node.value.strip() if isinstance(node, Scalar) else ""

    def ids(self, key: str) -> Iterator[tuple[str, Mapped]]:
        """Yield the records of a list of the document, each with its id."""
        node = self.node(key)
        for item in node.items if isinstance(node, Sequence) else ():
            name = item.entries.get("id") if isinstance(item, Mapped) else None
            if isinstance(item, Mapped) and isinstance(name, Scalar) and name.value.strip():
                yield name.value.strip(), item

    def words(self, *path: PathStep) -> list[str]:
        """Return the texts of a list."""
        node = self.node(*path)
        items = node.items if isinstance(node, Sequence) else ()
        return [item.value for item in items if isinstance(item, Scalar)]


def node_at(root: Node | None, path: tuple[PathStep, ...]) -> Node | None:
    """Return the node at a path below another one; None if there is none."""
    node = root
    for step in path:
        if isinstance(node, Mapped) and isinstance(step, str):
            node = node.entries.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step] if 0 <= step < len(node.items) else None
        else:
            return None
    return node
