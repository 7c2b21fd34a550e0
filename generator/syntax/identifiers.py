"""Identifiers of publications and people: ISSN (ISO 3297), DOI (ISO 26324), web and e-mail addresses."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_ISSN = re.compile(r"(?:ISSN[ :]*)?(\d{4})-?(\d{3}[\dXx])", re.IGNORECASE)
_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`\x00-\x1f]{1,200})", re.IGNORECASE
)

_EMAIL = re.compile(r"[^\s<>()\[\]\\,;:@\"?&#%/]+@[^\s<>()\[\]\\,;:@\"?&#%/]+")
"""One address (RFC 5322, `addr-spec` without quotation marks and comments) that no part of a `mailto:` address follows (RFC 6068)."""


def is_web_address(written: str) -> bool:
    """Whether this is a complete http or https address without the name of a user.

    With one, as in `https://www.example.org@elsewhere.example/`, the address seems to lead to another host than it does (WHATWG URL,
    4.8.1).
    """
    try:
        parts = urlsplit(written)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def address_hint(written: str, otherwise: str) -> str:
    """Return how to correct an address that is not a web address; `otherwise` if no user is named in it."""
    if re.match(r"(?i)https?://[^/?#]*@", written):
        return "leave out the “@” and what is before it, because they hide where the address leads"
    return otherwise


def is_email(written: str) -> bool:
    """Whether this is one e-mail address, and nothing else that `mailto:` understands, such as `?bcc=`."""
    return bool(_EMAIL.fullmatch(written))


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
    return "https://doi.org/" + quote(doi, safe="/.:;()-_~!$&'*+,=@")
