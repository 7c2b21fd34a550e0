"""Reads a page that a browser saved as one file (MHTML, RFC 2557): the HTML part that the file begins with."""

from __future__ import annotations

import re

from generator.evidence.captures.document_limits import CAPTURE_UNREADABLE, Extract, Refused
from generator.evidence.captures.formats.html_text import read_html
from generator.problems.counts import counted

MEDIA_TYPE = "multipart/related"
_HEAD = re.compile(rb"(?mi)^(?:MIME-Version|Content-Type)[ \t]*+:")
_RELATED = re.compile(rb"(?i)multipart/related")
_HEADER = re.compile(rb"[!-9;-~]{1,70}:|[ \t]")


def is_mhtml(head: bytes) -> bool:
    """Whether a file's first bytes are those of a page saved as one file."""
    return bool(_HEAD.search(head) and _RELATED.search(head))


def is_mail(head: bytes) -> bool:
    """Whether a file's first bytes are those of an e-mail."""
    lines = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0].splitlines()
    return all(map(_HEADER.match, lines)) and any(line.lower().startswith(b"mime-version:") for line in lines)


def read_mhtml(data: bytes) -> Extract:
    """The text of the page. Raises Refused where the file has no HTML part."""
    from email import message_from_bytes
    from email.policy import compat32

    try:
        message = message_from_bytes(data, policy=compat32)
        pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
        content = pages[0].get_payload(decode=True) if pages else None
        declared = str(pages[0].get_content_charset() or "") if pages else ""
    except MemoryError:
        raise
    except Exception as error:  # a damaged message can fail anywhere in its reader
        raise Refused(CAPTURE_UNREADABLE, f"the saved page is damaged ({type(error).__name__})", _HINT) from error
    if not isinstance(content, bytes):
        raise Refused(CAPTURE_UNREADABLE, "the saved page (MHTML) has no HTML in it", _HINT)
    found = read_html(content, declared)
    frames = (f"{counted(len(pages) - 1, 'frame')} of the page left out",) if len(pages) > 1 else ()
    return Extract(found.text, MEDIA_TYPE, found.extractor, notes=(*found.notes, *frames))


_HINT = "save the page as HTML or PDF"
