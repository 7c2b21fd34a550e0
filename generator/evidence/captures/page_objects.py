"""The characters of a PDF page as PDFium reads them, and the objects that draw them."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double, c_void_p, cast
from dataclasses import dataclass
from typing import Any

DEPTH = 30
"""Most levels of forms in forms; PDFium draws no more."""

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points."""


@dataclass(frozen=True, slots=True)
class PageCharacter:
    """One character of a page; without a box, PDFium added it."""

    code: int
    index: int
    box: Box | None = None
    origin: tuple[float, float] = (0.0, 0.0)
    """Its point on the baseline."""
    text_object: int = 0
    """Address of the object that draws it."""


def text_objects(page: Any) -> Iterator[Any]:
    """Yield the objects that draw text, those in forms too."""
    from pypdfium2 import raw

    waiting = [(raw.FPDFPage_GetObject(page, i), 0) for i in range(raw.FPDFPage_CountObjects(page))]
    while waiting:
        one, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(one)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield one
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < DEPTH:
            waiting += [
                (raw.FPDFFormObj_GetObject(one, i), depth + 1) for i in range(raw.FPDFFormObj_CountObjects(one))
            ]


def address(text_object: Any) -> int:
    """Return the address of an object, by which it is known while the page is open."""
    return cast(text_object, c_void_p).value or 0


def without_replacements(page: Any) -> Any:
    """Return the page after removing `ActualText`, by which a PDF replaces the characters that it draws by others."""
    from pypdfium2 import raw

    for one in text_objects(page):
        for i in reversed(range(raw.FPDFPageObj_CountMarks(one))):
            mark = raw.FPDFPageObj_GetMark(one, i)
            if any(_key(mark, k) == "ActualText" for k in range(raw.FPDFPageObjMark_CountParams(mark))):
                raw.FPDFPageObj_RemoveMark(one, mark)
    return page


def _key(mark: Any, number: int) -> str:
    from ctypes import c_ulong

    from pypdfium2 import raw

    letters, length = (raw.FPDF_WCHAR * 64)(), c_ulong()
    raw.FPDFPageObjMark_GetParamKey(mark, number, letters, 128, byref(length))
    return bytes(letters).decode("utf-16-le", "replace").partition("\0")[0]


def characters(words: Any) -> list[PageCharacter]:
    """Return the characters of a page's text, in PDFium's order."""
    from pypdfium2 import raw

    edges, origin = [c_double() for _ in range(4)], [c_double(), c_double()]
    read = []
    for i in range(raw.FPDFText_CountChars(words)):
        code = raw.FPDFText_GetUnicode(words, i)
        if raw.FPDFText_IsGenerated(words, i):
            read.append(PageCharacter(code, i))
            continue
        raw.FPDFText_GetCharBox(words, i, *map(byref, edges))
        left, right, bottom, top = (edge.value for edge in edges)
        raw.FPDFText_GetCharOrigin(words, i, *map(byref, origin))
        place, owner = (origin[0].value, origin[1].value), raw.FPDFText_GetTextObject(words, i)
        read.append(PageCharacter(code, i, (left, bottom, right, top), place, address(owner)))
    return read
