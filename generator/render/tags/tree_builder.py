"""Builds one tree from the boxes of all pages, with one node per HTML element.

A box has the element that it comes from; the fragments of an element that crosses pages are boxes of the same element. The first
fragment creates the node, the others add to it. The heading group of a table is repeated on each page; its repetitions are
artifacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from generator.render.tags.line_break_text import BoxWords, Ending
from generator.render.tags.marked_content import MarkedPage, MarkedSequence
from generator.render.tags.roles import (
    GROUPING,
    INLINE,
    KEPT_WHEN_EMPTY,
    alternative,
    is_ornament,
    list_numbering,
    role_of,
)

Key = tuple[int, str]
"""A box's element, by identity, and its tag, which tells generated content (`li::marker`) from the element's own."""
_PARENTS = {"LI": ("L",), "Lbl": ("LBody", "L", "P"), "LBody": ("L",)}
"""Roles that mean something only inside another."""
_PUBLIC = re.compile(r"https?://(?!assets\.invalid/)|mailto:")
POINTS = 0.75
"""PDF units in a CSS pixel."""


@dataclass(slots=True, eq=False)
class Annotation:
    """A link's clickable rectangle: the PDF object and its page."""

    target: Any
    page: int


@dataclass(slots=True, eq=False)
class Node:
    """One structure element that is being built."""

    role: str
    lang: str
    parent: Node | None = None
    element: Any = None
    kids: list[Node | MarkedSequence | Annotation] = field(default_factory=list)
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By owner (`Table`, `List`, `Layout`), as in ISO 32000-1, 14.8.5."""
    alternative: str = ""
    expansion: str = ""
    identifier: str = ""
    block: Key | None = None
    """For a paragraph without an HTML element: the block with its words."""

    def add(self, role: str, lang: str, element: Any = None) -> Node:
        node = Node(role, lang, self, element)
        self.kids.append(node)
        return node

    def nodes(self) -> list[Node]:
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def find(self, role: str) -> Iterator[Node]:
        """Return the nodes of this role in it, including itself, outer before inner."""
        if self.role == role:
            yield self
        for kid in self.nodes():
            yield from kid.find(role)

    def text(self) -> str:
        """Return the words in it, with the white space of the page's lines."""
        return "".join(
            kid.text() if isinstance(kid, Node) else kid.text for kid in self.kids if not isinstance(kid, Annotation)
        )


class TreeBuilder:
    """Builds the tree from the pages, in order."""

    def __init__(self, lang: str) -> None:
        self.root = Node("Document", lang)
        self._nodes: dict[Key, Node] = {}
        self.dead_links: dict[str, None] = {}
        """Addresses that were left out, in order: relative ones, files, scripts."""
        self._words = BoxWords()
        self._calls: dict[int, Node] = {}
        """The paragraph that refers to each footnote, by the identity of the footnote's element."""
        self._notes: list[Node] = []
        self._ends: dict[int, tuple[MarkedSequence, Key | None]] = {}
        """The last words of each paragraph so far, and their block.

        Words in another block of the same paragraph are separate on the page (a name, its affiliation below it)
        without a space between them; and a space between two elements is not painted. Both are read as a space.
        """
        self._below: list[str] = []
        self._headings: dict[int, Any] = {}
        self._block: Key | None = None
        """The block whose text is being added: words of one block that has no role make one paragraph."""
        self._page = MarkedPage(None)
        self._number = 0

    def add_page(self, number: int, page: MarkedPage) -> None:
        self._number, self._page = number, page
        for mark in page.marks.values():
            mark.page = number
        self._add_children(page._page_box, self.root)

    def finished(self) -> Node:
        """Return the tree without empty elements."""
        _prune(self.root)
        return self.root

    def lost(self) -> list[str]:
        """Return words of the HTML that are on no page, or below the end of one."""
        return self._words.lost() + ([" ".join(self._below)] if self._below else [])

    # ------------------------------------------------------------ boxes

    def _add(self, box: Any, parent: Node) -> None:
        """Add a box and all in it to the tree, or leave it as an artifact."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.MarginBox):
            self._leave_out(box, "Header" if box.at_keyword.startswith("@top") else "Footer")
        elif isinstance(box, boxes.TextBox):
            self._add_text(box, parent)
        elif isinstance(box, boxes.FootnoteAreaBox):
            for note in box.children:
                self._add(note, self._note(note))
        elif box.is_leader:
            self._leave_out(box)
            self._space_before(_paragraph(parent))
        elif box.element is not None and (is_ornament(box.element) or self._is_repeated(box)):
            self._leave_out(box)
        else:
            self._add_element(box, parent)

    def _add_element(self, box: Any, parent: Node) -> None:
        if box.element_tag is not None and box.element_tag.endswith("::footnote-call"):
            self._calls[id(box.element)] = _paragraph(parent)
        node = self._node(box, parent)
        if box.link_annotation:
            self._add_link(box, node)
        if isinstance(box, boxes.ReplacedBox):
            self._add_picture(box, node)
        self._add_children(box, node)

    def _add_children(self, box: Any, parent: Node) -> None:
        outer = self._block
        if box.element is not None and not isinstance(box, boxes.InlineBox | boxes.LineBox):
            self._block = _key(box)
        for child in box.children:
            self._add(child, parent)
        self._block = outer

    def _add_text(self, box: Any, parent: Node) -> None:
        """Add the words of a box to the paragraph that they belong to, with the space or hyphen at their end."""
        mark = self._page.marks.get(box)
        if mark is None:
            return
        if box.position_y > self._page.height:
            self._below.append(box.text)
        edges = self._words.edges(box)
        holder = self._holder(parent, _language(box), needed=bool(box.text.strip()))
        if holder is None:
            return
        paragraph = _paragraph(holder)
        _, block = self._ends.get(id(paragraph), (None, self._block))
        if edges.space_before or box.text.isspace() or block != self._block:
            self._space_before(paragraph)
        if not box.text.strip():
            return
        _claim(mark, holder)
        self._ends[id(paragraph)] = mark, self._block
        if edges.ending is Ending.SPACE:
            mark.add_space()
        elif edges.ending is Ending.HYPHEN:
            mark.soften_hyphen()

    def _space_before(self, paragraph: Node) -> None:
        """End the text of the paragraph so far with a space."""
        if id(paragraph) in self._ends:
            self._ends[id(paragraph)][0].add_space()

    def _add_picture(self, box: Any, node: Node) -> None:
        if (mark := self._page.marks.get(box)) is not None:
            _claim(mark, node)

    def _add_link(self, box: Any, node: Node) -> None:
        """Connect a link with its words. A link that works only on this machine is left out, and the words stay."""
        link = _enclosing_link(node)
        if link is None:
            return
        if _can_be_followed(box.link_annotation):
            link.kids.append(Annotation(box.link_annotation, self._number))
        else:
            self.dead_links[link.element.get("href", "")] = None

    def _leave_out(self, box: Any, edge: str = "") -> None:
        """Leave the marks of this box as artifacts, which are not read."""
        for part in box.descendants(placeholders=False):
            if (mark := self._page.marks.get(part)) is not None:
                mark.edge = edge

    def _is_repeated(self, box: Any) -> bool:
        """Whether it is the header or footer of a table, repeated on a later page."""
        if not isinstance(box, boxes.TableRowGroupBox) or not (box.is_header or box.is_footer):
            return False
        return self._headings.setdefault(id(box.element), box) is not box

    # ------------------------------------------------------------ nodes

    def _node(self, box: Any, parent: Node) -> Node:
        """Return the node of this box's content; `parent` itself if the element has no role."""
        if box.element is None:
            return parent
        key = _key(box)
        if (existing := self._nodes.get(key)) is not None:
            return existing
        role = role_of(box.element, box.element_tag)
        if _is_number(box, parent):
            role = "Lbl"
        if role is None and isinstance(box, boxes.InlineBox) and _language(box) != parent.lang:
            role = "Span"
        if role is None or parent.role not in _PARENTS.get(role, (parent.role,)):
            return parent
        node = self._nodes[key] = self._made(role, box, parent)
        return node

    def _note(self, box: Any) -> Node:
        """Return the node of a footnote. It is read after the paragraph that refers to it, not at the end of its page."""
        existing = self._nodes.get(_key(box))
        if existing is not None:
            return existing
        call = self._calls.get(id(box.element), self.root)
        note = Node("Note", _language(box), element=box.element)
        self._nodes[_key(box)] = note
        note.identifier = box.element.get("id") or f"footnote-{len(self._notes) + 1}"
        self._notes.append(note)
        if call.role == "P" and call.parent is not None:
            _insert_after(call, note)
        else:
            note.parent = call
            call.kids.append(note)
        return note

    def _made(self, role: str, box: Any, parent: Node) -> Node:
        """Add the node of an element, with the nodes around it that its role needs."""
        lang = _language(box)
        if role == "LI":
            return parent.add("LI", lang, box.element).add("LBody", lang, box.element)
        if role == "Lbl" and "::" in box.element_tag:
            return _label(_body(parent), lang, box.element)
        if role in ("Lbl", "LBody"):
            return _described(role, parent, lang, box.element)
        if role == "Link" and _is_backlink(box.element, parent):
            parent = _label(_body(parent), lang, box.element)
        elif role in INLINE and not (role == "Figure" and isinstance(box, boxes.BlockLevelBox)):
            parent = self._holder(parent, lang, needed=True) or parent
        node = parent.add(role, lang, box.element)
        self._characterise(node, box)
        return node

    def _characterise(self, node: Node, box: Any) -> None:
        """Set further attributes of an element, by its role."""
        if node.role == "Figure":
            node.alternative = alternative(box.element)
            node.attributes["Layout"] = {"BBox": self._rectangle(box)}
        elif node.role == "L":
            node.attributes["List"] = {"ListNumbering": f"/{list_numbering(box.element)}"}
        elif node.role == "Span" and box.element.tag == "abbr":
            node.expansion = box.element.get("title", "")
        elif node.role in ("TH", "TD"):
            spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
            node.attributes["Table"] = {name: span for name, span in spans.items() if span != 1}

    def _rectangle(self, box: Any) -> list[float]:
        """Return the box on the page in points, from the lower left corner: left, bottom, right, top."""
        left, top = box.content_box_x(), box.content_box_y()
        bottom = self._page.height - top - box.height
        return [round(side * POINTS, 3) for side in (left, bottom, left + box.width, bottom + box.height)]

    def _holder(self, parent: Node, lang: str, *, needed: bool) -> Node | None:
        """Return `parent` if it may contain words, otherwise a paragraph in it; None if no paragraph is needed."""
        if parent.role not in GROUPING:
            return parent
        last = parent.kids[-1] if parent.kids else None
        if isinstance(last, Node) and last.block is not None and last.block == self._block:
            return last
        if not needed:
            return None
        paragraph = parent.add("P", lang)
        paragraph.block = self._block
        return paragraph


def _key(box: Any) -> Key:
    return id(box.element), box.element_tag


def _language(box: Any) -> str:
    return box.style["lang"] or ""


def _can_be_followed(annotation: Any) -> bool:
    """Whether a link leads into the document or to a public address, not to this machine or a script."""
    return "A" not in annotation or _PUBLIC.match(annotation["A"]["URI"].string) is not None


def _claim(mark: MarkedSequence, node: Node) -> None:
    mark.number = 0
    node.kids.append(mark)


def _paragraph(node: Node) -> Node:
    """Return the element whose words are read together with those of `node`."""
    while node.role in INLINE and node.parent is not None:
        node = node.parent
    return node


def _insert_after(paragraph: Node, note: Node) -> None:
    """Put a note after a paragraph and its earlier notes."""
    assert paragraph.parent is not None
    note.parent = paragraph.parent
    at = note.parent.kids.index(paragraph) + 1
    while at < len(note.parent.kids) and getattr(note.parent.kids[at], "role", "") == "Note":
        at += 1
    note.parent.kids.insert(at, note)


def _enclosing_link(node: Node | None) -> Node | None:
    while node is not None and node.role != "Link":
        node = node.parent
    return node


def _is_number(box: Any, parent: Node) -> bool:
    """Whether generated content at the very beginning of a list item is its marker."""
    if not box.element_tag.endswith("::before") or not isinstance(box, boxes.InlineBlockBox):
        return False
    body = _body(parent)
    item = body.parent
    return body.role == "LBody" and item is not None and len(item.kids) == 1 and not body.text().strip()


def _is_backlink(element: Any, parent: Node) -> bool:
    """Whether a link is the label of a note: the number at its beginning, which links back to the text."""
    body = _body(parent)
    return element.get("role") == "doc-backlink" and body.role in ("LBody", "Note") and not body.text().strip()


def _body(node: Node) -> Node:
    """Return the list item's body, or the note, that a node begins; or the node itself."""
    if node.role == "P" and node.parent is not None and node.parent.role in ("LBody", "Note"):
        return node.parent
    return node


def _label(body: Node, lang: str, element: Any) -> Node:
    """Return the label of a note, or of the list item with this body; it is put before the rest."""
    item = body.parent if body.role == "LBody" and body.parent is not None else body
    label = Node("Lbl", lang, item, element)
    item.kids.insert(0, label)
    return label


def _described(role: str, items: Node, lang: str, element: Any) -> Node:
    """Return the item of a description list: a term (`Lbl`) begins one, its description (`LBody`) joins the item before it."""
    last = items.nodes()[-1] if items.nodes() else None
    if role == "Lbl" or last is None or any(kid.role == "LBody" for kid in last.nodes()):
        last = items.add("LI", lang, element)
    return last.add(role, lang, element)


def _prune(node: Node) -> bool:
    """Remove the empty nodes in it; return whether it is empty itself."""
    node.kids = [kid for kid in node.kids if not (isinstance(kid, Node) and _prune(kid))]
    return not node.kids and node.role not in KEPT_WHEN_EMPTY
