"""A PDF's seal: its own hash, in its identifier, by which anyone can tell whether a byte of it has changed.

A file cannot hold its hash, but it can hold the hash of itself with zeros in that place. The place is the first of the two
identifiers that PDF/A asks for in the trailer. A seal shows damage and careless changes; whoever changes a file on purpose
can seal it again. Making the PDF anew, or a signature, shows that too.
"""

from __future__ import annotations

import hashlib
import re

BLANK = "0" * 64
"""What stands in the identifier until the file is sealed."""
_PLACE = re.compile(rb"/ID \[\(([0-9a-f]{64})\) ")


def seal(pdf: bytes) -> bytes:
    """Put the seal where WeasyPrint wrote `BLANK`. Raises ValueError where there is no such place."""
    start, end = _place(pdf)
    return pdf[:start] + _hash(pdf, start, end) + pdf[end:]


def is_whole(pdf: bytes) -> bool:
    """Whether the file is, byte for byte, the one that was sealed. False also where no seal is found."""
    try:
        start, end = _place(pdf)
    except ValueError:
        return False
    return pdf[start:end] == _hash(pdf, start, end)


def _place(pdf: bytes) -> tuple[int, int]:
    """Of the last identifier: a trailer stands at the end of a file."""
    found = list(_PLACE.finditer(pdf))
    if not found:
        raise ValueError("the PDF has no place for a seal")
    return found[-1].span(1)


def _hash(pdf: bytes, start: int, end: int) -> bytes:
    blank = pdf[:start] + BLANK.encode() + pdf[end:]
    return hashlib.sha256(blank).hexdigest().encode()
