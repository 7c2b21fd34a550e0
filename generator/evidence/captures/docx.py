"""Reads the paragraphs of a DOCX file (ECMA-376, part 1, 17.3), a zip of XML.

Deleted, moved, struck and hidden text and the codes of fields are left out; inserted text is read. Text that may be invisible, such as
white text, is set apart, so that no quotation goes on over it. Raised and lowered digits are kept apart from other
digits. Symbols and equations are kept, and notes are put at the end. The archive is never unpacked to disk, and a part is read
only up to its limit, whatever size the archive declares.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from generator.evidence.captures.document_limits import (
    CAPTURE_LIMIT,
    CAPTURE_UNREADABLE,
    DOCUMENT_TYPE,
    CannotCapture,
    DocumentText,
)
from generator.evidence.captures.run_format import RunFormat, look, over, styles
from generator.evidence.captures.text_lines import APART, VEIL, formula, lowered, raised
from generator.problems.message_words import counted

_LETTERS = (
    "ABGDEZHQIKLMNXOPRSTUFCYW", "\u0391\u0392\u0393\u0394\u0395\u0396\u0397\u0398\u0399\u039a\u039b\u039c\u039d\u039e\u039f"
    "\u03a0\u03a1\u03a3\u03a4\u03a5\u03a6\u03a7\u03a8\u03a9"
)  # fmt: skip

_SIGNS = {
    0x22: "\u2200", 0x24: "\u2203", 0x27: "\u220b", 0x2D: "\u2212", 0x40: "\u2245", 0x5C: "\u2234", 0x5E: "\u22a5",
    0x4A: "\u03d1", 0x56: "\u03c2", 0x6A: "\u03d5", 0x76: "\u03d6",
    0xA2: "\u2032", 0xA3: "\u2264", 0xA4: "\u2044", 0xA5: "\u221e", 0xAB: "\u2194", 0xAC: "\u2190", 0xAD: "\u2191",
    0xAE: "\u2192", 0xAF: "\u2193", 0xB0: "\u00b0", 0xB1: "\u00b1", 0xB2: "\u2033", 0xB3: "\u2265", 0xB4: "\u00d7",
    0xB5: "\u221d", 0xB6: "\u2202", 0xB7: "\u2022", 0xB8: "\u00f7", 0xB9: "\u2260", 0xBA: "\u2261", 0xBB: "\u2248",
    0xBC: "\u2026", 0xC7: "\u2229", 0xC8: "\u222a", 0xCC: "\u2282", 0xCE: "\u2208", 0xCF: "\u2209", 0xD1: "\u2207",
    0xD6: "\u221a", 0xD7: "\u22c5", 0xD8: "\u00ac", 0xD9: "\u2227", 0xDA: "\u2228", 0xDB: "\u21d4", 0xDC: "\u21d0",
    0xDE: "\u21d2", 0xE5: "\u2211", 0xF2: "\u222b",
}  # fmt: skip

_SYMBOL = {
    **{code: chr(code) for code in range(0x20, 0x40)},
    **{ord(latin): greek for latin, greek in zip(*_LETTERS, strict=True)},
    **{ord(latin.lower()): greek.lower() for latin, greek in zip(*_LETTERS, strict=True)},
    **{ord(sign): sign for sign in "[]_{|}~"},
    **_SIGNS,
}


def symbol(font: str, code: str) -> str:
    """Return the character that a font has at a code (hexadecimal); U+FFFD if it is unknown."""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    private = 0xF000 <= number <= 0xF0FF
    if font.casefold() == "symbol":
        return _SYMBOL.get(number & 0xFF if private else number, "\ufffd")
    usable = 0x20 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xF8FF
    return chr(number) if usable else "\ufffd"


MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of one part, unpacked."""
MAX_RATIO = 200
"""Most times that a part may grow when it is unpacked; office documents reach about 30."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VERSION = "docx 4"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", _M[1:-1].encode()),
)

_SKIPPED = frozenset(
    {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)

_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": " ",
    f"{_W}cr": " ",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}

_DELETED = {
    f"{_W}tr": (f"{_W}trPr/{_W}hidden", f"{_W}trPr/{_W}del"),
    f"{_W}tc": (f"{_W}tcPr/{_W}cellDel",),
}
"""Where a row or cell says that it is hidden or deleted."""

_PICTURES = frozenset({f"{_W}object", f"{_W}pict", f"{_W}drawing"})
"""What shows something that is not read, except in a text box."""
_FORMLESS = frozenset({f"{_W}lang", f"{_W}noProof", f"{_W}rFonts", f"{_W}rtl", f"{_W}cs"})
"""Properties of a run that office programs change within a number."""
_FLOATS = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}anchor"

_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}


def read_docx(data: bytes) -> DocumentText:
    """Return one paragraph a line, then the notes as `[1] words`. Raises CannotCapture."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: _parsed(archive, name) for name in ("document", "styles", "footnotes", "endnotes")}
        root = parts["document"]
        if root is None:
            raise CannotCapture(
                CAPTURE_UNREADABLE,
                "it is a zip archive but not a DOCX document",
                "unpack it and capture the documents in it",
            )
        reader = _DocxReader(styles(parts["styles"]))
        lines = [*reader.paragraphs(root), *reader.notes_of(parts)]
    except (CannotCapture, MemoryError):
        raise
    except Exception as error:  # a damaged archive can fail anywhere in its reader
        raise CannotCapture(
            CAPTURE_UNREADABLE, f"the document is damaged ({error})", "open it and save it again"
        ) from error
    return DocumentText("\n".join(filter(str.strip, lines)), MEDIA_TYPE, VERSION, notes=reader.remarks())


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    xml = _part(archive, f"word/{name}.xml")
    if xml is None:
        return None
    if DOCUMENT_TYPE.search(xml):
        raise CannotCapture(CAPTURE_UNREADABLE, "its XML declares a document type, which office programs never write")
    for strict, usual in _STRICT:
        xml = xml.replace(strict, usual)
    return ElementTree.fromstring(xml)  # noqa: S314  (no document type, no entities)


def _part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """Return a part of the archive; None if it has none. Raises CannotCapture if it unpacks to too much."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    limit = min(MAX_UNPACKED, max(info.compress_size, 1024) * MAX_RATIO)
    with archive.open(info) as part:
        xml = part.read(limit + 1)
    if len(xml) > limit:
        raise CannotCapture(
            CAPTURE_LIMIT,
            f"its text unpacks to more than {limit:,} bytes: the limit is {MAX_RATIO} times its size, and 64 MB",
        )
    return xml


# ---------------------------------------------------------------- paragraphs


class _DocxReader:
    """Reads paragraphs, and numbers the notes in the order of the references."""

    def __init__(self, styles: Mapping[str, RunFormat]) -> None:
        self._styles = styles
        self._numbers: dict[tuple[str, str], int] = {}
        self._fields: list[bool] = []
        """The fields that are open in a paragraph, and whether their code is still being read."""
        self._gone = 0
        self._doubtful = 0
        self._unknown = 0
        self._embedded = 0

    def remarks(self) -> tuple[str, ...]:
        gone = counted(self._gone, "struck or hidden passage is", "struck or hidden passages are") + " left out"
        doubtful = counted(self._doubtful, "perhaps invisible passage is", "perhaps invisible passages are")
        doubtful += f" set between {VEIL}, and cannot be quoted"
        unknown = counted(self._unknown, "symbol has", "symbols have") + " no equivalent in Unicode, shown as \ufffd"
        embedded = counted(self._embedded, "embedded document is", "embedded documents are") + " not read"
        remarks = ((self._gone, gone), (self._doubtful, doubtful), (self._unknown, unknown), (self._embedded, embedded))
        return tuple(remark for count, remark in remarks if count)

    def paragraphs(self, root: Any) -> Iterator[str]:
        """Yield the text of each paragraph; a text box follows the paragraph that it is in."""
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if element.tag == f"{_W}p":
                yield "".join(self._characters(element)).replace(f" {VEIL}  {VEIL} ", "")
            if element.tag == f"{_W}altChunk":
                self._embedded += 1
                yield APART
            if element.tag not in _SKIPPED and not self._is_gone(element):
                waiting.extend(reversed(element))

    def _is_gone(self, element: Any) -> bool:
        """Whether a table, row or cell is hidden or deleted; counts it."""
        style = element.find(f"{_W}tblPr/{_W}tblStyle")
        gone = style is not None and self._styles.get(style.get(f"{_W}val", ""), RunFormat()).gone
        gone = gone or any(element.find(path) is not None for path in _DELETED.get(element.tag, ()))
        self._gone += gone
        return gone

    def notes_of(self, parts: Mapping[str, Any]) -> Iterator[str]:
        """Yield the notes that paragraphs refer to, as `[1] words`."""
        notes = {(kind, note.get(f"{_W}id")): note for kind in _NOTES.values() for note in _children(parts[kind])}
        for place, number in list(self._numbers.items()):
            lines = self.paragraphs(notes[place]) if place in notes else ()
            words = " ".join(filter(None, map(str.strip, lines)))
            yield f"[{number}] {words}" if words else ""

    def _characters(self, paragraph: Any) -> Iterator[str]:
        """Yield the text of each run and formula of a paragraph, without text boxes, which are paragraphs of their own."""
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        usual = self._styles[""]
        look = usual if style is None else self._styles.get(style.get(f"{_W}val", ""), usual)
        base = replace(look, position="")
        self._fields = []
        waiting: list[Any] = list(reversed(paragraph))
        before = form = ""
        while waiting:
            element = waiting.pop()
            if element is None:  # the border of words whose letters are turned around
                text = f" {APART} "
            elif element.tag == f"{_W}r":
                text = self._run(element, base, before)
            elif element.tag == f"{_M}oMath":
                text = formula(element)
            elif element.tag not in _SKIPPED and element.tag != f"{_W}p":
                turned = [None] if element.tag == f"{_W}bdo" else []
                waiting.extend([*turned, *reversed(element), *turned])
                continue
            else:
                continue
            form, last_form = _form(element), form
            if text[:1].isdecimal() and before.isdecimal() and form != last_form:
                yield f" {APART} "  # a number and perhaps the mark of a note
            before = text[-1:] or before
            yield text

    def _run(self, run: Any, base: RunFormat, before: str) -> str:
        """Return the text of a run, raised or lowered as its look says; empty if it is hidden or struck. `before` precedes it."""
        properties = run.find(f"{_W}rPr")
        style = None if properties is None else properties.find(f"{_W}rStyle")
        styled = base if style is None else over(base, self._styles.get(style.get(f"{_W}val", ""), RunFormat()))
        shown = look(properties, styled)
        text = "".join(self._pieces(run))
        if shown.gone:
            self._gone += bool(text.strip())
            return ""
        if shown.doubts and text.strip():
            self._doubtful += 1
            return f" {VEIL} {text} {VEIL} "
        if text.startswith("["):
            return text
        shifted = {"superscript": raised, "subscript": lowered}.get(shown.position)
        return shifted(text, before) if shifted else text

    def _pieces(self, run: Any) -> Iterator[str]:
        """Yield the texts, special characters, symbols and note numbers of a run."""
        waiting = list(reversed(run))
        while waiting:
            element = waiting.pop()
            if element.tag == f"{_W}fldChar":
                self._field(element.get(f"{_W}fldCharType"))
            elif any(self._fields):
                continue
            elif element.tag == f"{_W}t":
                yield element.text or ""
            elif element.tag in _NOTES or element.tag in _CHARACTERS:
                yield (
                    _CHARACTERS.get(element.tag)
                    or f"[{self._note_number(_NOTES[element.tag], element.get(f'{_W}id', ''))}]"
                )
            elif element.tag == f"{_W}sym":
                char = symbol(element.get(f"{_W}font", ""), element.get(f"{_W}char", ""))
                self._unknown += char == "\ufffd"
                yield char
            elif element.tag in _PICTURES:
                yield "" if element.find(_FLOATS) is not None or _has_paragraphs(element) else f" {APART} "
            elif element.tag == f"{_W}ruby":
                waiting += _ruby(element)
            elif element.tag not in _SKIPPED and element.tag != f"{_W}p":
                waiting.extend(reversed(element))

    def _field(self, step: str | None) -> None:
        """Follow the fields (17.16.18): a field begins with its code, which readers do not see, and its result follows."""
        if step == "begin":
            self._fields.append(True)
        elif self._fields and step == "separate":
            self._fields[-1] = False
        elif self._fields and step == "end":
            self._fields.pop()

    def _note_number(self, kind: str, name: str) -> int:
        return self._numbers.setdefault((kind, name), len(self._numbers) + 1)


def _form(element: Any) -> str:
    """Return what the properties of a run say about the form of its letters."""
    properties = () if element is None else element.find(f"{_W}rPr") or ()
    named = (one for one in properties if one.tag not in _FORMLESS)
    return " ".join(f"{one.tag} {sorted(one.attrib.items())}" for one in named)


def _ruby(element: Any) -> Iterator[Any]:
    """Yield the parts of annotated letters (17.3.3.25) from the last to the first: the letters, and how they are read in brackets."""
    opening, closing = (element.makeelement(f"{_W}t", {}) for _ in "()")
    opening.text, closing.text = "()"
    reading, base = element.find(f"{_W}rt"), element.find(f"{_W}rubyBase")
    return (part for part in (closing, reading, opening, base) if part is not None)


def _has_paragraphs(element: Any) -> bool:
    return next(element.iter(f"{_W}p"), None) is not None


def _children(element: Any) -> list[Any]:
    return [] if element is None else list(element)
