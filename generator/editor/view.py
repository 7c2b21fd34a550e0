"""View of a document with its project, the basis of every answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.editor.flow import Step
from generator.editor.outline import Spot, spot
from generator.editor.written import Written
from generator.evidence.captures.capture_store import Capture, Captures
from generator.model import Library
from generator.project import EXPERTS, FACTS, HOUSE, SOURCE_FOLDER, SOURCES, Project
from generator.read.nodes import Mapped, Node, Scalar, Sequence

KINDS = {HOUSE: "house", EXPERTS: "experts", SOURCES: "sources", FACTS: "facts"}
CITING = ("brief", "house", "facts")
"""The kinds of file that cite sources."""


@dataclass(frozen=True)
class View:
    """A document, and what is known around it."""

    project: Project
    file: str
    written: Written
    root: Node | None
    """The tree of the document; of an earlier text where this one cannot be read."""
    library: Library
    is_fresh: bool = True
    """Whether places in the tree are places in this text."""
    further_keys: tuple[tuple[str, str, int], ...] = ()
    """Of each entry in the further files of sources: key, file and line."""

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

    def node(self, *path: Step) -> Node | None:
        """The node at a path of the tree."""
        return node_at(self.root, path)

    def word(self, *path: Step) -> str:
        """The text at a path; empty where there is none."""
        node = self.node(*path)
        return node.value.strip() if isinstance(node, Scalar) else ""

    def ids(self, key: str) -> Iterator[tuple[str, Mapped]]:
        """The records of a list of the document, by their ids."""
        node = self.node(key)
        for item in node.items if isinstance(node, Sequence) else ():
            name = item.entries.get("id") if isinstance(item, Mapped) else None
            if isinstance(item, Mapped) and isinstance(name, Scalar) and name.value.strip():
                yield name.value.strip(), item

    def words(self, *path: Step) -> list[str]:
        """The texts of a list."""
        node = self.node(*path)
        items = node.items if isinstance(node, Sequence) else ()
        return [item.value for item in items if isinstance(item, Scalar)]


def node_at(root: Node | None, path: tuple[Step, ...]) -> Node | None:
    node = root
    for step in path:
        if isinstance(node, Mapped) and isinstance(step, str):
            node = node.entries.get(step)
        elif isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step] if 0 <= step < len(node.items) else None
        else:
            return None
    return node
