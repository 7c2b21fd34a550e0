"""Other programs' bibliographies -> CSL entries, with what could not be taken over as problems.

Pandoc converts BibTeX and RIS; CSL-JSON is taken as it is. What the entries are merged into is not known here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.cite import pandoc
from generator.cite.processor import RICH
from generator.cite.written import WrittenEntry, WrittenField, bibtex_entries, ris_entries
from generator.problems import Code, Location, Problem, Severity
from generator.read import csl
from generator.syntax.dates import read_date

BAD_BIBLIOGRAPHY = Code(
    "bad-bibliography",
    Severity.ERROR,
    "A bibliography that cannot be read",
    "The file given to `brief import` is not what its name says: `.bib` is BibTeX or BibLaTeX, `.ris` is RIS, `.json` is "
    "CSL-JSON, each in UTF-8. Nothing of it was imported. The place shown is where the reader gave up; the fault is often a "
    "missing bracket some lines before.",
    "@report{example-2024, title = {A report}, year = 2024",
    "@report{example-2024, title = {A report}, year = 2024}",
)
FIELD_LEFT_OUT = Code(
    "field-left-out",
    Severity.WARNING,
    "A field that was not imported",
    "CSL has no place for this field, or the converter does not know it, so it is not in `sources.yaml`. Most of these "
    "(paths of files, dates of change) are not missed. Add it by hand where a reader needs it.",
)
CODES = (BAD_BIBLIOGRAPHY, FIELD_LEFT_OUT)

FORMATS = (".bib", ".ris", ".json")
"""Endings of the files that can be imported."""


@dataclass(frozen=True, slots=True)
class Bibliography:
    entries: tuple[dict[str, Any], ...]
    """In the form of `sources.yaml`: text is Markdown, dates are ISO 8601 where they can be."""
    problems: tuple[Problem, ...]


def read_bibliography(data: bytes, file: str) -> Bibliography:
    """Read a whole file; its name's ending tells the form. Raises PandocFailed only when pandoc itself fails."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _refused(Location(file, line), f"byte 0x{data[error.start]:02x} is not UTF-8", "save the file as UTF-8")
    ending = file[file.rfind(".") :].lower()
    readers: dict[str, Callable[[str, str], Bibliography]] = {".bib": _bibtex, ".ris": _ris, ".json": _json}
    found = readers[ending](text, file)
    if not found.entries and not found.problems:
        return _refused(Location(file), "there is no entry in this file", f"check that it is what {ending} says")
    return found


def _bibtex(text: str, file: str) -> Bibliography:
    converted = _converted(text, "biblatex", file)
    if isinstance(converted, Problem):
        return Bibliography((), (converted,))
    written = {entry.key: entry for entry in bibtex_entries(text)}
    pairs = [(entry, written.get(str(entry.get("id")))) for entry in converted]
    return _bibliography(pairs, file)


def _ris(text: str, file: str) -> Bibliography:
    written = tuple(ris_entries(text))
    converted = _converted(_clean_ris(written), "ris", file)
    if isinstance(converted, Problem):
        return Bibliography((), (replace(converted, place=Location(file)),))
    taken: set[str] = set()
    pairs = []
    for entry, origin in zip(converted, written, strict=False):
        mended = _mended_ris(entry, origin)
        mended["id"] = origin.key or _made_key(mended, taken)
        taken.add(mended["id"])
        pairs.append((mended, origin))
    return _bibliography(pairs, file)


def _json(text: str, file: str) -> Bibliography:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        place = Location(file, error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else Location(file)
        message = error.msg.lower() if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        return _refused(place, f"this is not JSON: {message}")
    items = data.get("items", data.get("references")) if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return _refused(Location(file), "CSL-JSON is a list of entries", "export the library again as CSL JSON")
    nameless = [number for number, item in enumerate(items, 1) if not (item.get("citation-key") or item.get("id"))]
    if nameless:
        return _refused(Location(file), f"entry {nameless[0]} has no id", "give each entry an id")
    pairs = [({**item, "id": str(item.get("citation-key") or item["id"])}, None) for item in items]
    unknown = [
        FIELD_LEFT_OUT.at(Location(file), f"'{field}' of '{entry['id']}' is no CSL field and was left out")
        for entry, _ in pairs
        for field in entry
        if field not in csl.VARIABLES
    ]
    found = _bibliography(pairs, file)
    return Bibliography(found.entries, (*found.problems, *unknown))


def _refused(place: Location, message: str, hint: str = "") -> Bibliography:
    return Bibliography((), (BAD_BIBLIOGRAPHY.at(place, message, hint),))


def _converted(text: str, form: str, file: str) -> list[dict[str, Any]] | Problem:
    """Pandoc's CSL-JSON of a text, or its complaint at the place that it names."""
    try:
        entries = json.loads(pandoc.ask({"do": "convert", "from": form, "text": text}))
    except pandoc.Refused as refused:
        where = re.search(r"line (\d+), column (\d+)", str(refused))
        place = Location(file, int(where[1]), int(where[2])) if where else Location(file)
        said = re.search(r"\n((?:unexpected|expecting)[^\n]*)", str(refused))
        return BAD_BIBLIOGRAPHY.at(
            place,
            said[1] if said else "pandoc cannot read this file",
            "look for a missing bracket, quote or comma before",
        )
    return [dict(entry) for entry in entries]


def _bibliography(pairs: Sequence[tuple[dict[str, Any], WrittenEntry | None]], file: str) -> Bibliography:
    problems: list[Problem] = []
    for entry, written in pairs:
        if written:
            problems += (_left_out(field, entry, file) for field in _lost(entry, written))
    return Bibliography(tuple(_tidy(entry) for entry, _ in pairs), tuple(problems))


def _left_out(field: WrittenField, entry: Mapping[str, Any], file: str) -> Problem:
    place = Location(file, field.line)
    return FIELD_LEFT_OUT.at(place, f"'{field.name}' of '{entry['id']}' has no place in CSL and was left out")


# ---------------------------------------------------------------- what was lost

_TOLD_OTHERWISE = {
    "type": "genre", "langid": "language", "language": "language", "la": "language", "edition": "edition",
    "pubstate": "status", "doi": "DOI",
    "year": "issued", "month": "issued", "day": "issued", "date": "issued", "urldate": "accessed",
    "eventdate": "event-date", "origdate": "original-date", "py": "issued", "y1": "issued", "da": "issued",
    "y2": "accessed",
}  # fmt: skip
"""Fields whose words change on the way (`mar` -> 3): it is enough that the CSL field is there."""
_MACHINERY = frozenset({"crossref", "xdata", "options", "ids", "ty", "id", "sortkey"})


def _lost(entry: Mapping[str, Any], written: WrittenEntry) -> Iterator[WrittenField]:
    """Fields with less than half of their letters, in whole words, in what pandoc made of the entry."""
    kept = set(_words(" ".join(_strings(entry))))
    for field in written.fields:
        name = field.name.lower()
        if name in _MACHINERY or entry.get(_TOLD_OTHERWISE.get(name, "")):
            continue
        words = _words(field.value)
        if sum(len(word) for word in words if word in kept) * 2 < sum(map(len, words)):
            yield field


def _words(text: str) -> list[str]:
    """Words without markup, LaTeX commands, accents and case."""
    bare = re.sub(r"\\[\"'^`~=.]|\\[A-Za-z]+|</?\w[^<>]*+>|[{}]", "", text)
    folded = "".join(char for char in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(char))
    return re.findall(r"\w+", folded.casefold())


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    else:
        yield str(value)


# ---------------------------------------------------------------- RIS, as pandoc should have it

_RIS_NAMES = {"AU": "author", "A1": "author", "ED": "editor"}


def _clean_ris(entries: tuple[WrittenEntry, ...]) -> str:
    """One line a tag, in the spacing that pandoc wants."""
    lines = []
    for entry in entries:
        lines += [f"{field.name}  - {field.value}" for field in entry.fields]
        lines += ["ER  - ", ""]
    return "\n".join(lines)


def _mended_ris(entry: dict[str, Any], written: WrittenEntry) -> dict[str, Any]:
    """Bodies stay whole (pandoc takes "Example Institute" for given name and family), and `2024/03/05` is a date."""
    mended = dict(entry)
    for variable in sorted(set(_RIS_NAMES.values())):
        names = [field.value for field in written.fields if _RIS_NAMES.get(field.name) == variable]
        if len(names) == len(entry.get(variable, ())):
            mended[variable] = [
                {"literal": name} if " " in name and "," not in name else parsed
                for name, parsed in zip(names, entry.get(variable, ()), strict=True)
            ]
    dates = [field.value for name in ("DA", "PY", "Y1") for field in written.fields if field.name == name]
    parts = max((_ris_date(date) for date in dates), key=len, default=[])
    if parts:
        mended["issued"] = {"date-parts": [parts]}
    return {variable: value for variable, value in mended.items() if value}


def _ris_date(text: str) -> list[int]:
    """`2024/03/05/spring` -> [2024, 3, 5]; nothing where there is no year."""
    match = re.match(r"(\d{4})(?:[/-](\d{1,2})(?:[/-](\d{1,2}))?)?(?:[/\s]|$)", text)
    return [int(part) for part in match.groups() if part] if match else []


def _made_key(entry: Mapping[str, Any], taken: set[str]) -> str:
    """`example-2024`, and `example-2024-2` when that is taken."""
    first: Mapping[str, Any] = next(iter(entry.get("author") or entry.get("editor") or ()), {})
    name = first.get("family") or first.get("literal") or entry.get("title", "source")
    year = next(iter(entry.get("issued", {}).get("date-parts", [[]])[0][:1]), "")
    slug = "-".join([*_words(str(name))[:2], *([str(year)] if year else [])]) or "source"
    number = 1
    while (key := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return key


# ---------------------------------------------------------------- as sources.yaml has it


def _element(name: str, attribute: str = "") -> re.Pattern[str]:
    """An element on one line, up to the next tag of its name: looking further, from each tag, would take too long."""
    inside = rf"[^<\n]*+(?:<(?!/?(?:{name})[ >])[^<\n]*+)*+"
    return re.compile(rf"<(?:{name}){attribute}>({inside})</(?:{name})>")


_TAGS = (
    (_element("i|em"), r"*\1*"),
    (_element("b|strong"), r"**\1**"),
    (_element("sub"), r"~\1~"),
    (_element("sup"), r"^\1^"),
    (_element("span", ' class="nocase"'), r"[\1]{.nocase}"),
    (_element("span", ' style="font-variant: ?small-caps;?"'), r"[\1]{.smallcaps}"),
)


def _tidy(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry with CSL's variables only; empty ones go, marks become Markdown, dates text."""
    tidy: dict[str, Any] = {}
    for variable, value in entry.items():
        if variable not in csl.VARIABLES - {"citation-key"} or value in ("", None, [], {}):
            continue
        if variable in csl.DATES:
            value = iso_date(value)
        elif isinstance(value, str | int | float):
            value = markdown(str(value)) if variable in RICH else str(value)
        tidy[variable] = value
    return {**tidy, "id": str(entry["id"]), "type": tidy.get("type", "document")}


def markdown(text: str) -> str:
    """CSL-JSON's marks as Markdown, and characters that Markdown would take for marks as themselves."""
    text = re.sub(r"([\\*`~^]|(?<!\w)_|_(?!\w))", r"\\\1", text)
    for pattern, mark in _TAGS:
        text = pattern.sub(mark, text)
    return text


def iso_date(value: Any) -> Any:
    """A CSL date as `2024-03-05`, or `2024-03/2024-04` for a range; what has no such form stays as it is."""
    if isinstance(value, list) and all(isinstance(part, Mapping) for part in value):  # CSL-YAML of older programs
        value = {"date-parts": [[part.get("year"), part.get("month"), part.get("day")] for part in value]}
    if isinstance(value, Mapping):
        if set(value) - {"date-parts", "raw"} - {name for name in value if not value[name]}:
            return dict(value)
        if "raw" in value and not value.get("date-parts"):
            value = str(value["raw"])
    if isinstance(value, str):
        return _checked(value)
    try:
        parts = [[int(part) for part in date if part] for date in value["date-parts"]]
    except (KeyError, TypeError, ValueError):
        return value
    return "/".join(
        "-".join(f"{part:02d}" if place else f"{part:04d}" for place, part in enumerate(date)) for date in parts
    )


def _checked(text: str) -> Any:
    try:
        for part in text.split("/"):
            read_date(part)
    except ValueError:
        return {"literal": text}
    return text
