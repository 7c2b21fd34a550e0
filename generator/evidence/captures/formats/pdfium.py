"""First reader of PDFs: PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.evidence.captures.document_limits import CAPTURE_LIMIT, CAPTURE_UNREADABLE, Refused
from generator.evidence.captures.formats.bidirectional import read_order
from generator.evidence.captures.formats.glyphs import Glyph, set_lines
from generator.problems.counts import counted

_HYPHENS = frozenset({0x02, 0xFFFE})
"""What PDFium gives for a hyphen at the end of a line; it then leaves the line break out."""


class Pages:
    """The pages of an open PDF: text and label of each. Raises Refused for one that cannot be opened."""

    def __init__(self, data: bytes, most: int) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise Refused(
                    CAPTURE_UNREADABLE, "the PDF opens only with a password", "save it without a password"
                ) from None
            raise Refused(CAPTURE_UNREADABLE, "the PDF is damaged", "save it anew") from None
        self.count = len(self._document)
        if self.count > most:
            raise Refused(CAPTURE_LIMIT, f"{counted(self.count, 'page')} are more than the {most:,} of a capture")

    def labels(self) -> tuple[str, ...]:
        """The label of each page; empty strings where the document has none."""
        return tuple(self._document.get_page_label(i) or "" for i in range(self.count))

    def texts(self) -> Iterator[str]:
        """The text of each page, one at a time."""
        for i in range(self.count):
            page = self._document[i]
            words = page.get_textpage()
            text = read_order(set_lines(_glyphs(words)))
            words.close()
            page.close()
            yield text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _glyphs(words: Any) -> Iterator[Glyph]:
    from ctypes import byref, c_double

    from pypdfium2 import raw

    x, y, box = c_double(), c_double(), raw.FS_RECTF()
    for i in range(raw.FPDFText_CountChars(words)):
        code = raw.FPDFText_GetUnicode(words, i)
        if code in _HYPHENS:
            yield Glyph("-", placed=False)
            yield Glyph("\n", placed=False)
        elif raw.FPDFText_IsGenerated(words, i):
            if code != 13:
                yield Glyph(chr(code), placed=False)
        else:
            raw.FPDFText_GetLooseCharBox(words, i, byref(box))
            raw.FPDFText_GetCharOrigin(words, i, byref(x), byref(y))
            yield Glyph(chr(code), x.value, box.right, y.value, box.top - box.bottom)
