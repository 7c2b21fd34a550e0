"""Headings of tables: which cells they belong to, and which of them are on no page.

Every heading cell gets a scope and an identifier; every cell lists the identifiers of the headings of its columns and rows, from
the outermost in. HTML attributes (`scope`, `headers`, `id`) are used if present.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pydyf

from generator.render.tags.tree_builder import Node

_PARTS = {"Caption": 0, "THead": 1, "TBody": 2, "TR": 2, "TFoot": 3}
_SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


@dataclass(slots=True, eq=False)
class SpannedCell:
    """A cell with the part of the grid that it covers; `bottom` and `right` are exclusive."""

    node: Node
    top: int
    left: int
    bottom: int
    right: int
    scope: str = ""
    """`Column`, `Row`, or nothing for a data cell."""

    def heads(self, other: SpannedCell) -> bool:
        """Whether this heading belongs to `other`, which is below it or to its right."""
        if self.scope == "Column":
            return self.bottom <= other.top and self.left < other.right and other.left < self.right
        return self.scope == "Row" and self.right <= other.left and self.top < other.bottom and other.top < self.bottom


def describe_tables(root: Node, names: Mapping[str, str]) -> None:
    """Order the parts of every table in the tree, name it, and link its cells to their headings.

    `names` are the words of the elements that a table can be labelled by, by their ids.
    """
    for number, table in enumerate(root.find("Table"), 1):
        table.kids.sort(key=lambda kid: _PARTS.get(getattr(kid, "role", ""), 2))
        _link(grid(table), f"t{number}")
        if name := _name(table, names):
            table.attributes.setdefault("Table", {})["Summary"] = pydyf.String(name)


def _name(table: Node, names: Mapping[str, str]) -> str:
    labels = (table.element.get("aria-labelledby") or "").split()
    return " ".join(names[label] for label in labels if label in names)


def lost_headings(root: Node) -> list[str]:
    """Return the words of table headers and footers that are on no page.

    WeasyPrint 70 omits, without a message, those that do not fit on a page together with the first line of the body.
    """
    return [
        " ".join("".join(part.itertext()).split())
        for table in root.find("Table")
        for part in table.element
        if part.tag in ("thead", "tfoot") and all(node.element is not part for node in table.nodes())
    ]


def grid(table: Node) -> list[SpannedCell]:
    """Return the table's cells, row by row, in the grid of HTML (a cell moves right past cells that span rows)."""
    cells: list[SpannedCell] = []
    taken: set[tuple[int, int]] = set()
    for top, (row, in_head) in enumerate(_rows(table)):
        left = 0
        for node in row.nodes():
            while (top, left) in taken:
                left += 1
            spans = node.attributes.get("Table", {})
            bottom, right = top + spans.get("RowSpan", 1), left + spans.get("ColSpan", 1)
            taken.update((y, x) for y in range(top, bottom) for x in range(left, right))
            cells.append(SpannedCell(node, top, left, bottom, right, _scope(node, in_head)))
            left = right
    return cells


def _rows(table: Node) -> Iterator[tuple[Node, bool]]:
    for part in table.nodes():
        if part.role == "TR":
            yield part, False
        elif part.role in _PARTS:
            yield from ((row, part.role == "THead") for row in part.nodes() if row.role == "TR")


def _scope(node: Node, in_head: bool) -> str:
    if node.role != "TH":
        return ""
    return _SCOPES.get(node.element.get("scope", ""), "Column" if in_head else "Row")


def _link(cells: list[SpannedCell], prefix: str) -> None:
    headings = [cell for cell in cells if cell.scope]
    for cell in headings:
        cell.node.identifier = cell.node.element.get("id") or f"{prefix}-r{cell.top + 1}-c{cell.left + 1}"
        cell.node.attributes.setdefault("Table", {})["Scope"] = f"/{cell.scope}"
    for cell in cells:
        named = (cell.node.element.get("headers") or "").split()
        identifiers = named or [heading.node.identifier for heading in headings if heading.heads(cell)]
        if identifiers:
            cell.node.attributes.setdefault("Table", {})["Headers"] = pydyf.Array(map(pydyf.String, identifiers))
