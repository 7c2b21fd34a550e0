"""Second reader of PDFs, independent of the first: pdfminer.six."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from generator.evidence.captures.formats.bidirectional import is_right_to_left, read_order
from generator.evidence.captures.formats.glyphs import Glyph, set_lines


def second_texts(data: bytes) -> Iterator[str]:
    """The text of each page, one at a time. Raises whatever a damaged PDF makes pdfminer raise."""
    import logging

    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    # boxes_flow=None: the order of boxes is theirs on the page. The alternative takes time that grows with their square.
    for page in extract_pages(BytesIO(data), laparams=LAParams(boxes_flow=None)):
        yield read_order(set_lines(_glyphs(page)))


def _glyphs(element: Any) -> Iterator[Glyph]:
    from pdfminer.layout import LTAnno, LTChar, LTFigure, LTTextContainer

    waiting = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, LTChar):
            text = one.get_text()  # several letters of one ligature, in reading order
            for char in reversed(text) if is_right_to_left(text) else text:
                yield Glyph(char, one.x0, one.x1, one.y0, one.height)
        elif isinstance(one, LTAnno):
            yield Glyph(one.get_text(), placed=False)
        elif isinstance(one, LTTextContainer | LTFigure) or one is element:
            waiting.extend(reversed(list(one)))
