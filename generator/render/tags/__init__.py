"""Builds the structure tree of a PDF from the page's HTML elements.

WeasyPrint 70 writes one structure element for each box, so that a table that crosses three pages is three tables, its
repeated headings are read three times and languages inside a text are lost (Kozea/WeasyPrint 2903). It also leaves
the link between the painted text and its element to its own tree. Here that tree is replaced: every fragment of an HTML
element joins the *one* structure element of that HTML element, in the order of the document.

    marked_content.py   finds the box of each painted text; makes running heads artifacts
    roles.py            maps HTML elements to the structure types of ISO 32000-1, 14.8.4
    words.py            the spaces and hyphens at the ends of lines
    tree_builder.py             builds one tree of nodes from the boxes of all pages
    table_headings.py   scope, identifiers and headers of the cells of a table
    writing.py          writes nodes as PDF objects, instead of WeasyPrint's

Nothing here parses a PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.render.tags.marked_content import MarkedPage
from generator.render.tags.table_headings import describe_tables, lost_headings
from generator.render.tags.tree_builder import TreeBuilder
from generator.render.tags.tree_writer import replace_structure

if TYPE_CHECKING:
    import pydyf

__all__ = ["Tagged", "listen_to_pages", "retag"]


@dataclass(frozen=True, slots=True)
class Tagged:
    """Results of tagging a document."""

    lost: tuple[str, ...] = ()
    """Words of the HTML that are on no page."""
    undescribed: tuple[str, ...] = ()
    """Addresses (or names) of pictures without alternative text."""
    dead_links: tuple[str, ...] = ()
    """Addresses outside the document and the web; their links were left out."""
    texts: tuple[str, ...] = ()
    """The words of every painted box, including running heads."""


def listen_to_pages(document: Any) -> None:
    """Prepare a laid-out `weasyprint.Document`, so that painting it records the mark of each box."""
    document.pages = [MarkedPage(page) for page in document.pages]


def _labels(document: Any) -> dict[str, str]:
    """Return the words of the elements that label another one (`aria-labelledby`), by their ids."""
    page = document.pages[0]._page_box.children[0].element
    labels = {label for element in page.iter() for label in (element.get("aria-labelledby") or "").split()}
    named = ((element.get("id"), element) for element in page.iter())
    return {name: " ".join("".join(element.itertext()).split()) for name, element in named if name in labels}


def retag(document: Any, pdf: pydyf.PDF) -> Tagged:
    """Replace the structure tree of a painted document; to be called from `write_pdf(finisher=...)`.

    The document must have gone through `listen_to_pages`.
    """
    builder = TreeBuilder(document.metadata.lang or "")
    texts = []
    for number, page in enumerate(document.pages):
        texts.extend(page.texts())
        builder.add_page(number, page)
    root = builder.finished()
    describe_tables(root, _labels(document))
    replace_structure(pdf, root, document.pages)
    undescribed = (node.element.get("src") or node.element.tag for node in root.find("Figure") if not node.alternative)
    lost = (*builder.lost(), *filter(None, lost_headings(root)))
    return Tagged(lost, tuple(undescribed), tuple(builder.dead_links), tuple(texts))
