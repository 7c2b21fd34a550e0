"""Encodes and decodes formatted citations for the cache.

Decoding checks shape and HTML, because somebody else may have written the cache.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from generator.cite.fragments import check
from generator.model import BibliographyEntry, CitationKind, FormattedCitations


def encoded(formatted: FormattedCitations) -> bytes:
    return json.dumps(asdict(formatted)).encode()


def decoded(content: bytes) -> FormattedCitations:
    """Decode what `encoded` encoded. Raises ValueError for anything else, and for HTML that citations cannot have."""
    try:
        fields = json.loads(content)
        return FormattedCitations(
            kind=CitationKind(fields["kind"]),
            clusters=_fragments(fields["clusters"]),
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
