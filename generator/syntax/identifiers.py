"""Identifiers of publications: ISSN (ISO 3297) and DOI (ISO 26324)."""

from __future__ import annotations

import re

_ISSN = re.compile(r"(?:ISSN[ :]*)?(\d{4})-?(\d{3}[\dXx])", re.IGNORECASE)
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`\x00-\x1f]{1,200})", re.IGNORECASE
)


def read_issn(written: str) -> str:
    """Return the number as `2049-3630`. Raises ValueError if it is not an ISSN, or its check digit is wrong."""
    match = _ISSN.fullmatch(written.strip())
    if match is None:
        raise ValueError(f"“{written}” is not an ISSN: write eight digits, as in 2049-3630")
    digits = (match[1] + match[2]).upper()
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    expected = "0123456789X"[-total % 11]
    if digits[7] != expected:
        raise ValueError(
            f"the check digit of the ISSN {written} is wrong: the last digit should be {expected}, or another digit is wrong"
        )
    return f"{digits[:4]}-{digits[4:]}"


def read_doi(written: str) -> str:
    """Return the name without the address that precedes it in links: `10.1234/desk.2025.1`. Raises ValueError."""
    match = _DOI.fullmatch(written.strip())
    if match is None:
        raise ValueError(f"“{written[:80]}” is not a DOI: write it in the form 10.1234/desk.2025.1")
    return match[1]


def doi_address(doi: str) -> str:
    """Return the address of a DOI."""
    from urllib.parse import quote

    return "https://doi.org/" + quote(doi, safe="/.:;()-_~!$&'*+,=@")
