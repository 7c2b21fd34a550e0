"""Returns the content of an edition: a digest of each field.

Formatting, comments and the order of keys do not count, because the digests are of what was read. A field without a value is left
out, so a new field of the model changes no digest of a brief without it. Page design, citation style and the like (`_LEFT_OUT`),
and what is checked but not printed, are not part of an edition.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import quote

from generator.model import (
    Amount,
    Box,
    Brief,
    Chart,
    CitationGroup,
    Correction,
    DataTable,
    Date,
    Event,
    Expert,
    Fact,
    Figure,
    Gap,
    KeyPoint,
    Library,
    Option,
    Picture,
    PictureFile,
    Position,
    Prose,
    PullQuote,
    Question,
    Section,
    Statement,
    Text,
    Voice,
)
from generator.model.days import affiliation_at, iso, statement_date
from generator.model.walk import walk
from generator.problems import Location
from generator.syntax.citations import citations

_LEFT_OUT = frozenset(
    {"citation_style", "edition", "file", "lines", "numbers", "offset", "place", "preset", "raw", "review_by", "sheet", "suppressed",
     "slug", "status", "stem", "topics", "translation_of", "translations", "unread", "uses", "where"}
)  # fmt: skip
"""Fields that readers do not see, or that may change within an edition: appearance, location, due dates, and lists that the brief
is in."""

_REPEATED: Mapping[type, frozenset[str]] = {Figure: frozenset({"unit"})}
"""Fields whose content another field of the record includes."""
_EVIDENCE = frozenset({"alterations", "attributed", "introduces", "support"})
"""Fields that are printed in the evidence annex only."""
_UNPRINTED_CSL = frozenset({"abstract", "annote", "id", "keyword"})
_HOUSE_TEXTS = ("name", "series", "licence", "disclaimer", "funding", "method")
_UNSAID = {"series": "Briefing"}
"""What editions contain if the house style does not give a text."""

_RECORDS = (
    Box,
    Chart,
    Correction,
    DataTable,
    Event,
    Fact,
    Gap,
    Option,
    Picture,
    Position,
    PullQuote,
    Question,
    Section,
    Statement,
    Voice,
)

_WRITTEN = {"image": "picture", "printed_in": "in", "reason": "gap"}
"""What authors call a field that has another name in the model."""
_WRAPPED = re.compile(r"(?<! {2})(?<!\\)(?<!\n)\n(?![ \t]*(?:\n|[-*+>#|:`~]|\d{1,9}[.)]))")
"""The end of a line inside a paragraph of Markdown."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an edition. `path` is its name for authors: `title`, `facts/cost/claim`, `sources.yaml/rise-2025`."""

    path: str
    digest: str
    """128 bits of SHA-256, hexadecimal."""
    place: Location


def content(brief: Brief, library: Library) -> tuple[Field, ...]:
    """Return every field of an edition of a brief, including the entries of shared files that it prints."""
    dropped = _LEFT_OUT if library.house.evidence_annex else _LEFT_OUT | _EVIDENCE
    names = [field.name for field in fields(brief) if field.name not in _LEFT_OUT]
    own = [one for name in names for one in _of(name, getattr(brief, name), brief.place, dropped)]
    return tuple(own + list(_shared(brief, library, dropped)))


def _of(path: str, value: Any, place: Location, dropped: frozenset[str]) -> Iterator[Field]:
    """Yield the fields of a value: for a list of records, their order and each record; otherwise one; none for an empty value."""
    if isinstance(value, _RECORDS):
        yield from _of_record(path, value, dropped)
        return
    if isinstance(value, tuple) and value and isinstance(value[0], _RECORDS):
        labelled = list(_labelled(value))
        if hasattr(value[0], "id"):  # dated records are printed in the order of their dates
            yield Field(path, _digest([label for label, _ in labelled]), place)
        for label, item in labelled:
            yield from _of_record(f"{path}/{label}", item, dropped)
        return
    plain = _plain(value, dropped)
    if _is_given(plain):
        yield Field(path, _digest(plain), _place(value) or place)


def _of_record(path: str, record: Any, dropped: frozenset[str]) -> Iterator[Field]:
    """Yield the fields of a record. A statement is part of the position or voice that contains it."""
    for name in record.__dataclass_fields__:
        value = getattr(record, name)
        if name in dropped or name == "id":
            continue
        if isinstance(value, Statement):
            yield from _of_record(path, value, dropped)
        elif name == "cells":
            for expert, cell in value.items():
                yield from _of_record(f"{path}/{quote(expert, safe='')}", cell, dropped)
        elif _is_given(plain := _plain(value, dropped)):
            yield Field(f"{path}/{_WRITTEN.get(name, name)}", _digest(plain), _place(value) or record.place)


def _labelled(records: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each record with its id or its date; a second one of the same day is `2025-01-20.2`."""
    times = Counter[str]()
    for record in records:
        label = quote(record.id, safe=":") if hasattr(record, "id") else iso(record.date)
        times[label] += 1
        yield (label if times[label] == 1 else f"{label}.{times[label]}"), record


def _shared(brief: Brief, library: Library, dropped: frozenset[str]) -> Iterator[Field]:
    """Yield the experts, the sources and the texts of the house style that the brief prints."""
    named = {str(who) for who in brief.experts} | {one.who for one in walk(brief, Statement)}
    for who in sorted(named & library.experts.keys()):
        expert = library.experts[who]
        yield Field(f"experts.yaml/{quote(who, safe='')}", _digest(_printed(expert, brief, library)), expert.place)
    cited = {citation.key for citation, _ in (*citations(brief), *citations(library.house))}
    for key in sorted(cited & library.sources.keys()):
        source = library.sources[key]
        csl = {name: value for name, value in source.csl.items() if name not in _UNPRINTED_CSL}
        printed = [_plain(csl, dropped), source.provenance, source.short]
        yield Field(f"sources.yaml/{quote(key, safe='')}", _digest(printed), source.place)
    for name in _HOUSE_TEXTS:
        text = getattr(library.house, name) or _UNSAID.get(name)
        yield from _of(f"house.yaml/{name}", text, library.house.place, dropped)


def _printed(expert: Expert, brief: Brief, library: Library) -> list[Any]:
    """Return the names of an expert, and the affiliations on the days of the reported statements; a later post is no change."""
    dates = [statement_date(one, library, brief.date) for one in walk(brief, Statement) if one.who == expert.id]
    held = [affiliation_at(expert, when) for when in dates or [brief.date]]
    posts = sorted({f"{one.role}\n{one.organisation}" for one in held if one})
    return [expert.name, expert.family, expert.kind.value, posts, "" if posts else expert.affiliation_note]


def _plain(value: Any, dropped: frozenset[str]) -> Any:
    """Return a value as JSON types, without what does not count; a false value if nothing is left."""
    if isinstance(value, Prose):
        return _unwrapped(value.text.value)
    if isinstance(value, PictureFile):
        return value.digest
    if isinstance(value, Text | str):
        return " ".join(str(value).split())
    if isinstance(value, Date):
        return iso(value)
    if isinstance(value, Amount):
        return [f"{value.low:f}", f"{value.high:f}", value.qualifier, value.unit, " ".join(value.written.split())]
    if isinstance(value, CitationGroup):
        parts = [_plain(one, dropped) for one in value.citations]
        return {"citations": parts, "in_text": value.in_text}
    if isinstance(value, Mapping):
        return {str(key): _plain(item, dropped) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item, dropped) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        names = value.__dataclass_fields__.keys() - dropped - _REPEATED.get(type(value), frozenset())
        named = {name: _plain(getattr(value, name), dropped) for name in names}
        given = {name: item for name, item in named.items() if _is_given(item)}
        return given["text"] if isinstance(value, KeyPoint) and given.keys() == {"text"} else given
    return value


def _is_given(plain: Any) -> bool:
    """Whether an author has written anything; a number counts, also 0."""
    return bool(plain) or (isinstance(plain, int) and not isinstance(plain, bool))


def _unwrapped(markdown: str) -> str:
    """Return Markdown whose paragraphs are one line each, so that breaking a line elsewhere is no change."""
    lines = "\n".join(line if line.endswith("  ") else line.rstrip() for line in markdown.strip().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", _WRAPPED.sub(" ", lines))


def _place(value: Any) -> Location | None:
    if isinstance(value, tuple) and value:
        return _place(value[0])
    if isinstance(value, Prose):
        return value.text.place
    place = getattr(value, "place", None)
    return place if isinstance(place, Location) else None


def _digest(plain: Any) -> str:
    text = json.dumps(plain, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
