"""Gets the text out of a document of any kind that is known.

The text keeps what a locator needs: one paragraph a line where the format knows paragraphs, a form feed between pages.
Every format has stated limits, and a document beyond them, or one that is damaged, is refused in words. Nothing is
fetched. This module does not know where captures are kept.
"""

from __future__ import annotations

import re
import unicodedata
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
    Extract,
    Refused,
)
from generator.evidence.captures.formats.docx import read_docx
from generator.evidence.captures.formats.encodings import decode, tidied
from generator.evidence.captures.formats.html_text import html_extract, is_mail, is_mhtml, read_html, read_mhtml
from generator.evidence.captures.formats.pdfs import read_pdf
from generator.evidence.captures.plausibility import implausible
from generator.problems.counts import counted

Converter = Callable[[str, bytes], str]
"""Gives the HTML of a document: (`rtf`, `odt` or `epub`, bytes). Raises ValueError, with the reason, where it cannot."""

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
    (re.compile(rb"\A(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*)"), "a picture", "run a text recognition over it"),
)
_HIDDEN_STYLE = re.compile(rb'text:display\s{0,9}=\s{0,9}"(?:none|condition)"')


def extract(name: str, data: bytes, convert: Converter | None = None, *, once: bool = False) -> Extract:
    """Read a document by its content, and by its name where content does not tell.

    `convert` reads RTF, ODT and EPUB; without it they are refused. `once`: a PDF by its first reader only. Raises Refused.
    """
    if len(data) > MAX_BYTES:
        raise Refused(CAPTURE_LIMIT, f"{counted(len(data), 'byte')} are more than the {MAX_BYTES:,} of a capture")
    found = _read(name, data, convert, once=once)
    if len(found.text) > MAX_CHARACTERS:
        raise Refused(
            CAPTURE_LIMIT, f"{counted(len(found.text), 'character')} are more than the {MAX_CHARACTERS:,} of a capture"
        )
    if _piles_accents(found.text) or _piles_accents(found.second):
        raise Refused(
            CAPTURE_UNREADABLE, f"it piles more than {MAX_ACCENTS} accents on one letter, as no language does"
        )
    if not re.search(r"\w", found.text):
        hint = "a scanned document needs text recognition first" if found.pages else ""
        raise Refused(CAPTURE_EMPTY, "there are no words in it", hint)
    return replace(found, notes=(*found.notes, *implausible(found.text)))


def _piles_accents(text: str) -> bool:
    """Such a pile takes Unicode's normalization time that grows with its square."""
    for stretch in re.finditer(rf"[^\x00-\x7f]{{{MAX_ACCENTS},}}", text):
        run = 0
        for character in stretch[0]:
            run = run + 1 if unicodedata.combining(character) else 0
            if run > MAX_ACCENTS:
                return True
    return False


def _read(name: str, data: bytes, convert: Converter | None, *, once: bool) -> Extract:
    ending, head = PurePath(name).suffix.casefold(), data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return read_pdf(data, once=once)
    if head[:4] == b"PK\x03\x04":
        kind = _zip_kind(data)
        return _converted(kind, data, convert) if kind else read_docx(data)
    if head.lstrip()[:5] == b"{\\rtf":
        return _converted("rtf", data, convert)
    if is_mhtml(head):
        return read_mhtml(data)
    _refuse_others(ending, head)
    if ending in {".html", ".htm", ".xhtml"} or _HTML.match(head):
        return read_html(data)
    return _read_markdown(data) if ending in {".md", ".markdown"} else _read_text(data)


def is_plain(name: str, data: bytes) -> bool:
    """Whether a document is text without markup, so that no parser reads it."""
    head = data[:_HEAD].lstrip()
    return (
        PurePath(name).suffix.casefold() == ".txt"
        and not head.startswith((b"PK", b"{", b"<", b"%"))
        and b"%PDF-" not in head
    )


def _refuse_others(ending: str, head: bytes) -> None:
    """What is no text, or text of another program's: named, so that it is never taken for plain text."""
    for pattern, what, hint in _OTHERS:
        if pattern.match(head):
            raise Refused(CAPTURE_UNREADABLE, f"this is {what}, which is not read here", hint)
    if ending in {".mht", ".mhtml"} or ending == ".eml" or is_mail(head):
        hint = "save the page as HTML or PDF, or the message as plain text"
        raise Refused(CAPTURE_UNREADABLE, "this is an e-mail, or a saved page without its parts", hint)
    if ending in {".rtf", ".odt", ".epub", ".docx", ".pdf"}:
        raise Refused(
            CAPTURE_UNREADABLE,
            f"its name ends in {ending}, and its content is something else",
            "open it and save it anew",
        )


# ---------------------------------------------------------------- text


def _read_text(data: bytes) -> Extract:
    text, notes = decode(data)
    return Extract(tidied(text), "text/plain", "plain text", notes=notes)


def _read_markdown(data: bytes) -> Extract:
    from generator.syntax.rendering import markdown_words

    text, notes = decode(data)
    return Extract(
        markdown_words(tidied(text)), "text/markdown", f"markdown-it-py {version('markdown-it-py')}", notes=notes
    )


# ---------------------------------------------------------------- what pandoc converts


def _zip_kind(data: bytes) -> str:
    """`odt`, `epub`, or nothing, by the first file of the archive (OpenDocument 1.3, part 2, 3.3; EPUB OCF 3.3)."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open("mimetype") as part:
            kind = part.read(100).decode("ascii", "replace").strip()
    except Exception:
        return ""
    return next((name for name, (media, _) in _CONVERTED.items() if media == kind), "")


def _converted(kind: str, data: bytes, convert: Converter | None) -> Extract:
    media_type, named = _CONVERTED[kind]
    if convert is None:
        raise Refused(CAPTURE_UNREADABLE, f"{named} is not read here", "save it as PDF, DOCX or HTML")
    notes = _check_archive(kind, data) if kind != "rtf" else ()
    try:
        html = convert(kind, data)
    except ValueError as error:
        raise Refused(
            CAPTURE_UNREADABLE, f"the {named} document cannot be read ({error})", "open it and save it anew"
        ) from error
    found = html_extract(f"<body>{html}</body>", notes)
    return replace(found, media_type=media_type, extractor=f"pandoc, {found.extractor}")


def _check_archive(kind: str, data: bytes) -> tuple[str, ...]:
    """Refuse an archive that unpacks too far, and hidden text, which pandoc does not tell apart. Notes on what it drops."""
    unpacked = 0
    formulas = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                with archive.open(info) as part:
                    content = part.read(MAX_BYTES - unpacked + 1)
                unpacked += len(content)
                if unpacked > MAX_BYTES:
                    raise Refused(CAPTURE_LIMIT, f"it unpacks to more than {MAX_BYTES:,} bytes")
                if kind == "odt" and info.filename in {"content.xml", "styles.xml"}:
                    formulas += content.count(b"<draw:object ")
                    if _HIDDEN_STYLE.search(content):
                        raise Refused(CAPTURE_UNREADABLE, "it has hidden text", "show or remove it, or save it as DOCX")
    except (Refused, MemoryError):
        raise
    except Exception as error:  # a damaged archive can fail anywhere in its reader
        raise Refused(CAPTURE_UNREADABLE, f"the archive is damaged ({type(error).__name__})", "save it anew") from error
    return (f"{counted(formulas, 'embedded object')}, such as formulas, may be missing",) if formulas else ()
