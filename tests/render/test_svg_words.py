"""Words in SVG are laid out whole, so that scripts whose letters join stay readable."""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any

import pikepdf

from generator.render.layout.xmp import DocumentInfo
from tests.render.papers import write_pdf

SVG = '<svg viewBox="0 0 200 40" width="200" height="40" font-family="IBM Plex Sans Condensed"><title>A</title>{}</svg>'


def shown(text: str) -> int:
    """How many pieces of text a page with this in its picture shows."""
    day = datetime.date(2025, 2, 14)
    page = f'<html lang="en"><head><title>A</title></head><body>{SVG.format(text)}</body></html>'
    with pikepdf.open(BytesIO(write_pdf(page, (), DocumentInfo("A", "en", day, day)).data)) as pdf:
        drawn: list[Any] = [pdf.pages[0], *pdf.pages[0].resources.get("/XObject", pikepdf.Dictionary()).values()]
        operators = [str(one.operator) for part in drawn for one in pikepdf.parse_content_stream(part)]
    return sum(name in ("Tj", "TJ") for name in operators)


def test_a_text_with_one_place_is_one_piece_and_letters_with_places_stay_apart() -> None:
    assert shown('<text x="5" y="20">Quillport</text>') == 1
    assert shown('<text x="5 15 25" y="20">abc</text>') == 3
