"""Gets the text out of a document: plain text, Markdown, HTML, PDF and DOCX.

The text keeps what a locator needs: one paragraph a line where the format knows paragraphs, a form feed between pages.
Every format has stated limits, and a document beyond them, or one that is damaged, is refused in words. Nothing is
fetched. This module does not know where captures are kept.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from importlib.metadata import version
from pathlib import PurePath

from generator.evidence.documents import (
    CAPTURE_EMPTY,
    CAPTURE_LIMIT,
    CAPTURE_UNREADABLE,
    MAX_ACCENTS,
    MAX_BYTES,
    MAX_CHARACTERS,
    MAX_PAGES,
    Extract,
    Refused,
)
from generator.evidence.docx import read_docx

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{2,40})", re.IGNORECASE)
_HTML = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_NOTE_REFERENCE = re.compile(r"<sup\b[^>]{0,200}>\s*<a\b[^>]{0,500}>\s*\[?(\d{1,3})\]?\s*</a>\s*</sup>", re.IGNORECASE)
_RAISED = re.compile(r"<sup\b[^>]{0,200}>\s*(\d{1,3})\s*</sup>", re.IGNORECASE)
_SUPERSCRIPT = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip


def extract(name: str, data: bytes) -> Extract:
    """Read a document by its content, and by its name where content does not tell. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused(CAPTURE_LIMIT, f"{len(data):,} bytes are more than the {MAX_BYTES:,} of a capture")
    found = _reader(name, data)(data)
    if len(found.text) > MAX_CHARACTERS:
        raise Refused(
            CAPTURE_LIMIT, f"{len(found.text):,} characters are more than the {MAX_CHARACTERS:,} of a capture"
        )
    if _piles_accents(found.text):
        raise Refused(
            CAPTURE_UNREADABLE, f"it piles more than {MAX_ACCENTS} accents on one letter, as no language does"
        )
    if not re.search(r"\w", found.text):
        hint = "a scanned document needs text recognition first" if found.pages else ""
        raise Refused(CAPTURE_EMPTY, "there are no words in it", hint)
    return found


def _piles_accents(text: str) -> bool:
    """Such a pile takes Unicode's normalization time that grows with its square."""
    for stretch in re.finditer(rf"[^\x00-\x7f]{{{MAX_ACCENTS},}}", text):
        run = 0
        for character in stretch[0]:
            run = run + 1 if unicodedata.combining(character) else 0
            if run > MAX_ACCENTS:
                return True
    return False


def _reader(name: str, data: bytes) -> Callable[[bytes], Extract]:
    ending = PurePath(name).suffix.casefold()
    if b"%PDF-" in data[:1024]:
        return _read_pdf
    if data[:4] == b"PK\x03\x04":
        return read_docx
    if ending in {".html", ".htm", ".xhtml"} or _HTML.match(data[:4096]):
        return _read_html
    return _read_markdown if ending in {".md", ".markdown"} else _read_text


# ---------------------------------------------------------------- text


def _read_text(data: bytes) -> Extract:
    text, notes = decode(data)
    return Extract(_tidied(text), "text/plain", "plain text", notes=notes)


def _read_markdown(data: bytes) -> Extract:
    from generator.syntax.plain import markdown_words

    text, notes = decode(data)
    return Extract(markdown_words(_tidied(text)), "text/markdown", _named("markdown-it-py"), notes=notes)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Turn bytes into text: by byte order mark, as UTF-8, as HTML declares, or by a guess that is noted. Raises Refused."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding), ()
    if b"\x00" in data or _control_share(data) > 0.02:
        raise Refused(
            CAPTURE_UNREADABLE, "this is not text, nor a PDF, DOCX or HTML document", "save it as one of these"
        )
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _declared(data) or _mostly_utf8(data) or _guessed(data)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise Refused(CAPTURE_UNREADABLE, f"it says that it is {encoding} and is not") from None


def _control_share(data: bytes) -> float:
    sample = data[: 1 << 16]
    return sum(byte < 32 and byte not in b"\t\n\x0b\f\r\x1b" for byte in sample) / max(1, len(sample))


def _declared(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    found = _META_CHARSET.search(data[:4096])
    if found is None:
        return None
    encoding = found[1].decode("ascii")
    try:
        return data.decode(encoding), ()
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _mostly_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """UTF-8 with stray bytes, as when files of two encodings were joined: the strays are read as Windows-1252."""
    text = data.decode("utf-8", "surrogateescape")
    strays = len(re.findall("[\udc80-\udcff]", text))
    if strays * 3 > sum(1 for c in text if c > "\x7f") - strays:
        return None
    mended = re.sub("[\udc80-\udcff]", lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), text)
    return mended, (f"{strays} bytes are not UTF-8 and were read as Windows-1252; check the words around them",)


def _guessed(data: bytes) -> tuple[str, tuple[str, ...]]:
    from charset_normalizer import from_bytes

    matches = list(from_bytes(data[: 1 << 18]))
    # Several encodings often fit alike; then the one of Western Europe is by far the likeliest.
    likely = [
        match.encoding
        for match in matches
        if (match.chaos, match.coherence) == (matches[0].chaos, matches[0].coherence)
    ]
    encoding = "cp1252" if not likely or "cp1252" in likely else likely[0]
    text = data.decode(encoding, "replace")
    return text, (f"the encoding is not stated; it looks like {encoding}. Check the letters with accents",)


def _tidied(text: str) -> str:
    text = re.sub(r"\r\n?|[\x0b\x85\u2028]", "\n", text).replace("\u2029", "\n\n")
    return _CONTROLS.sub("", text)


# ---------------------------------------------------------------- HTML


def _read_html(data: bytes) -> Extract:
    import trafilatura

    html, notes = decode(data)
    html = _NOTE_REFERENCE.sub(r"[\1]", html)
    html = _RAISED.sub(lambda match: match[1].translate(_SUPERSCRIPT), html)
    try:
        text = trafilatura.extract(html, include_comments=False, favor_recall=True, output_format="txt")
        if not text:
            text = trafilatura.html2txt(html)
            notes = (*notes, "no main text was found, so the text of the whole page was taken")
    except Exception as error:
        raise Refused(CAPTURE_UNREADABLE, f"the HTML cannot be read ({type(error).__name__})") from error
    return Extract(_tidied(text or ""), "text/html", _named("trafilatura"), notes=notes)


# ---------------------------------------------------------------- PDF


def _read_pdf(data: bytes) -> Extract:
    import logging
    from io import BytesIO

    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(CAPTURE_UNREADABLE, "the PDF is encrypted", "save it without a password")
        if len(reader.pages) > MAX_PAGES:
            raise Refused(CAPTURE_LIMIT, f"{len(reader.pages):,} pages are more than the {MAX_PAGES:,} of a capture")
        pages = _pdf_pages(reader)
        return Extract("\f".join(pages), "application/pdf", _named("pypdf"), tuple(reader.page_labels))
    except Refused:
        raise
    except Exception as error:  # a damaged PDF can fail anywhere in its reader
        raise Refused(CAPTURE_UNREADABLE, f"the PDF is damaged ({type(error).__name__})", "save it anew") from error


def _pdf_pages(reader: object) -> list[str]:
    pages: list[str] = []
    length = 0
    for page in reader.pages:  # type: ignore[attr-defined]
        pages.append(_tidied(page.extract_text()).replace("\f", "\n"))
        length += len(pages[-1])
        if length > MAX_CHARACTERS:
            raise Refused(CAPTURE_LIMIT, f"it has more than the {MAX_CHARACTERS:,} characters of a capture")
    return pages


def _named(package: str) -> str:
    return f"{package} {version(package)}"
