"""What a listener should hear of a finished page: the words of its HTML in their order, as its print sheets leave them.

The sheets hide some words and add others. Those are listed here by hand, so that a change in the sheets shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html as parser

from generator.render.layout.structure_reader import squeeze

_BLOCKS = {"p", "h1", "h2", "h3", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "th", "td", "div"}
_BLOCKS |= {"section", "blockquote", "main", "header", "nav", "br"}
_CALLS_NOTES = {"p", "li"}
_HIDDEN = {"skip", "screen-only", "card-head", "card-name"}
_UNPLOTTED = {"in-focus": ("axis", "ticks"), "note": ("axis", "ticks")}
"""Presets without room for the drawing beside contested figures."""
_UNMARKED_LISTS = {"entries", "names", "keys", "note-list", "table-notes", "fact-list"}


def spoken(page: str, preset: str, on_page: Mapping[str, int]) -> str:
    """The words of a whole page made for the PDF. `on_page` tells on which sheet an id is, for the list of contents."""
    return squeeze("".join(_Listener(preset, on_page).element(parser.document_fromstring(page).body, [])))


def _stays_whole(table: set[str]) -> bool:
    """Whether a table stays on a page and is not named, so that it does not repeat its question."""
    return "keep" in table and "named" not in table


class _Listener:
    def __init__(self, preset: str, on_page: Mapping[str, int]) -> None:
        self._preset, self._on_page = preset, on_page
        self._chapter = self._entry = self._fact = 0

    def element(self, element: Any, notes: list[str]) -> Iterator[str]:
        """Its words; notes that it calls are put into `notes`, and follow the paragraph or item that they are called in."""
        if not isinstance(element.tag, str) or self._is_hidden(element):
            return
        own: list[str] = [] if element.tag in _CALLS_NOTES else notes
        edge = " " if element.tag in _BLOCKS else ""
        yield edge + self._before(element)
        yield element.text or ""
        for child in element:
            said = "".join(self.element(child, own))
            if "footnote" in _classes(child):
                own.append(f" {said} ")
            else:
                yield said
            yield child.tail or ""
        yield self._after(element) + edge
        if own is not notes:
            yield from own

    def _is_hidden(self, element: Any) -> bool:
        classes = _classes(element)
        return bool(
            classes & _HIDDEN
            or element.get("aria-hidden") == "true"
            or (element.tag == "nav" and self._preset != "report")
            or ("ask-row" in classes and _stays_whole(_classes(element.getparent().getparent())))
            or classes & set(_UNPLOTTED.get(self._preset, ()))
        )

    def _before(self, element: Any) -> str:
        parent = element.getparent()
        around = _classes(parent)
        if element.tag == "li":
            return self._marker(element, parent)
        if "also" in _classes(element):
            return ", "
        if "claim" in around and element is parent[0]:
            self._fact += 1
            return f"{self._fact} "
        if self._preset == "report" and element.tag == "h2" and "block" in around:
            self._chapter += 1
            return f"{self._chapter} "
        return ""

    def _marker(self, item: Any, items: Any) -> str:
        if any(nav.tag == "nav" for nav in item.iterancestors()):
            if "unnumbered" in _classes(item) or items.getparent().tag == "li":
                return ""
            self._entry += 1
            return f"{self._entry} "
        if _classes(items) & _UNMARKED_LISTS:
            return ""
        return "• " if items.tag == "ul" else f"{items.index(item) + 1}. "

    def _after(self, element: Any) -> str:
        if element.tag == "h3" and "item" in _classes(element.getparent()):
            return ". "
        if element.tag == "a" and any(nav.tag == "nav" for nav in element.iterancestors()):
            return f" {self._on_page[element.get('href')[1:]]}"
        return ""


def _classes(element: Any) -> set[str]:
    return set(element.get("class", "").split())
