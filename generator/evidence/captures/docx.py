"""Reads the paragraphs of a DOCX file (ECMA-376, part 1, 17.3), a zip of XML.

Deleted, moved, struck and hidden text and the codes of fields are left out; inserted text is read. Text that may be invisible, such as
white text, is set apart, so that no quotation goes on over it. Raised and lowered digits are kept apart from other
digits. Symbols and equations are kept, and notes are put at the end. The archive is never unpacked to disk, and a part is read
only up to its limit, whatever size the archive declares.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree

from generator.evidence.captures.document_limits import CAPTURE_LIMIT, CAPTURE_UNREADABLE, CannotCapture, DocumentText
from generator.evidence.captures.text_lines import VEIL, formula, lowered, raised
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
DEPTH = 20
"""How deep the chain of styles that are based on one another may be."""
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
VERSION = "docx 3"
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

_NOTES = {f"{_W}footnoteReference": "footnotes", f"{_W}endnoteReference": "endnotes"}


@dataclass(frozen=True, slots=True)
class RunFormat:
    """What decides whether and how the text of a run is read."""

    gone: bool = False
    """Whether it is struck or hidden."""
    position: str = ""
    """`superscript` or `subscript`."""
    doubts: frozenset[str] = frozenset()
    """Properties that may make it invisible."""


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
        reader = _DocxReader(_styles(parts["styles"]))
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
    if re.search(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", xml):
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


# ---------------------------------------------------------------- looks


def _look(properties: Any, before: RunFormat) -> RunFormat:
    """Return the look that `w:rPr` makes of the look `before`."""
    if properties is None:
        return before
    switches = [
        switch for name in ("strike", "dstrike", "vanish") if (switch := properties.find(_W + name)) is not None
    ]
    gone = any(_is_on(switch) for switch in switches) or (before.gone and not switches)
    return RunFormat(gone, _position(properties) or before.position, _doubts(properties, before.doubts))


def _position(properties: Any) -> str:
    """Return whether the properties raise or lower text, by name; empty if they do not say. A height is in half points (17.3.2.19)."""
    named, height = properties.find(f"{_W}vertAlign"), properties.find(f"{_W}position")
    if named is not None:
        return str(named.get(f"{_W}val", ""))
    points = _number(height)
    return "superscript" if points > 0 else "subscript" if points < 0 else ""


def _doubts(properties: Any, before: frozenset[str]) -> frozenset[str]:
    """Return the properties by which readers may not see the words: white or clear, tiny, or pressed together."""
    given = {name for name in _DOUBTFUL if properties.find(name) is not None}
    shaded = any(_is_dark(properties.find(path)) for path in (f"{_W}shd", f"{_W}highlight"))
    return (before - given) | {
        name for name in given if not (shaded and name.endswith("color")) and _DOUBTFUL[name](properties.find(name))
    }


def _number(element: Any, default: float = 0) -> float:
    try:
        return float(element.get(f"{_W}val", ""))
    except (AttributeError, ValueError):
        return default


def _is_white(color: Any) -> bool:
    value = color.get(f"{_W}val", "")
    white = re.fullmatch(r"[fF][0-9a-fA-F][fF][0-9a-fA-F][fF][0-9a-fA-F]", value) is not None
    return white or color.get(f"{_W}themeColor") in {"background1", "light1"}


def _is_dark(shading: Any) -> bool:
    """Whether there is a background on which white letters can be read (17.3.2.32, 17.3.2.15)."""
    if shading is None:
        return False
    fill = shading.get(f"{_W}fill") or shading.get(f"{_W}val", "")
    return fill.lower() not in {"auto", "none", "white", "clear", "ffffff"}


def _is_clear(fill: Any) -> bool:
    return any(element.tag.rpartition("}")[2] in {"noFill", "alpha"} for element in fill.iter())


_DOUBTFUL: Mapping[str, Callable[[Any], bool]] = MappingProxyType({
    f"{_W}color": _is_white,
    f"{_W}sz": lambda size: _number(size, 20) <= 4,
    f"{_W}w": lambda width: _number(width, 100) < 10,
    f"{_W}spacing": lambda spacing: _number(spacing) < -100,
    "{http://schemas.microsoft.com/office/word/2010/wordml}textFill": _is_clear,
})  # fmt: skip


def _is_on(switch: Any) -> bool:
    return switch.get(f"{_W}val", "true").lower() not in {"0", "false", "off", "none"}


def _styles(root: Any) -> Mapping[str, RunFormat]:
    """Return the look of each style by its id, including the styles that it is based on; "" is that of a paragraph without a style."""
    elements = {} if root is None else {one.get(f"{_W}styleId", ""): one for one in root.iter(f"{_W}style")}
    looks = {name: _styled(name, elements, DEPTH) for name in elements}
    usual = None if root is None else root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    default = next((name for name, one in elements.items() if _is_default(one)), "")
    return {**looks, "": _over(_look(usual, RunFormat()), looks.get(default, RunFormat()))}


def _is_default(style: Any) -> bool:
    return style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default", "0").lower() in {"1", "true", "on"}


def _styled(name: str, elements: Mapping[str, Any], depth: int) -> RunFormat:
    style = elements.get(name)
    if style is None or not depth:
        return RunFormat()
    parent = style.find(f"{_W}basedOn")
    before = RunFormat() if parent is None else _styled(parent.get(f"{_W}val", ""), elements, depth - 1)
    return _look(style.find(f"{_W}rPr"), before)


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

    def remarks(self) -> tuple[str, ...]:
        gone = counted(self._gone, "struck or hidden passage is", "struck or hidden passages are") + " left out"
        doubtful = counted(self._doubtful, "perhaps invisible passage is", "perhaps invisible passages are")
        doubtful += f" set between {VEIL}, and cannot be quoted"
        unknown = counted(self._unknown, "symbol has", "symbols have") + " no equivalent in Unicode, shown as \ufffd"
        remarks = ((self._gone, gone), (self._doubtful, doubtful), (self._unknown, unknown))
        return tuple(remark for count, remark in remarks if count)

    def paragraphs(self, root: Any) -> Iterator[str]:
        """Yield the text of each paragraph; a text box follows the paragraph that it is in."""
        waiting = [root]
        while waiting:
            element = waiting.pop()
            if element.tag == f"{_W}p":
                yield "".join(self._characters(element)).replace(f" {VEIL}  {VEIL} ", "")
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
        waiting = list(reversed(paragraph))
        before = ""
        while waiting:
            element = waiting.pop()
            if element.tag == f"{_W}r":
                text = self._run(element, base, before)
            elif element.tag == f"{_M}oMath":
                text = formula(element)
            elif element.tag not in _SKIPPED and element.tag != f"{_W}p":
                waiting.extend(reversed(element))
                continue
            else:
                continue
            before = text[-1:] or before
            yield text

    def _run(self, run: Any, base: RunFormat, before: str) -> str:
        """Return the text of a run, raised or lowered as its look says; empty if it is hidden or struck. `before` precedes it."""
        properties = run.find(f"{_W}rPr")
        style = None if properties is None else properties.find(f"{_W}rStyle")
        styled = base if style is None else _over(base, self._styles.get(style.get(f"{_W}val", ""), RunFormat()))
        look = _look(properties, styled)
        text = "".join(self._pieces(run))
        if look.gone:
            self._gone += bool(text.strip())
            return ""
        if look.doubts and text.strip():
            self._doubtful += 1
            return f" {VEIL} {text} {VEIL} "
        if text.startswith("["):
            return text
        shifted = {"superscript": raised, "subscript": lowered}.get(look.position)
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
            elif element.tag in _CHARACTERS:
                yield _CHARACTERS[element.tag]
            elif element.tag == f"{_W}sym":
                char = symbol(element.get(f"{_W}font", ""), element.get(f"{_W}char", ""))
                self._unknown += char == "\ufffd"
                yield char
            elif element.tag in _NOTES:
                yield f"[{self._note_number(_NOTES[element.tag], element.get(f'{_W}id', ''))}]"
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


def _children(element: Any) -> list[Any]:
    return [] if element is None else list(element)


def _over(base: RunFormat, style: RunFormat) -> RunFormat:
    return RunFormat(base.gone or style.gone, style.position or base.position, base.doubts | style.doubts)
