"""Seal of a PDF: a hash in its identifier that detects changed bytes.

A file cannot contain its own hash, but it can contain the hash of itself with zeros in that place. The place is the first of the two
identifiers that PDF/A requires in the trailer. A seal detects damage and careless changes. Somebody who changes a file on purpose can
seal it again; rebuilding the PDF, or a signature, detects that.
"""

from __future__ import annotations

import hashlib
import re

BLANK = "0" * 64
"""Identifier of a file that is not sealed yet."""
_PLACE = re.compile(rb"/ID \[\(([0-9a-f]{64})\) ")


def seal(pdf: bytes) -> bytes:
    """Replace `BLANK` by the seal. Raises ValueError if it does not occur."""
    start, end = _place(pdf)
    return pdf[:start] + _hash(pdf, start, end) + pdf[end:]


def is_whole(pdf: bytes) -> bool:
    """Whether the file is unchanged since it was sealed. False also if it has no seal."""
    try:
        start, end = _place(pdf)
    except ValueError:
        return False
    return pdf[start:end] == _hash(pdf, start, end)


def _place(pdf: bytes) -> tuple[int, int]:
    """Return the place of the last identifier, because the trailer is at the end of a file."""
    matches = list(_PLACE.finditer(pdf))
    if not matches:
        raise ValueError("the PDF has no place for a seal")
    return matches[-1].span(1)


def _hash(pdf: bytes, start: int, end: int) -> bytes:
    blank = pdf[:start] + BLANK.encode() + pdf[end:]
    return hashlib.sha256(blank).hexdigest().encode()
