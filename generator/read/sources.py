"""`briefs/sources.yaml` (CSL-YAML) -> sources, as the citation processor and the page want them.

CSL-YAML is what pandoc reads and Zotero's Better BibTeX writes. Values become CSL-JSON here: names as lists of parts, dates
as `date-parts`. How a citation looks is not known here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Any

from generator.model import Date, Source
from generator.problems import Code, Problem, Severity
from generator.problems.suggestions import did_you_mean
from generator.read import csl
from generator.read.fields import BAD_DATE, Fields, root_fields
from generator.read.nodes import Document, Mapped, Node, Scalar, Sequence, plain
from generator.read.validation import BAD_VALUE, HINTS, WRONG_TYPE, check_shape
from generator.syntax.dates import read_date
from generator.syntax.lines import MARKUP_IN_LINE, digits_set, foreign_in_source, words_of_rich

DUPLICATE_SOURCE = Code("duplicate-source", Severity.ERROR)
BAD_NAME = Code("bad-name", Severity.ERROR)
BAD_URL = Code("bad-url", Severity.ERROR)
CODES = (DUPLICATE_SOURCE, BAD_NAME, BAD_URL)


def read_sources(document: Document) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """Read all sources, by key, in the file's order."""
    from generator.read.files import SourcesFile

    problems: list[Problem] = list(check_shape(document, SourcesFile))
    fields = root_fields(document.root, problems)
    sources: dict[str, Source] = {}
    for item in fields.records("references") if fields else ():
        source = _source(item)
        if not source.key:
            continue
        if source.key.startswith("@"):
            hint = f"write `id: {source.key.lstrip('@')}`; only citations have the @"
            problems.append(BAD_VALUE.at(item.place_of("id"), f"the id '{source.key}' begins with @", hint))
            continue
        if source.key in sources:
            first = sources[source.key].place.line
            message = f"'{source.key}' stands twice; the first is in line {first}"
            problems.append(DUPLICATE_SOURCE.at(item.place_of("id"), message, "rename one of them"))
            continue
        sources[source.key] = source
    return sources, tuple(problems)


_UNPRINTED = frozenset({"abstract", "note", "annote", "keyword", "URL"})
"""What other programs fill with markup, and hardly a style prints."""


def _source(fields: Fields) -> Source:
    entry = {
        key: _value(key, node, fields) for key, node in fields.node.entries.items() if key in csl.VARIABLES - csl.OURS
    }
    data = {key: value for key, value in entry.items() if value not in (None, "", [])}
    issued = _issued(data.get("issued"))
    return Source(
        key=fields.line("id"),
        csl=data,
        place=fields.place,
        title=words_of_rich(fields.line("title")),
        provenance=fields.line("provenance", "primary"),
        issued=issued,
        short=words_of_rich(fields.line("title-short") or fields.line("shortTitle") or fields.line("title")),
        url=fields.line("URL"),
    )


def _value(key: str, node: Node, fields: Fields) -> Any:
    if key in csl.NAMES:
        return _names(key, node, fields)
    if key in csl.DATES:
        return _date(key, node, fields)
    if not isinstance(node, Scalar):
        if key != "categories":
            fields.problems.append(WRONG_TYPE.at(fields.place_of(key), f"'{key}' has to be text"))
        return None
    value = None if node.is_null else " ".join(node.value.split())
    if key == "URL" and value and not re.fullmatch(r"https?://[^\s/]+\S*", value):
        fields.problems.append(BAD_URL.at(node.place, f"'{value}' is not a web address", "begin it with https://"))
        return None
    return _text(key, value, node, fields) if value else value


def _text(key: str, value: str, node: Scalar, fields: Fields) -> str:
    """Text of a source: emphasis in it is the citation processor's where it knows it, and raised digits are plain text elsewhere."""
    rich = key in csl.RICH
    mark = "" if key in _UNPRINTED else foreign_in_source(value, rich=rich)
    if mark:
        message = f"“{mark[:40]}” would be printed as it is"
        fields.problems.append(MARKUP_IN_LINE.at(node.place, message, "leave it out", severity=Severity.WARNING))
    return value if rich or key == "URL" else digits_set(value)


def _names(key: str, node: Node, fields: Fields) -> list[dict[str, Any]] | None:
    items = node.items if isinstance(node, Sequence) else (node,) if isinstance(node, Mapped) else ()
    if not items:
        hint = "write a list: - {family: Example, given: Ann} or - literal: Some Body"
        fields.problems.append(BAD_NAME.at(node.place, f"'{key}' has to be a list of names", hint))
    found = []
    for item in items:
        parts = plain(item)
        if not isinstance(parts, dict) or not ({"family", "literal", "given"} & set(parts)):
            hint = "write {family: Example, given: Ann} for a person, {literal: Some Body} for a body"
            fields.problems.append(BAD_NAME.at(item.place, "a name needs `family` or `literal`", hint))
            continue
        for part in set(parts) - csl.NAME_PARTS:
            place = item.keys[part] if isinstance(item, Mapped) else item.place
            hint = did_you_mean(part, csl.NAME_PARTS) if len(fields.problems) < HINTS else ""
            fields.problems.append(BAD_NAME.at(place, f"unknown part of a name '{part}'", hint))
        named = {part: value for part, value in parts.items() if part in csl.NAME_PARTS and value}
        found.append({part: digits_set(value) if isinstance(value, str) else value for part, value in named.items()})
    return found


def _date(key: str, node: Node, fields: Fields) -> dict[str, Any] | None:
    """Read a CSL date: `2025-01-29`, a range `2024/2025`, `{date-parts: ...}`, `{literal: ...}`, or `{year, month, day}`."""
    value = plain(node)
    if isinstance(value, list) and len(value) <= 2 and all(isinstance(part, dict) and "year" in part for part in value):
        value = (
            "/".join(
                "-".join(f"{int(v):02d}" for k in ("year", "month", "day") if (v := part.get(k))) for part in value
            )
            if (all(_is_number(part[k]) for part in value for k in ("year", "month", "day") if part.get(k)))
            else None
        )
    if isinstance(value, dict):
        return _date_mapping(key, value, node, fields)
    if not isinstance(value, str):
        fields.problems.append(BAD_DATE.at(node.place, f"'{key}' is not a date", "write 2025-01-29, 2025-01 or 2025"))
        return None
    try:
        return {"date-parts": [_parts(read_date(part)) for part in value.split("/")[:2]]}
    except ValueError as error:
        hint = "write 2025-01-29, 2025-01 or 2025; `{literal: ...}` for other dates"
        fields.problems.append(BAD_DATE.at(node.place, str(error).partition(": ")[0], hint))
        return None


def _date_mapping(key: str, value: dict[str, Any], node: Node, fields: Fields) -> dict[str, Any] | None:
    if "date-parts" in value:
        dates = value["date-parts"]
        if not isinstance(dates, list) or not 0 < len(dates) <= 2 or not all(map(_are_parts, dates)):
            hint = "write {date-parts: [[2025, 1, 29]]}, and for a period [[2025, 1], [2025, 3]]"
            fields.problems.append(BAD_DATE.at(node.place, f"'{key}' has date-parts that are no date", hint))
            return None
        parts = [[int(part) for part in date] for date in dates]
        return {"date-parts": parts, **{part: value[part] for part in ("season", "circa") if value.get(part)}}
    if "year" in value:
        date = [value["year"], *(value[part] for part in ("month", "day") if value.get(part))]
        if not _are_parts(date):
            hint = "write {year: 2025}, with `month: 1` and `day: 29` if they are known"
            fields.problems.append(BAD_DATE.at(node.place, f"'{key}' has year, month and day that are no date", hint))
            return None
        return {"date-parts": [[int(part) for part in date]]}
    written = {part: value[part] for part in ("literal", "raw", "season", "circa") if value.get(part)}
    if not written:
        hint = "write {year: 2025, month: 1}, or {literal: ...} for a date in words"
        fields.problems.append(BAD_DATE.at(node.place, f"'{key}' holds no date", hint))
    return written or None


def _are_parts(date: Any) -> bool:
    """Whether these are a year, which may be before our era, or a year with a month, or with month and day."""
    if not isinstance(date, list) or not 0 < len(date) <= 3 or not all(isinstance(part, str) for part in date):
        return False
    if not all(map(_is_number, (date[0].removeprefix("-"), *date[1:]))):
        return False
    year, month, day = (*map(int, date), 1, 1)[:3]
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and value.isdecimal() and len(value) < 10


def _parts(date: Date) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part is not None]


def _issued(value: Any) -> Date | None:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    return Date(*parts[0][:3]) if parts and parts[0] else None
