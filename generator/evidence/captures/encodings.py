"""Decodes bytes: by byte order mark, as UTF-8, or as declared. Nothing is guessed.

Names of encodings are those of the WHATWG Encoding Standard, not of Python's codecs.
"""

from __future__ import annotations

import re

from generator.evidence.captures.document_limits import CAPTURE_UNREADABLE, CannotCapture
from generator.problems.message_words import counted

_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9._:-]{2,40})", re.IGNORECASE
)

_XML_ENCODING = re.compile(rb"\A\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([A-Za-z0-9._:-]{2,40})")
_HEAD = 4096
"""First bytes in which a declaration is looked for; browsers search 1,024."""
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")

_SWITCHES = re.compile(rb"\x1b[$(]")
"""Switches between character sets (ISO 2022): the bytes look like ASCII, but are other letters."""
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text, and notes on bytes without a meaning. `declared` is an encoding named outside the data. Raises CannotCapture."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding), ()
    if b"\x00" in data or _control_share(data) > 0.02:
        raise CannotCapture(
            CAPTURE_UNREADABLE,
            "this is neither text nor a document of a known kind",
            "save it as PDF, DOCX, HTML or plain text in UTF-8",
        )
    try:
        if not _SWITCHES.search(data):
            return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    text = _declared(data, declared) or _mostly_utf8(data)
    if text is None:
        raise CannotCapture(
            CAPTURE_UNREADABLE,
            "it is not UTF-8, and does not state its encoding" + (f", or is not {declared}" if declared else ""),
            "save it as UTF-8, or name its encoding: --encoding windows-1252 for most of Western Europe",
        )
    return text


def tidied(text: str) -> str:
    """Return the text with line feeds as line breaks and no other control characters than tab and form feed."""
    text = re.sub(r"\r\n?|[\x0b\x85\u2028]", "\n", text).replace("\u2029", "\n\n")
    return _CONTROLS.sub("", text)


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise CannotCapture(
            CAPTURE_UNREADABLE, f"its byte order mark says {encoding}, but its content is not {encoding}"
        ) from None


def _control_share(data: bytes) -> float:
    sample = data[: 1 << 16]
    return sum(byte < 32 and byte not in b"\t\n\x0b\f\r\x1b" for byte in sample) / max(1, len(sample))


def _declared(data: bytes, declared: str) -> tuple[str, tuple[str, ...]] | None:
    """Decode in the encoding that the server or the document declares; None if there is none, or if it does not fit."""
    from webencodings import lookup

    match = _XML_ENCODING.search(data[:_HEAD]) or _META_CHARSET.search(data[:_HEAD])
    label = declared or (match[1].decode("ascii") if match else "")
    encoding = lookup(label) if label.isascii() else None
    if encoding is None or encoding.name.startswith(("utf-16", "x-user")):
        return None  # a document whose declaration can be read as ASCII is not UTF-16
    try:
        return encoding.codec_info.decode(data, "strict")[0], ()
    except UnicodeDecodeError:
        return None


def _mostly_utf8(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    """Read UTF-8 with stray bytes, as when files of two encodings were joined. None if they are many, or switch character sets."""
    text = data.decode("utf-8", "surrogateescape")
    strays = len(re.findall("[\udc80-\udcff]", text))
    if strays * 3 > sum(1 for c in text if c > "\x7f") - strays or _SWITCHES.search(data):
        return None
    lost = re.sub("[\udc80-\udcff]", "\ufffd", text)
    return lost, (
        f"{counted(strays, 'byte is', 'bytes are')} not UTF-8, shown as \ufffd; words with it cannot be quoted",
    )
