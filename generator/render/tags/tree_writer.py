"""Writes the structure tree as PDF objects, instead of WeasyPrint's.

WeasyPrint adds its structure elements last, after pages, fonts and attachments. So they can be removed and replaced, and no unused
object stays in the file. This happens before the file is written; nothing is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

import pydyf

from generator.render.tags.marked_content import MarkedPage, MarkedSequence
from generator.render.tags.tree_builder import Annotation, Node

_OURS = ("/StructTreeRoot", "/StructElem", "/OBJR")


@dataclass(slots=True)
class _Writer:
    pdf: pydyf.PDF
    pages: tuple[bytes, ...]
    parents: list[list[bytes]]
    """For each page, the element of each mark, by the mark's number."""
    links: list[tuple[Any, bytes]] = field(default_factory=list)
    """Annotations with their elements."""
    identifiers: list[tuple[str, bytes]] = field(default_factory=list)


def replace_structure(pdf: pydyf.PDF, root: Node, pages: Sequence[MarkedPage]) -> None:
    """Write `root` as the structure tree of `pdf` and settle the marks of its pages."""
    _cut_off(pdf)
    parents = [_number(page.claimed()) for page in pages]
    writer = _Writer(pdf, pdf.page_references, parents)
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    pdf.add_object(tree)
    pdf.catalog["StructTreeRoot"] = tree.reference
    tree["K"] = pydyf.Array([_write(writer, root, tree.reference, "")])
    tree["ParentTree"] = _parent_tree(writer)
    tree["ParentTreeNextKey"] = len(pages) + len(writer.links)
    if writer.identifiers:
        tree["IDTree"] = _name_tree(writer)
    _drop_loose_links(pdf, {annotation.number for annotation, _ in writer.links})
    for page in pages:
        for mark in page.marks.values():
            mark.settle()


def _cut_off(pdf: pydyf.PDF) -> None:
    """Remove WeasyPrint's structure tree; the objects written after it (the metadata) move up."""
    tree = _object(pdf, pdf.catalog["StructTreeRoot"])
    start = min(tree.number, _object(pdf, tree["ParentTree"]).number)
    rest = pdf.objects[start:]
    later = [item for item in rest if isinstance(item, pydyf.Stream)]
    strangers = [item for item in rest if item not in later and item.get("Type", _OURS[0]) not in _OURS]
    metadata = _object(pdf, pdf.catalog["Metadata"])
    if strangers or later != [metadata]:
        raise RuntimeError("WeasyPrint writes other objects after the structure tree than this module expects")
    del pdf.objects[start:]
    pdf.add_object(metadata)
    pdf.catalog["Metadata"] = metadata.reference


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _number(marks: list[MarkedSequence]) -> list[bytes]:
    for number, mark in enumerate(marks):
        mark.number = number
    return [b"null"] * len(marks)


def _write(writer: _Writer, node: Node, parent: bytes, lang: str) -> bytes:
    """Add the node and its content; return its reference."""
    page = _first_page(node)
    item = _element(writer, node.role, parent, page)
    if node.lang and node.lang != lang:
        item["Lang"] = pydyf.String(node.lang)
    if node.alternative:
        item["Alt"] = pydyf.String(node.alternative)
    if node.expansion:
        item["E"] = pydyf.String(node.expansion)
    if node.identifier:
        item["ID"] = pydyf.String(node.identifier)
        writer.identifiers.append((node.identifier, item.reference))
    if node.attributes:
        item["A"] = _attributes(node)
    for run in _runs(node):
        _write_run(writer, run, node, item, page)
    reference: bytes = item.reference
    return reference


def _runs(node: Node) -> Iterator[list[Node | MarkedSequence | Annotation]]:
    """Return the content of a node, with marks of one page together."""
    for _, kids in groupby(node.kids, key=lambda kid: (type(kid), getattr(kid, "page", None))):
        yield list(kids)


def _write_run(
    writer: _Writer, run: list[Node | MarkedSequence | Annotation], node: Node, item: pydyf.Dictionary, page: int | None
) -> None:
    marks = [kid for kid in run if isinstance(kid, MarkedSequence)]
    if marks:
        _write_marks(writer, marks, item, elsewhere=marks[0].page if marks[0].page != page else None)
    for kid in run:
        if isinstance(kid, Node):
            item["K"].append(_write(writer, kid, item.reference, node.lang))
        elif isinstance(kid, Annotation):
            item["K"].append(_link(writer, kid, node, item.reference))


def _element(writer: _Writer, role: str, parent: bytes, page: int | None) -> pydyf.Dictionary:
    item = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{role}", "P": parent})
    if page is not None:
        item["Pg"] = writer.pages[page]
    item["K"] = pydyf.Array()
    writer.pdf.add_object(item)
    return item


def _first_page(node: Node) -> int | None:
    """Return the page on which its content begins."""
    for kid in node.kids:
        page = _first_page(kid) if isinstance(kid, Node) else kid.page
        if page is not None:
            return page
    return None


def _write_marks(writer: _Writer, marks: list[MarkedSequence], item: pydyf.Dictionary, elsewhere: int | None) -> None:
    """Put marks of one page into an element.

    Marks on another page than the element's own get a span with that page. By the standard, a reference with its own page would be
    enough, but common readers (pdfminer's family) assume that every mark is on the page of its element.
    """
    if elsewhere is not None:
        span = _element(writer, "Span", item.reference, elsewhere)
        item["K"].append(span.reference)
        item = span
    for mark in marks:
        assert mark.number is not None
        holder = item
        if mark.backwards:  # readers of the structure tree get the words in order, independent of the order of glyphs
            holder = _element(writer, "Span", item.reference, mark.page)
            holder["ActualText"] = pydyf.String(mark.text)
            item["K"].append(holder.reference)
        writer.parents[mark.page][mark.number] = holder.reference
        holder["K"].append(mark.number)


def _link(writer: _Writer, kid: Annotation, link: Node, reference: bytes) -> bytes:
    """Connect an annotation with its element and describe its target; return the reference to it."""
    writer.links.append((kid.target, reference))
    kid.target["Contents"] = pydyf.String(_spoken(link))
    pointer = pydyf.Dictionary({"Type": "/OBJR", "Pg": writer.pages[kid.page], "Obj": kid.target.reference})
    written: bytes = pointer.data
    return written


def _attributes(node: Node) -> pydyf.Object:
    owned = [
        pydyf.Dictionary({"O": f"/{owner}"} | {name: _value(value) for name, value in values.items()})
        for owner, values in node.attributes.items()
        if values
    ]
    return owned[0] if len(owned) == 1 else pydyf.Array(item.data for item in owned)


def _value(value: Any) -> Any:
    return pydyf.Array(value) if isinstance(value, list) else value


def _spoken(link: Node) -> str:
    """Return the description of a link: its label or title, otherwise its words."""
    return link.element.get("aria-label") or link.element.get("title") or " ".join(link.text().split())


def _parent_tree(writer: _Writer) -> bytes:
    """Write the tree from each mark and link to its element (ISO 32000-1, 14.7.4.4)."""
    numbers = pydyf.Array()
    for page, parents in enumerate(writer.parents):
        numbers.extend((page, pydyf.Array(parents)))
    for key, (annotation, reference) in enumerate(writer.links, len(writer.parents)):
        annotation["StructParent"] = key
        numbers.extend((key, reference))
    tree = pydyf.Dictionary({"Nums": numbers})
    writer.pdf.add_object(tree)
    found: bytes = tree.reference
    return found


def _name_tree(writer: _Writer) -> bytes:
    """Write the identifiers in byte order, with the first and the last as limits."""
    names = pydyf.Array()
    for identifier, reference in sorted(writer.identifiers):
        names.extend((pydyf.String(identifier), reference))
    tree = pydyf.Dictionary({"Names": names})
    writer.pdf.add_object(tree)
    found: bytes = tree.reference
    return found


def _drop_loose_links(pdf: pydyf.PDF, kept: set[int]) -> None:
    """Remove links without an element, such as those in a repeated header, because they cannot be tagged."""
    for reference in pdf.page_references:
        page = _object(pdf, reference)
        annotations = [
            item
            for item in page.get("Annots", ())
            if _object(pdf, item).get("Subtype") != "/Link" or _object(pdf, item).number in kept
        ]
        if annotations:
            page["Annots"] = pydyf.Array(annotations)
        else:
            page.pop("Annots", None)
