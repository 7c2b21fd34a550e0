"""Prepares OpenType fonts with PostScript outlines for a PDF.

In such a font glyphs have their own names (CIDs, Adobe Technical Note 5176). A PDF names glyphs by their CIDs, and WeasyPrint 70
writes their indices instead, which is right for TrueType outlines only. So the embedded font gets CIDs that are its indices.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterable


def straighten_fonts(objects: Iterable[Any]) -> None:
    """Change the embedded OpenType fonts among the objects of a PDF, before they are written."""
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/OpenType":
            item.stream = [with_own_indices(b"".join(item.stream))]


def with_own_indices(font: bytes) -> bytes:
    """Return the font with the indices of its glyphs as CIDs; a font without CIDs does not change."""
    from fontTools.ttLib import TTFont

    opened = TTFont(io.BytesIO(font), recalcTimestamp=False, recalcBBoxes=False)
    top = opened["CFF "].cff.topDictIndex[0] if "CFF " in opened else None
    if top is None or not hasattr(top, "ROS"):
        return font
    names = [".notdef", *(f"cid{index:05d}" for index in range(1, len(top.charset)))]
    strings = top.CharStrings
    strings.charStrings = {names[index]: index for index in strings.charStrings.values()}
    top.charset = names
    opened.setGlyphOrder(names)
    written = io.BytesIO()
    opened.save(written)
    return written.getvalue()
