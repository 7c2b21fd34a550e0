"""The vocabulary of CSL 1.0.2, the fields of a source made of it, and their values.

A source may have these variables and the two fields of this project, and no others. The names of the variables contain hyphens
and are many, so the record class is made from the lists.

Unlike in other files, each value may be written as several kinds of nodes, because other programs write these files too.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, make_dataclass
from typing import Any

from generator.model import Date
from generator.model.fields import optional, required
from generator.model.kinds import CODED, Choice, Form, Kind, Single, choice, list_of, record
from generator.problems import Code, Severity
from generator.problems.message_words import did_you_mean
from generator.read.reading_state import UNREAD, At, Reading
from generator.read.shape_problems import WRONG_TYPE
from generator.read.value_readers import BAD_DATE, BAD_IDENTIFIER, BAD_URL
from generator.read.yaml_nodes import Mapped, Node, Scalar, Sequence, plain
from generator.syntax.dates import read_date
from generator.syntax.identifiers import address_hint, read_address, read_doi, read_pubmed_id
from generator.syntax.lines import MARKUP_IN_LINE, digits_set, foreign_in_source

TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
    periodical personal_communication post post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage""".split()
)

NAMES = frozenset(
    """author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator
    organizer original-author performer producer recipient reviewed-author script-writer series-creator
    translator""".split()
)

DATES = frozenset("""accessed available-date event-date issued original-date submitted""".split())

NUMBERS = frozenset(
    """chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number
    version volume""".split()
)

TEXTS = frozenset(
    """abstract annote archive archive_collection archive_location archive-place authority call-number citation-key
    citation-label collection-title container-title container-title-short dimensions division DOI event
    event-place event-title genre ISBN ISSN journalAbbreviation jurisdiction keyword language license medium note
    original-publisher original-publisher-place original-title part-title PMCID PMID publisher publisher-place
    references reviewed-genre reviewed-title scale shortTitle source status title title-short URL volume-title
    volume-title-short year-suffix""".split()
)

NAME_PARTS = frozenset(
    """family given literal suffix non-dropping-particle dropping-particle comma-suffix static-ordering parse-names""".split()
)

OURS = frozenset({"provenance", "custom"})
"""`provenance` (`primary` or `report`), and CSL's own `custom` for the data of other programs."""
PROVENANCES = ("primary", "report")
VARIABLES = NAMES | DATES | NUMBERS | TEXTS | OURS | {"id", "type", "categories"}

RICH = (
    "abstract", "annote", "chapter-number", "collection-title", "container-title", "container-title-short", "event",
    "event-title", "genre", "medium", "note", "original-title", "part-title", "publisher", "references",
    "reviewed-title", "scale", "section", "title", "title-short", "volume-title",
)  # fmt: skip
"""Fields whose text may have emphasis: `*word*` or `<i>word</i>`. All others are printed as they are."""
_NAMES: Single[Any, None] = Single(None, Form.CSL_NAMES)
_DATE: Single[Any, None] = Single(None, Form.CSL_DATE)
_TEXT: Single[Any, None] = Single(None, Form.CSL_TEXT)
_ANYTHING: Single[Any, None] = Single(None, Form.ANYTHING)
_PROVENANCE: Choice[str, str] = choice(*PROVENANCES)

_VARIABLES: tuple[tuple[Kind[Any, None], frozenset[str], str, str], ...] = (
    (
        _NAMES,
        NAMES,
        "Names: `- {family: Example, given: Ann}` for a person, `- literal: Some Body` for a body.",
        "[{family: Example, given: Ann}]",
    ),
    (
        _DATE,
        DATES,
        "A date: `2025-01-29`, `2025-01`, `2025`, or `{literal: Spring 2025}`.",
        "2025-01-29",
    ),
    (_TEXT, TEXTS | NUMBERS, "Text, as CSL defines this variable.", "Some text"),
)


def _fields() -> list[tuple[str, Any, Any]]:
    """Return name, type and declaration of each field."""
    provenance = "`report` if the source reports what others said: prints 'as quoted in'."
    fields: dict[str, Any] = {
        "id": required(CODED, "The key that citations use: `@id`.", "rise-2025"),
        "type": required(choice(*sorted(TYPES)), "The type of the source, in CSL's words.", "report"),
        "provenance": optional(_PROVENANCE, provenance, "report", default="primary"),
        "custom": optional(_ANYTHING, "Data of other programs; not read.", "{}"),
        "categories": optional(_ANYTHING, "Not read.", "[]"),
    }
    for kind, names, meaning, example in _VARIABLES:
        for name in sorted(names):
            fields[name.replace("-", "_") + "_"] = optional(kind, meaning, example, key=name)
    return [(name, Any, field) for name, field in fields.items()]


Reference = make_dataclass("Reference", _fields(), frozen=True, kw_only=True)
"""One entry. No object of this class is made: sources become `Source`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesFile:
    """`briefs/sources.yaml`."""

    references: tuple[Any, ...] = required(
        list_of(record(Reference)),
        "The sources. Each can have any variable of CSL 1.0.2.",
        "[{id: rise-2025, type: report}]",
    )


BAD_NAME = Code("bad-name", Severity.ERROR)
_IDENTIFIERS: Mapping[str, Callable[[str], str]] = {
    "URL": read_address,
    "DOI": read_doi,
    "PMID": read_pubmed_id,
    "PMCID": read_pubmed_id,
}
"""Variables that styles print as links, with their readers. These raise ValueError."""
_UNPRINTED = frozenset({"abstract", "note", "annote", "keyword"})
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
    if key in _IDENTIFIERS:
        return _identifier(key, value, node, reading)
    rich = key in RICH
    mark = "" if key in _UNPRINTED else foreign_in_source(value, rich=rich)
    if mark:
        message = f"“{mark[:40]}” would be printed as it is"
        reading.problems.append(MARKUP_IN_LINE.at(node.place, message, "leave it out", severity=Severity.WARNING))
    return value if rich else digits_set(value)


def _identifier(key: str, value: str, node: Scalar, reading: Reading) -> Any:
    """Read what a link is made of: it leads where it says, and has only characters that an address can have."""
    try:
        return _IDENTIFIERS[key](value)
    except ValueError as error:
        code = BAD_URL if key == "URL" else BAD_IDENTIFIER
        hint = address_hint(value, "begin it with https://, and leave out what does not belong to it")
        reading.problems.append(code.at(node.place, str(error), hint if key == "URL" else ""))
        return UNREAD


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
    for part in set(parts) - NAME_PARTS:
        hint = did_you_mean(part, NAME_PARTS) if reading.hints else ""
        reading.problems.append(BAD_NAME.at(item.keys[part], f"unknown part of a name '{part}'", hint))
    named = {part: value for part, value in parts.items() if part in NAME_PARTS and value}
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
    """Read a date in one of CSL's forms: `date-parts`, year and month, or words."""
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


def is_csl(kind: Kind[Any, Any]) -> bool:
    """Whether values of a kind are read here, in each way in which other programs write them, `null` included."""
    return isinstance(kind, Single) and kind.form in READERS
