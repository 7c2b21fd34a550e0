"""The content of an edition, and how a brief differs from its published editions.

The content is a digest of each field.

An edition may only change if its readers are informed: by a further entry under `corrections`, or as the next `edition`. It may be
withdrawn.

Formatting, comments and the order of keys do not count, because the digests are of what was read. A field without a value is left
out, so a new field of the model changes no digest of a brief without it. Page design, citation style and the like (`_LEFT_OUT`),
and what is checked but not printed, are not part of an edition.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import quote

from generator.evidence.edition_lock import Editions, Recorded
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
    Status,
    Text,
    Voice,
)
from generator.model.days import affiliation_at, iso, statement_date
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.project import EDITIONS
from generator.syntax.citations import citations

EDITION_CHANGED = Code("edition-changed", Severity.ERROR)
EDITION_UNRECORDED = Code("edition-unrecorded", Severity.NOTE)
EDITION_GONE = Code("edition-gone", Severity.WARNING)

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
class EditionField:
    """One field of an edition. `path` is its name for authors: `title`, `facts/cost/claim`, `sources.yaml/rise-2025`."""

    path: str
    digest: str
    """128 bits of SHA-256, hexadecimal."""
    place: Location


def content(brief: Brief, library: Library) -> tuple[EditionField, ...]:
    """Return every field of an edition of a brief, including the entries of shared files that it prints."""
    dropped = _LEFT_OUT if library.house.evidence_annex else _LEFT_OUT | _EVIDENCE
    names = [field.name for field in fields(brief) if field.name not in _LEFT_OUT]
    own = [one for name in names for one in _of(name, getattr(brief, name), brief.place, dropped)]
    return tuple(own + list(_shared(brief, library, dropped)))


def _of(path: str, value: Any, place: Location, dropped: frozenset[str]) -> Iterator[EditionField]:
    """Yield the fields of a value: for a list of records, their order and each record; otherwise one; none for an empty value."""
    if isinstance(value, _RECORDS):
        yield from _of_record(path, value, dropped)
        return
    if isinstance(value, tuple) and value and isinstance(value[0], _RECORDS):
        labelled = list(_labelled(value))
        if hasattr(value[0], "id"):  # dated records are printed in the order of their dates
            yield EditionField(path, _digest([label for label, _ in labelled]), place)
        for label, item in labelled:
            yield from _of_record(f"{path}/{label}", item, dropped)
        return
    plain = _plain(value, dropped)
    if _is_given(plain):
        yield EditionField(path, _digest(plain), _place(value) or place)


def _of_record(path: str, record: Any, dropped: frozenset[str]) -> Iterator[EditionField]:
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
            yield EditionField(f"{path}/{_WRITTEN.get(name, name)}", _digest(plain), _place(value) or record.place)


def _labelled(records: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each record with its id or its date; a second one of the same day is `2025-01-20.2`."""
    times = Counter[str]()
    for record in records:
        label = quote(record.id, safe=":") if hasattr(record, "id") else iso(record.date)
        times[label] += 1
        yield (label if times[label] == 1 else f"{label}.{times[label]}"), record


def _shared(brief: Brief, library: Library, dropped: frozenset[str]) -> Iterator[EditionField]:
    """Yield the experts, the sources and the texts of the house style that the brief prints."""
    named = {str(who) for who in brief.experts} | {one.who for one in walk(brief, Statement)}
    for who in sorted(named & library.experts.keys()):
        expert = library.experts[who]
        yield EditionField(
            f"experts.yaml/{quote(who, safe='')}", _digest(_printed(expert, brief, library)), expert.place
        )
    cited = {citation.key for citation, _ in (*citations(brief), *citations(library.house))}
    for key in sorted(cited & library.sources.keys()):
        source = library.sources[key]
        csl = {name: value for name, value in source.csl.items() if name not in _UNPRINTED_CSL}
        printed = [_plain(csl, dropped), source.provenance, source.short]
        yield EditionField(f"sources.yaml/{quote(key, safe='')}", _digest(printed), source.place)
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


# ---------------------------------------------------------------- changes

_CORRECTIONS = "corrections/"
ADDED = "was added"
Locate = Callable[[str, Location], Location]


def compare(brief: Brief, content: Iterable[EditionField], editions: Editions, locate: Locate) -> Iterator[Problem]:
    """Yield what differs from the published edition, or that an edition is not recorded; nothing if the record is damaged.

    Only for projects that have a record: others do not have to keep one. `locate` returns the place of a field from its path and
    the best place that its record has.
    """
    if editions.damaged:
        return
    last = editions.latest(brief.slug)
    fields = tuple(content)
    if last is not None and brief.edition <= last.edition:
        yield from _changes(brief, fields, last, locate)
    if brief.status is Status.PUBLISHED and not is_recorded(brief, last):
        message = f"edition {brief.edition} is published, but it is not in the record in this form"
        yield EDITION_UNRECORDED.at(
            locate("status", brief.place), message, f"run `brief publish {brief.slug}` when it is released"
        )


def is_recorded(brief: Brief, last: Recorded | None) -> bool:
    """Whether the edition of a brief is in the record with all its corrections."""
    return last is not None and (last.edition, last.corrections) == (brief.edition, len(brief.corrections))


def check_gone(editions: Editions, slugs: Iterable[str]) -> Iterator[Problem]:
    """Yield `edition-gone` for each brief that is in the record but not in the project."""
    there = set(slugs)
    for slug in dict.fromkeys(entry.slug for entry in editions.entries if entry.slug not in there):
        entry = next(one for one in editions.entries if one.slug == slug)
        message = f"edition {entry.edition} of '{slug}' is published, but its fact file no longer exists"
        hint = f"restore it with `status: withdrawn`, or run `brief publish --forget {slug}`"
        yield EDITION_GONE.at(Location(EDITIONS, entry.line, 1, len(slug)), message, hint)


def _changes(brief: Brief, fields: tuple[EditionField, ...], last: Recorded, locate: Locate) -> Iterator[Problem]:
    """Yield what a published edition must not change: its number, its status, and its words without a correction."""
    if brief.edition < last.edition:
        message = f"edition {last.edition} has been published, so the brief cannot be edition {brief.edition}"
        yield EDITION_CHANGED.at(
            locate("edition", brief.place),
            message,
            f"set `edition` to {last.edition}, or to {last.edition + 1} for a new one",
        )
        return
    if brief.status is Status.DRAFT:
        message = f"edition {last.edition} is published, so the brief cannot be a draft again"
        hint = f"set `status: published`, or `edition: {last.edition + 1}` for a draft of the next one"
        yield EDITION_CHANGED.at(locate("status", brief.place), message, hint)
    corrected = len(brief.corrections) > last.corrections
    hint = (
        "restore the correction: corrections can only be added"
        if corrected
        else f"restore it, or describe the error in `corrections`, or set `edition: {last.edition + 1}` and add `updates`"
    )
    for path, place, what in _different(brief, fields, last):
        if not corrected or (path.startswith(_CORRECTIONS) and what != ADDED):
            where = locate(path, place)
            yield EDITION_CHANGED.at(
                where, f"{_named(path, brief)} {what} since edition {last.edition} was published", hint
            )


def _different(brief: Brief, fields: tuple[EditionField, ...], last: Recorded) -> Iterator[tuple[str, Location, str]]:
    """Yield path, place and kind of each change; a whole record that was added or removed is one change."""
    now, then = {field.path: field for field in fields}, last.fields
    spared = _same_corrections(now, last)
    came = {path: _outermost(path, then) for path in now if path not in then}
    went = {path: _outermost(path, now) for path in then if path not in now and path not in spared}
    uneven = {path.rpartition("/")[0] for path in (*came.values(), *went.values())}  # lists whose order has to differ
    reported = set[str]()
    for field in fields:
        path = came.get(field.path, field.path)
        if path in reported or field.path in spared or (field.path in uneven and field.path in then):
            continue
        if field.path in came:
            reported.add(path)
            yield path, field.place, ADDED
        elif field.digest != then[path]:
            yield path, field.place, "has changed"
    for path in sorted(set(went.values())):
        yield path, _parent_place(path, now, brief), "was removed"


def _outermost(path: str, others: Iterable[str]) -> str:
    """Return the largest record around a field of which `others` have nothing."""
    parts = path.split("/")
    for length in range(1, len(parts)):
        record = "/".join(parts[:length])
        if not any(other == record or other.startswith(f"{record}/") for other in others):
            return record
    return path


def _same_corrections(now: dict[str, EditionField], last: Recorded) -> set[str]:
    """Return the paths of recorded corrections that still exist, under the same or another number of their day."""
    there = Counter(field.digest for path, field in now.items() if path.startswith(_CORRECTIONS))
    paths = set()
    for path, digest in last.fields.items():
        if path.startswith(_CORRECTIONS) and there[digest] > 0:
            there[digest] -= 1
            paths.add(path)
    return paths


def _parent_place(path: str, now: dict[str, EditionField], brief: Brief) -> Location:
    """Return the place of something that was removed: the record that contained it, or a place in the brief."""
    parent = now.get(path.rpartition("/")[0])
    return parent.place if parent else brief.place


def _named(path: str, brief: Brief) -> str:
    """Return a field in the author's words: `facts/cost`, or `experts.yaml/ann`, which a brief prints."""
    return f"`{path}`, which {brief.slug} prints," if ".yaml/" in path else f"`{path}`"
