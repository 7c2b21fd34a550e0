"""Encodes formatted citations for the cache, and checks the HTML in them.

Citation styles, imported bibliographies and shared caches come from other people. Everything from them that reaches the page must
pass `check`: text with entities, and a few elements, closed in order.

Decoding checks shape and HTML, because somebody else may have written the cache.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import unescape
from typing import Any

from generator.model import BibliographyEntry, CitationKind, FormattedCitations

_TOKEN = re.compile(
    r"(?P<text>[^<>&]+)"
    r"|(?P<entity>&(?:amp|lt|gt|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});)"
    r'|<(?P<name>[a-z]{1,6})(?P<attributes>(?: [a-z]{1,6}="[^"<>\x00-\x1f]*+"){0,2}) ?(?P<void>/?)>'
    r"|</(?P<closed>[a-z]{1,6})>"
)
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')
_PLAIN = frozenset(("em", "strong", "sub", "sup", "u", "code"))
_CLASSES = frozenset(
    "smallcaps nodecor nocase uri email csl-block csl-left-margin csl-right-inline csl-indent csl-quote "
    "csl-no-emph csl-no-strong csl-no-smallcaps".split()
)
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\x00-\x1f]*", re.IGNORECASE)


class UnsafeHTML(ValueError):
    """A fragment has HTML that citations cannot have; the message shows the place."""


def check(html: str) -> str:
    """Return the fragment unchanged. Raises UnsafeHTML unless it is text with the few elements that citations need.

    These are `em`, `strong`, `sub`, `sup`, `u`, `code`, `br`, `span` with a class of a citation processor, and `a` with an
    address of http, https or mailto.
    """
    open_elements: list[str] = []
    at = 0
    while at < len(html):
        token = _TOKEN.match(html, at)
        if token is None or not _fits(token, open_elements):
            raise UnsafeHTML(f"{html[at : at + 40]!r}")
        at = token.end()
    if open_elements:
        raise UnsafeHTML(f"<{open_elements[-1]}> is not closed")
    return html


def _fits(token: re.Match[str], open_elements: list[str]) -> bool:
    """Whether a token is allowed inside the open elements. Opens or closes an element."""
    if closed := token["closed"]:
        return bool(open_elements) and open_elements.pop() == closed
    name = token["name"]
    if name is None:
        return True
    attributes = dict(_ATTRIBUTE.findall(token["attributes"]))
    if name == "br":
        return not attributes
    open_elements.append(name)
    return not token["void"] and _allowed(name, attributes)


def _allowed(name: str, attributes: dict[str, str]) -> bool:
    if name in _PLAIN:
        return not attributes
    classes = set(attributes.pop("class", "").split())
    if name == "a":
        address = unescape(attributes.pop("href", ""))
        return not attributes and classes <= _CLASSES and _ADDRESS.fullmatch(address) is not None
    return name == "span" and not attributes and classes <= _CLASSES


def encoded(formatted: FormattedCitations) -> bytes:
    return json.dumps(asdict(formatted)).encode()


def decoded(content: bytes) -> FormattedCitations:
    """Decode what `encoded` encoded. Raises ValueError for anything else, and for HTML that citations cannot have."""
    try:
        fields = json.loads(content)
        return FormattedCitations(
            kind=CitationKind(fields["kind"]),
            citation_groups=_fragments(fields["citation_groups"]),
            bibliography=tuple(_entry(**entry) for entry in fields["bibliography"]),
            in_text=_fragments(fields["in_text"]),
        )
    except (LookupError, TypeError, AttributeError, RecursionError) as fault:
        raise ValueError("no formatted citations") from fault


def is_stored(content: bytes) -> bool:
    """Whether bytes are formatted citations, and safe to print."""
    try:
        decoded(content)
    except ValueError:
        return False
    return True


def _fragments(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError
    return tuple(map(check, values))


def _entry(key: str, html: str) -> BibliographyEntry:
    if type(key) is not str:
        raise TypeError
    return BibliographyEntry(key, check(html))
