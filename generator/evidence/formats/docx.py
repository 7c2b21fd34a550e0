"""Reads the paragraphs of a DOCX file (ECMA-376, part 1, 17.3): a zip of XML, read with care.

Text that was deleted with changes tracked is left out, inserted text is in. The archive is never unpacked to disk, and
a part is read only as far as its limit, whatever the archive says of its size.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from generator.evidence.documents import CAPTURE_LIMIT, CAPTURE_UNREADABLE, Extract, Refused

MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes of the main part, unpacked."""
MAX_RATIO = 200
"""Unpacked to packed size of the main part; office documents reach about 30."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
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
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes) -> Extract:
    """One paragraph a line. Raises Refused."""
    try:
        xml = _main_part(data)
        if re.search(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E", xml):
            raise Refused(CAPTURE_UNREADABLE, "its XML declares a document type, which office programs never write")
        root = ElementTree.fromstring(xml.replace(_STRICT, _W[1:-1].encode()))  # noqa: S314  (no document type, no entities)
    except Refused:
        raise
    except Exception as error:  # a damaged archive can fail anywhere in its reader
        raise Refused(CAPTURE_UNREADABLE, f"the document is damaged ({error})", "open it and save it anew") from error
    return Extract("\n".join(filter(str.strip, _paragraphs(root))), MEDIA_TYPE, "docx 1")


def _main_part(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        try:
            info = archive.getinfo("word/document.xml")
        except KeyError:
            raise Refused(CAPTURE_UNREADABLE, "it is a zip archive but not a DOCX document", "unpack it") from None
        limit = min(MAX_UNPACKED, max(info.compress_size, 1024) * MAX_RATIO)
        with archive.open(info) as part:
            xml = part.read(limit + 1)
    if len(xml) > limit:
        raise Refused(
            CAPTURE_LIMIT, f"its text unpacks to more than {limit:,} bytes, {MAX_RATIO} times its size or 64 MB"
        )
    return xml


def _paragraphs(root: ElementTree.Element) -> Iterator[str]:
    """The text of each paragraph; the outer one comes before what stands in a text box inside it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}p":
            yield "".join(_characters(element))
        if element.tag not in _SKIPPED:
            waiting.extend(reversed(element))


def _characters(paragraph: ElementTree.Element) -> Iterator[str]:
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in _CHARACTERS:
            yield _CHARACTERS[element.tag]
        elif element.tag not in _SKIPPED and element.tag != f"{_W}p":
            waiting.extend(reversed(element))
