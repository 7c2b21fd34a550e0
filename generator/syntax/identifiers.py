"""Identifiers of publications and people: ISSN (ISO 3297), DOI (ISO 26324), numbers of PubMed, web and e-mail addresses."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

_ISSN = re.compile(r"(?:ISSN[ :]*)?(\d{4})-?(\d{3}[\dXx])", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\x00-\x1f\x7f]{1,200}")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_DOI_LABEL = re.compile(r"doi:\s*", re.IGNORECASE)
_PUBMED = re.compile(r"(?:PMC?ID:? *)?((?:PMC)?[0-9]{1,12}(?:\.[0-9]{1,3})?)", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")
"""What ends an address in a text, so that an address with it is a mistake (RFC 3986, appendix C), and what browsers read as `/`."""
_ENCODED = re.compile(r"[\^`{|}\[\]]|%(?![0-9A-Fa-f]{2})")
"""What some hosts accept in a path or a query, although it must be percent-encoded there (RFC 3986, 2)."""

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


def read_address(written: str) -> str:
    """Return a complete web address as it may be published: characters that RFC 3986 does not allow are percent-encoded.

    Letters beyond ASCII are unchanged (RFC 3987). Raises ValueError for anything else than one address.
    """
    if _NOT_IN_ADDRESS.search(written) or not is_web_address(written):
        raise ValueError(f"'{written}' is not a web address")
    host = urlsplit(written).netloc
    start = written.index(host) + len(host)
    if re.search(r"[\^`{|}%]", host):
        raise ValueError(f"'{written}' is not a web address")
    path, mark, place = _ENCODED.sub(lambda sign: quote(sign[0]), written[start:]).partition("#")
    return f"{written[:start]}{path}{mark}{place.replace('#', '%23')}"


def address_hint(written: str, otherwise: str) -> str:
    """Return how to correct an address that is not a web address; `otherwise` if no user is named in it."""
    if re.match(r"(?i)https?://[^/?#]*@", written):
        return "leave out the “@” and what is before it, because they hide where the address leads"
    return otherwise


def is_email(written: str) -> bool:
    """Whether this is one e-mail address, and nothing else that `mailto:` understands, such as `?bcc=`."""
    return bool(_EMAIL.fullmatch(written))


def is_mailto(address: str) -> bool:
    """Whether this is `mailto:` with one e-mail address, and nothing that fills in the letters that readers send."""
    return address[:7].lower() == "mailto:" and is_email(address[7:])


def contact_address(written: str) -> str:
    """Return where a contact leads: a web page, or `mailto:` with the e-mail address; empty if it is written in words."""
    if is_email(written):
        return f"mailto:{written}"
    try:
        return read_address(written)
    except ValueError:
        return ""


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
    name = _DOI_LABEL.sub("", written.strip(), count=1)
    if address := _DOI_ADDRESS.match(name):
        name = unquote(name[address.end() :])
    if not _DOI.fullmatch(name):
        raise ValueError(f"“{written[:80]}” is not a DOI: write it in the form 10.1234/desk.2025.1")
    return name


def read_pubmed_id(written: str) -> str:
    """Return a number of PubMed, or one of PubMed Central with `PMC`, without the label before it. Raises ValueError."""
    match = _PUBMED.fullmatch(written)
    if match is None:
        raise ValueError(f"“{written[:80]}” is not a number of PubMed: write it in the form 31452104 or PMC6743246")
    return match[1]


def doi_address(doi: str) -> str:
    """Return the address of a DOI."""
    return "https://doi.org/" + quote(doi, safe="/.:;()-_~!$&'*+,=@")
