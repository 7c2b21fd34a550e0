"""Reads values of CSL-YAML as CSL-JSON: names as lists of parts, dates as `date-parts`, text with emphasis.

Unlike in other files, each value may be written as several kinds of nodes, because other programs write these files too.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from typing import Any

from generator.model import Date
from generator.model.kinds import Form
from generator.problems import Code, Severity
from generator.problems.suggestions import did_you_mean
from generator.read import csl
from generator.read.nodes import Mapped, Node, Scalar, Sequence, plain
from generator.read.reading import UNREAD, At, Reading
from generator.read.shape_problems import WRONG_TYPE
from generator.read.value_readers import BAD_DATE, BAD_URL
from generator.syntax.dates import read_date
from generator.syntax.lines import MARKUP_IN_LINE, digits_set, foreign_in_source

BAD_NAME = Code("bad-name", Severity.ERROR)
CODES = (BAD_NAME,)

_UNPRINTED = frozenset({"abstract", "note", "annote", "keyword", "URL"})
"""Variables that other programs fill with markup, and that few styles print."""


def _text(node: Node, at: At, reading: Reading) -> Any:
    """Read text. Emphasis is left to the citation processor if it supports it; raised digits are plain text elsewhere."""
    key = str(at.name)
    if not isinstance(node, Scalar):
        reading.problems.append(WRONG_TYPE.at(at.place, f"'{key}' has to be text"))
        return UNREAD
    value = "" if node.is_null else " ".join(node.value.split())
    if not value:
        return UNREAD
    if key == "URL" and not re.fullmatch(r"https?://[^\s/]+\S*", value):
        message = f"'{value}' is not a web address"
        reading.problems.append(BAD_URL.at(node.place, message, "begin it with https://"))
        return UNREAD
    rich = key in csl.RICH
    mark = "" if key in _UNPRINTED else foreign_in_source(value, rich=rich)
    if mark:
        message = f"“{mark[:40]}” would be printed as it is"
        reading.problems.append(MARKUP_IN_LINE.at(node.place, message, "leave it out", severity=Severity.WARNING))
    return value if rich or key == "URL" else digits_set(value)


def _names(node: Node, at: At, reading: Reading) -> Any:
    items = node.items if isinstance(node, Sequence) else (node,) if isinstance(node, Mapped) else ()
    if not items:
        hint = "write a list: - {family: Example, given: Ann} or - literal: Some Body"
        reading.problems.append(BAD_NAME.at(node.place, f"'{at.name}' has to be a list of names", hint))
    names = [name for name in (_name(item, reading) for item in items) if name]
    return names or UNREAD


def _name(item: Node, reading: Reading) -> dict[str, Any] | None:
    parts = plain(item)
    if not isinstance(item, Mapped) or not ({"family", "literal", "given"} & set(parts)):
        hint = "write {family: Example, given: Ann} for a person, {literal: Some Body} for a body"
        reading.problems.append(BAD_NAME.at(item.place, "a name needs `family` or `literal`", hint))
        return None
    for part in set(parts) - csl.NAME_PARTS:
        hint = did_you_mean(part, csl.NAME_PARTS) if reading.hints else ""
        reading.problems.append(BAD_NAME.at(item.keys[part], f"unknown part of a name '{part}'", hint))
    named = {part: value for part, value in parts.items() if part in csl.NAME_PARTS and value}
    return {part: digits_set(value) if isinstance(value, str) else value for part, value in named.items()}


def _date(node: Node, at: At, reading: Reading) -> Any:
    """Read `2025-01-29`, a range `2024/2025`, `{date-parts: ...}`, `{literal: ...}`, or `{year, month, day}`."""
    value = plain(node)
    if isinstance(value, list) and len(value) <= 2 and all(isinstance(part, dict) and "year" in part for part in value):
        value = _joined(value)
    if isinstance(value, dict):
        return _date_mapping(value, node, at, reading)
    if not isinstance(value, str):
        hint = "write 2025-01-29, 2025-01 or 2025"
        reading.problems.append(BAD_DATE.at(node.place, f"'{at.name}' is not a date", hint))
        return UNREAD
    try:
        return {"date-parts": [_parts(read_date(part)) for part in value.split("/")[:2]]}
    except ValueError as error:
        hint = "write 2025-01-29, 2025-01 or 2025; `{literal: ...}` for other dates"
        reading.problems.append(BAD_DATE.at(node.place, str(error).partition(": ")[0], hint))
        return UNREAD


def _joined(dates: list[dict[str, Any]]) -> str | None:
    """Return one or two dates by year, month and day as one text; None if one has another form."""
    written = [[date[part] for part in ("year", "month", "day") if date.get(part)] for date in dates]
    if not all(_is_number(part) for date in written for part in date):
        return None
    return "/".join("-".join(f"{int(part):02d}" for part in date) for date in written)


def _date_mapping(value: dict[str, Any], node: Node, at: At, reading: Reading) -> Any:
    further = {part: value[part] for part in ("season", "circa") if value.get(part)}
    if "date-parts" in value:
        dates = value["date-parts"]
        if isinstance(dates, list) and 0 < len(dates) <= 2 and all(map(_are_parts, dates)):
            return {"date-parts": [[int(part) for part in date] for date in dates], **further}
        message = f"the `date-parts` of '{at.name}' are not a date"
        hint = "write {date-parts: [[2025, 1, 29]]}, and for a period [[2025, 1], [2025, 3]]"
    elif "year" in value:
        date = [value["year"], *(value[part] for part in ("month", "day") if value.get(part))]
        if _are_parts(date):
            return {"date-parts": [[int(part) for part in date]]}
        message = f"year, month and day of '{at.name}' are not a date"
        hint = "write {year: 2025}, with `month: 1` and `day: 29` if they are known"
    else:
        written = {part: value[part] for part in ("literal", "raw") if value.get(part)} | further
        if written:
            return written
        message = f"'{at.name}' contains no date"
        hint = "write {year: 2025, month: 1}, or {literal: ...} for a date in words"
    reading.problems.append(BAD_DATE.at(node.place, message, hint))
    return UNREAD


def _are_parts(date: Any) -> bool:
    """Whether these are a year (also one BC), or a year with a month, or with month and day."""
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


def _nothing(node: Node, at: At, reading: Reading) -> Any:
    return UNREAD


READERS: Mapping[Form, Callable[[Node, At, Reading], Any]] = {
    Form.CSL_TEXT: _text,
    Form.CSL_NAMES: _names,
    Form.CSL_DATE: _date,
    Form.ANYTHING: _nothing,
}
