"""Lays out texts in SVG as a whole.

WeasyPrint 70 lays out each letter of an SVG text separately. So Arabic letters are not joined, right-to-left words run backwards, and
Indic vowels are next to their consonants. This is not necessary for a text with one position.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import weasyprint.svg

_PLACED = ("rotate", "dx", "dy", "letter-spacing", "textLength")
"""Attributes that give single letters their own positions."""
_by_letters = weasyprint.svg.text


class _Whole(str):
    """A text that WeasyPrint treats as one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def install() -> None:
    """Replace WeasyPrint's drawing of texts by one of whole texts. A second call changes nothing."""
    for tag, draw in weasyprint.svg.TAGS.items():
        if draw is _by_letters:
            weasyprint.svg.TAGS[tag] = _whole
    weasyprint.svg.text = _whole  # WeasyPrint looks up by this name which elements are text


def _whole(svg: Any, node: Any, font_size: float) -> None:
    placed = any(name in node.attrib for name in _PLACED)
    if node.text and not placed and all(len(node.attrib.get(name, "").split()) < 2 for name in ("x", "y")):
        node._etree_node.text = _Whole(node.text)
    _by_letters(svg, node, font_size)
