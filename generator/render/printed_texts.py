"""Yields all texts of a brief and its references that a page may print, with their locations.

The walk uses the fields of the records, so new fields of the model are included without a change here. A text
without its own location has that of its record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache

from generator.model import (
    Amount,
    Brief,
    Citation,
    CitationGroup,
    Date,
    Expert,
    FactReference,
    Footnote,
    Library,
    Line,
    ProseQuotation,
    Source,
    Statement,
    Suppression,
    Text,
)
from generator.model.walk import walk
from generator.problems import Location
from generator.syntax.citations import citations

_UNPRINTED_RECORDS = (
    Amount,
    Citation,
    CitationGroup,
    Date,
    FactReference,
    Footnote,
    Line,
    Location,
    ProseQuotation,
    Suppression,
)
"""Records whose texts are codes, or are printed from another record."""
_UNPRINTED_FIELDS = frozenset(
    "also bound citation_style direction emphasis file files gaps id introduces kind language numbers order outputs overdue "
    "plain preset raw rests_on sheet suppressed slug stem untranslated unread uses url".split()
)
_IN_THE_ANNEX = frozenset({"support", "attributed", "alterations"})
"""Printed only in the evidence annex."""
_UNPRINTED_VARIABLES = frozenset({"abstract", "annote", "DOI", "id", "keyword", "language", "note", "type", "URL"})
"""Variables of a source that few styles print, or that are codes."""


@dataclass(frozen=True, slots=True)
class PrintedText:
    """`whole` is the author's `Text`, if the location of a single character is known."""

    value: str
    place: Location
    whole: Text | None = None


def printed_texts(brief: Brief, library: Library) -> Iterator[PrintedText]:
    """Yield the texts of a brief, of its experts and sources, and of the house style."""
    annex = library.house.evidence_annex
    yield from _texts(brief, brief.place, annex=annex)
    experts = {str(who) for who in brief.experts} | {statement.who for statement in walk(brief, Statement)}
    keys = {citation.key for record in (brief, library.house) for citation, _ in citations(record)}
    named: list[Expert | Source] = [library.experts[who] for who in sorted(experts & library.experts.keys())]
    named += [library.sources[key] for key in sorted(keys & library.sources.keys())]
    for record in (*named, library.house):
        yield from _texts(record, record.place, annex=annex)


def _texts(value: object, place: Location, *, annex: bool) -> Iterator[PrintedText]:
    if isinstance(value, Text):
        yield PrintedText(value.value, value.place, value)
    elif isinstance(value, str):
        yield PrintedText(str(value), place)
    elif isinstance(value, Source):
        csl = {name: one for name, one in value.csl.items() if name not in _UNPRINTED_VARIABLES}
        yield from _texts(csl, place, annex=annex)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one, place, annex=annex)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts(one, place, annex=annex)
    elif is_dataclass(value) and not isinstance(value, _UNPRINTED_RECORDS):
        own = getattr(value, "place", place)
        for name in _printed_fields(type(value), annex):  # type: ignore[arg-type]  # classes can be hashed, which mypy denies
            yield from _texts(getattr(value, name), own, annex=annex)


@cache
def _printed_fields(kind: type, annex: bool) -> tuple[str, ...]:
    left_out = _UNPRINTED_FIELDS | {"place"} | (frozenset() if annex else _IN_THE_ANNEX)
    return tuple(field.name for field in fields(kind) if field.name not in left_out)
