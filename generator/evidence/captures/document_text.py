"""Reads the text of a document of any known kind.

The text keeps what a locator needs: one paragraph a line if the format has paragraphs, and a form feed between pages.
Every format has limits. A document that is damaged or beyond them is refused with a reason. Nothing is downloaded.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from io import BytesIO
from pathlib import PurePath

from generator.evidence.captures.document_limits import (
    CAPTURE_EMPTY,
    CAPTURE_LIMIT,
    CAPTURE_UNREADABLE,
    MAX_ACCENTS,
    MAX_BYTES,
    MAX_CHARACTERS,
    CannotCapture,
    DocumentText,
    implausible,
    piles_accents,
)
from generator.evidence.captures.docx import read_docx
from generator.evidence.captures.encodings import decode, tidied
from generator.evidence.captures.html_text import html_extract, is_mail, is_mhtml, read_html, read_mhtml
from generator.evidence.captures.joined_digits import joins_in_odt, joins_in_rtf
from generator.evidence.captures.pdfs import read_pdf
from generator.problems.message_words import counted

Converter = Callable[[str, bytes], str]
"""Returns the HTML of a document, given its kind (`rtf`, `odt` or `epub`) and its bytes. Raises ValueError with the reason."""

_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]{0,200}+>\s*+)?(?:<!--(?:[^-]|-(?!->)){0,2000}+-->\s*+){0,20}+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE,
)
_HEAD = 4096
_CONVERTED = {
    "rtf": ("application/rtf", "RTF"),
    "odt": ("application/vnd.oasis.opendocument.text", "ODT"),
    "epub": ("application/epub+zip", "EPUB"),
}
_OTHERS = (
    (
        re.compile(rb"\A\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "a document of an old office program",
        "save it as DOCX or PDF",
    ),
    (re.compile(rb"\A%!PS"), "PostScript", "convert it to PDF"),
    (
        re.compile(
            rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--.*?-->\s*+|<!DOCTYPE svg[^>]*+>\s*+)*+<svg\b",
            re.DOTALL,
        ),
        "a picture (SVG)",
        "save it as PDF",
    ),
    (re.compile(rb"\A(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*)"), "a picture", "run text recognition on it"),
)
_OFFICE = {
    "ppt/presentation.xml": ("a presentation (PPTX)", "save it as PDF"),
    "xl/workbook.xml": ("a workbook (XLSX)", "save it as PDF, or quote its numbers as a table of the brief"),
}
"""Documents that are not read, by a file in their archive."""
_HIDDEN_ODT = re.compile(rb'text:display\s{0,9}=\s{0,9}"(?:none|condition)"|<text:(?:hidden|conditional)-')
_PALE_ODT = re.compile(
    rb'fo:color\s{0,9}=\s{0,9}"#(?:[ef][0-9a-f]){3}"|fo:font-size\s{0,9}=\s{0,9}"[0-2](?:\.\d{1,9})?(?:pt|px)"',
    re.IGNORECASE,
)
_TINY_RTF = re.compile(rb"\\fs[0-4](?!\d)")
"""Letters of up to two points."""
_COLOURS_RTF = re.compile(rb"\{\\colortbl([^{}]{0,20000})\}")
_PALE_RTF = re.compile(rb"\\(red|green|blue)(?:2[3-5]\d)")
_UNSEEN_HINT = "save it as PDF, which shows what readers see"
_JOINED = "it has digits next to digits of another form, such as a small note number after 5.6, which would be read as one number"
_JOINED_HINT = "save it as PDF or DOCX, in which they are kept apart"
_LETTERS_ODT = re.compile(rb'fo:color\s{0,9}=\s{0,9}"(#[0-9a-f]{6})"', re.IGNORECASE)
_PAPER_ODT = re.compile(rb'fo:background-color\s{0,9}=\s{0,9}"(#[0-9a-f]{6})"', re.IGNORECASE)


def extract(
    name: str, data: bytes, convert: Converter | None = None, *, once: bool = False, encoding: str = ""
) -> DocumentText:
    """Read a document by its content, or by its name if the content does not show its kind.

    `convert` reads RTF, ODT and EPUB; without it they are refused. `once` reads a PDF with its first reader only.
    `encoding` is that of a text or an HTML page that does not state its own. Raises CannotCapture.
    """
    if len(data) > MAX_BYTES:
        raise CannotCapture(
            CAPTURE_LIMIT, f"{counted(len(data), 'byte')} are more than {MAX_BYTES:,}, the limit of a capture"
        )
    document = _read(name, data, convert, once=once, encoding=encoding)
    if len(document.text) > MAX_CHARACTERS:
        raise CannotCapture(
            CAPTURE_LIMIT,
            f"{counted(len(document.text), 'character')} are more than {MAX_CHARACTERS:,}, the limit of a capture",
        )
    if piles_accents(document.text) or piles_accents(document.second):
        raise CannotCapture(
            CAPTURE_UNREADABLE, f"it has more than {MAX_ACCENTS} accents on one letter, which no language has"
        )
    if not re.search(r"\w", document.text):
        hint = "a scanned document needs text recognition first" if document.pages else ""
        raise CannotCapture(CAPTURE_EMPTY, "the document contains no words", hint)
    return replace(document, notes=(*document.notes, *implausible(document.text)))


def _read(name: str, data: bytes, convert: Converter | None, *, once: bool, encoding: str) -> DocumentText:
    """Choose the reader by the first bytes of a document, and by its name only for plain text. Raises CannotCapture."""
    ending, head = PurePath(name).suffix.casefold(), data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return read_pdf(data, once=once)
    if head[:4] == b"PK\x03\x04":
        kind = _zip_kind(data)
        if kind in _OFFICE:
            what, hint = _OFFICE[kind]
            raise CannotCapture(CAPTURE_UNREADABLE, f"this is {what}, which this program does not read", hint)
        return _converted(kind, data, convert) if kind else read_docx(data)
    if head.lstrip()[:5] == b"{\\rtf":
        return _converted("rtf", data, convert)
    if is_mhtml(head):
        return read_mhtml(data)
    _refuse_others(ending, head)
    if ending in {".html", ".htm", ".xhtml"} or _HTML.match(head):
        return _with_encoding(read_html(data, encoding), encoding)
    read = _read_markdown if ending in {".md", ".markdown"} else _read_text
    return _with_encoding(read(data, encoding), encoding)


_ENCODED = ", encoding "


def _with_encoding(document: DocumentText, encoding: str) -> DocumentText:
    """Return a document whose reader names the encoding that it was told, so that it can be read again."""
    return replace(document, extractor=document.extractor + _ENCODED + encoding) if encoding else document


def told_encoding(extractor: str) -> str:
    """Return the encoding that a reader was told; "" if none."""
    return extractor.partition(_ENCODED)[2]


def is_plain(name: str, data: bytes) -> bool:
    """Whether a document is text without markup, which needs no parser."""
    head = data[:_HEAD].lstrip()
    return (
        PurePath(name).suffix.casefold() == ".txt"
        and not head.startswith((b"PK", b"{", b"<", b"%"))
        and b"%PDF-" not in head
    )


def _refuse_others(ending: str, head: bytes) -> None:
    """Refuse files that are not text, or belong to another program, so that they are not read as plain text."""
    for pattern, what, hint in _OTHERS:
        if pattern.match(head):
            raise CannotCapture(CAPTURE_UNREADABLE, f"this is {what}, which this program does not read", hint)
    if ending in {".mht", ".mhtml"} or ending == ".eml" or is_mail(head):
        hint = "save the page as HTML or PDF, or the message as plain text"
        raise CannotCapture(CAPTURE_UNREADABLE, "this is an e-mail, or a saved page without its parts", hint)
    if ending in {".rtf", ".odt", ".epub", ".docx", ".pdf"}:
        raise CannotCapture(
            CAPTURE_UNREADABLE,
            f"its name ends in {ending}, but its content is something else",
            "open it and save it again",
        )


# ---------------------------------------------------------------- text


def _read_text(data: bytes, encoding: str) -> DocumentText:
    text, notes = decode(data, encoding)
    return DocumentText(tidied(text), "text/plain", "plain text", notes=notes)


def _read_markdown(data: bytes, encoding: str) -> DocumentText:
    from generator.syntax.markdown.rendering import markdown_page

    text, notes = decode(data, encoding)
    document = html_extract(f"<body>{markdown_page(tidied(text))}</body>", notes)
    version_ = version("markdown-it-py")
    return replace(
        document, media_type="text/markdown", extractor=f"markdown-it-py {version_}, rules 3, {document.extractor}"
    )


# ---------------------------------------------------------------- what pandoc converts


def _zip_kind(data: bytes) -> str:
    """Return `odt` or `epub`, by the first file of the archive (OpenDocument 1.3, part 2, 3.3; EPUB OCF 3.3), a key of `_OFFICE`, or ""."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" not in names:
                return next((part for part in _OFFICE if part in names), "")
            with archive.open("mimetype") as part:
                kind = part.read(100).decode("ascii", "replace").strip()
    except Exception:
        return ""
    return next((name for name, (media, _) in _CONVERTED.items() if media == kind), "")


def _converted(kind: str, data: bytes, convert: Converter | None) -> DocumentText:
    """Read a kind of document that pandoc converts to HTML. Raises CannotCapture."""
    media_type, named = _CONVERTED[kind]
    if convert is None:
        raise CannotCapture(CAPTURE_UNREADABLE, f"{named} is not read by this program", "save it as PDF, DOCX or HTML")
    if kind == "rtf":
        _check_rtf(data)
    notes = _check_archive(kind, data) if kind != "rtf" else ()
    try:
        html = convert(kind, data)
    except ValueError as error:
        raise CannotCapture(
            CAPTURE_UNREADABLE, f"the {named} document cannot be read ({error})", "open it and save it again"
        ) from error
    document = html_extract(f"<body>{html}</body>", notes, _sheets(data) if kind == "epub" else ())
    return replace(document, media_type=media_type, extractor=f"pandoc, {document.extractor}")


def _sheets(data: bytes) -> tuple[str, ...]:
    """Return the style sheets of an EPUB, which has been checked; the HTML that pandoc makes has none."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return tuple(
            archive.read(name).decode("utf-8", "replace") for name in archive.namelist() if name.endswith(".css")
        )


def _check_archive(kind: str, data: bytes) -> tuple[str, ...]:
    """Refuse an archive that unpacks too far, or has hidden text, which pandoc does not mark. Return notes on what is dropped."""
    unpacked = 0
    formulas = boxes = 0
    letters: set[bytes] = set()
    paper: set[bytes] = set()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as part:
                    content = part.read(MAX_BYTES - unpacked + 1)
                unpacked += len(content)
                if unpacked > MAX_BYTES:
                    raise CannotCapture(
                        CAPTURE_LIMIT, f"it unpacks to more than {MAX_BYTES:,} bytes, the limit of a capture"
                    )
                if kind == "odt" and info.filename in {"content.xml", "styles.xml"}:
                    formulas += content.count(b"<draw:object ")
                    boxes += content.count(b"<draw:text-box")
                    if _HIDDEN_ODT.search(content):
                        raise CannotCapture(CAPTURE_UNREADABLE, "it has hidden text", _UNSEEN_HINT)
                    letters |= {colour.lower() for colour in _LETTERS_ODT.findall(content)}
                    paper |= {colour.lower() for colour in _PAPER_ODT.findall(content)}
                    if _PALE_ODT.search(content):
                        raise CannotCapture(CAPTURE_UNREADABLE, "it has white or tiny letters", _UNSEEN_HINT)
                    if not letters.isdisjoint(paper):
                        raise CannotCapture(
                            CAPTURE_UNREADABLE, "it has letters in the colour of a background", _UNSEEN_HINT
                        )
                    if info.filename == "content.xml" and joins_in_odt(content):
                        raise CannotCapture(CAPTURE_UNREADABLE, _JOINED, _JOINED_HINT)
    except (CannotCapture, MemoryError):
        raise
    except Exception as error:  # a damaged archive can fail anywhere in its reader
        raise CannotCapture(
            CAPTURE_UNREADABLE, f"the archive is damaged ({type(error).__name__})", "save it again"
        ) from error
    missing = (
        (formulas, "embedded object", ", such as formulas, may be missing"),
        (boxes, "text box", " may be missing"),
    )
    return tuple(counted(count, what) + rest for count, what, rest in missing if count)


def _check_rtf(data: bytes) -> None:
    """Refuse a document with white or tiny letters, or joined digits, which pandoc does not mark."""
    table = _COLOURS_RTF.search(data)
    colours = table[1].split(b";") if table else []
    pale = [str(i).encode() for i, colour in enumerate(colours) if len(set(_PALE_RTF.findall(colour))) == 3]
    used = set(re.findall(rb"\\cf(\d{1,4})", data)) if pale else set()
    if _TINY_RTF.search(data) or not used.isdisjoint(pale):
        raise CannotCapture(CAPTURE_UNREADABLE, "it has white or tiny letters", _UNSEEN_HINT)
    if joins_in_rtf(data):
        raise CannotCapture(CAPTURE_UNREADABLE, _JOINED, _JOINED_HINT)
