"""Reads a PDF with two independent readers, and reports where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from io import BytesIO
from typing import Any

from generator.evidence.captures.document_limits import (
    CAPTURE_LIMIT,
    CAPTURE_UNREADABLE,
    MAX_CHARACTERS,
    MAX_PAGES,
    CannotCapture,
    DocumentText,
    disagreement,
)
from generator.evidence.captures.encodings import tidied
from generator.evidence.captures.page_ink import Look, PageInk, looks_of_words
from generator.evidence.captures.page_objects import PageCharacter, characters, without_replacements
from generator.evidence.captures.text_lines import APART, Glyph, is_right_to_left, read_order, set_lines
from generator.problems.message_words import counted

_HYPHENS = frozenset({0x02, 0xFFFE})
"""PDFium returns this for a hyphen at the end of a line, and leaves out the line break."""


MOST_NAMED = 12
"""Most pages that a note names."""


class Pages:
    """The pages of an open PDF: text and label of each. Raises CannotCapture if it cannot be opened."""

    def __init__(self, data: bytes, most: int) -> None:
        import pypdfium2

        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if "assword" in str(error):
                raise CannotCapture(
                    CAPTURE_UNREADABLE, "the PDF opens only with a password", "save it without a password"
                ) from None
            raise CannotCapture(CAPTURE_UNREADABLE, "the PDF is damaged", "save it again") from None
        self.left_out: dict[Look, dict[int, str]] = {look: {} for look in (Look.BEHIND, Look.UNSEEN, Look.STRUCK)}
        self.count = len(self._document)
        if self.count > most:
            raise CannotCapture(
                CAPTURE_LIMIT, f"{counted(self.count, 'page')} are more than {most:,}, the limit of a capture"
            )

    def labels(self) -> tuple[str, ...]:
        """Return the label of each page; empty strings if the document has none."""
        return tuple(self._document.get_page_label(i) or "" for i in range(self.count))

    def texts(self) -> Iterator[str]:
        """Yield the text of each page; keep in `left_out` what readers see of the pages that have characters with such a look."""
        for i in range(self.count):
            page = without_replacements(self._document[i])
            words = page.get_textpage()
            looks = _looks(page, characters(words))
            yield _text(words, looks, _READ)
            for look in {look for _, look in looks} - {Look.SEEN}:
                self.left_out[look][i] = _text(words, looks, _SEEN)
            words.close()
            page.close()


_SEEN = frozenset({Look.SEEN})
_READ = frozenset({Look.SEEN, Look.BEHIND})
"""Text that was recognised in a picture is read, but no second reader confirms it."""
Looks = list[tuple[PageCharacter, Look]]


def _looks(page: Any, read: list[PageCharacter]) -> Looks:
    ink = PageInk(page, read)
    return looks_of_words([(one, ink.look(one)) for one in read])


def _text(words: Any, looks: Looks, shown: frozenset[Look]) -> str:
    """Return the text of a page with the characters that have a look of `shown`."""
    text = read_order(set_lines(_pdfium_glyphs(words, looks, shown)))
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _pdfium_glyphs(words: Any, looks: Looks, shown: frozenset[Look]) -> Iterator[Glyph]:
    """Yield the characters of a page. A hyphen at a line end is a code of its own.

    A run of characters with another look is replaced by `APART`.
    """
    was_shown = True
    for one, look in looks:
        if one.code in _HYPHENS:
            yield Glyph("-", placed=False)
            yield Glyph("\n", placed=False)
        elif one.box is None:
            if one.code != 13:
                yield Glyph(chr(one.code), placed=False)
        elif look in shown:
            was_shown = True
            yield _placed(words, one, chr(one.code))
        elif was_shown:
            was_shown = False
            yield _placed(words, one, f" {APART} ")


def _placed(words: Any, one: PageCharacter, text: str) -> Glyph:
    from ctypes import byref

    from pypdfium2 import raw

    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(words, one.index, byref(box))
    return Glyph(text, one.origin[0], box.right, _level(one), box.top - box.bottom)


def _level(one: PageCharacter) -> float:
    """Return the height at which a character is drawn. Many fonts have raised digits whose origin is on the baseline."""
    x, y = one.origin
    return max(y, one.box[1]) if one.box is not None and chr(one.code).isdecimal() and one.box[0] >= x - 1 else y


def second_texts(data: bytes) -> Iterator[str]:
    """Yield the text of each page. A damaged PDF can make pdfminer raise anything."""
    import logging

    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    # boxes_flow=None keeps the order of the boxes on the page. Otherwise the time grows with the square of their number.
    for page in extract_pages(BytesIO(data), laparams=LAParams(boxes_flow=None)):
        yield read_order(set_lines(_pdfminer_glyphs(page)))


def _pdfminer_glyphs(element: Any) -> Iterator[Glyph]:
    """Yield the characters of a page as pdfminer reads them."""
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


def read_pdf(data: bytes, *, once: bool = False) -> DocumentText:
    """Return the pages with a form feed between them, in both readings; in the first only if `once`. Raises CannotCapture."""
    try:
        document = Pages(data, MAX_PAGES)
        first = _limited(document.texts())
        labels = document.labels()
    except (CannotCapture, MemoryError):
        raise
    except Exception as error:  # a damaged PDF can fail anywhere in its reader
        raise CannotCapture(
            CAPTURE_UNREADABLE, f"the PDF is damaged ({type(error).__name__})", "save it again"
        ) from error
    second, notes = ([], ()) if once else _second(data, len(first))
    notes = (*notes, *_looked(document.left_out, first, second))
    return DocumentText(
        _joined(first),
        "application/pdf",
        f"pypdfium2 {version('pypdfium2')}, rules 3",
        labels if any(labels) else ("",) * len(first),
        (*notes, *disagreement(first, second)),
        _joined(second),
    )


_NOTES = (
    (
        Look.UNSEEN,
        f"characters that readers do not see are left out, with {APART} in their place; read by one reader only",
    ),
    (Look.STRUCK, f"words with a line through them are left out, with {APART} in their place; read by one reader only"),
    (Look.BEHIND, "words are not drawn as letters but were recognised in a picture; compare them with the picture"),
)


def _looked(left_out: Mapping[Look, Mapping[int, str]], first: list[str], second: list[str]) -> Iterator[str]:
    """Replace the second reading of pages with such characters by what readers see, which the reader cannot recognise. Yield notes."""
    second[:] = second or (list(first) if left_out[Look.BEHIND] else [])
    for pages in left_out.values() if second else ():
        for i, text in pages.items():
            second[i] = tidied(text).replace("\f", "\n")
    for look, what in _NOTES:
        if left_out[look]:
            yield f"{_pages_named(sorted(left_out[look]))} of the PDF: {what}"


def _pages_named(numbers: list[int]) -> str:
    pages = ", ".join(str(i + 1) for i in numbers[:MOST_NAMED]) + ("\u2026" if len(numbers) > MOST_NAMED else "")
    return f"page {pages}" if len(numbers) == 1 else f"pages {pages}"


def _joined(pages: list[str]) -> str:
    """Join pages with form feeds; a single page is followed by one, so that a text with pages has at least one."""
    return f"{pages[0]}\f" if len(pages) == 1 else "\f".join(pages)


def _second(data: bytes, count: int) -> tuple[list[str], tuple[str, ...]]:
    """Return the pages of the second reading; none, with a note, if it fails or counts other pages."""
    try:
        pages = _limited(second_texts(data))
    except MemoryError:
        raise
    except Exception as error:  # the first reading is good, and this one may fail anywhere
        return [], (f"the second reader failed ({type(error).__name__}): this PDF was read by one reader only",)
    if len(pages) != count:
        return [], (
            f"the second reader found {counted(len(pages), 'page')} instead of {count}: this PDF was read by one reader only",
        )
    return pages, ()


def _limited(texts: Iterable[str]) -> list[str]:
    pages: list[str] = []
    length = 0
    for text in texts:
        pages.append(tidied(text).replace("\f", "\n"))
        length += len(pages[-1])
        if length > MAX_CHARACTERS:
            raise CannotCapture(
                CAPTURE_LIMIT, f"it has more than {MAX_CHARACTERS:,} characters, the limit of a capture"
            )
    return pages
