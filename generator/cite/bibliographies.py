"""Reads bibliographies of other programs into valid entries and problems.

The project's own reader accepts every entry; problems report what was lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.cite.csl_yaml import entry_text
from generator.cite.draft_conversion import texts, tidied
from generator.cite.formats import Draft, Drafts, NotReadable, WrittenField, bad_entry, is_decoded
from generator.cite.formats.bibtex import read_bibtex, words
from generator.cite.formats.csl_json import read_csl_json
from generator.cite.formats.tagged import read_endnote_xml, read_enw, read_nbib, read_refworks, read_ris
from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import counted
from generator.read.entries import read_text

Rejected = list[tuple[str, str]]
"""Pairs of variable and reason; the variable is empty if the whole entry is rejected."""

_ROUNDS = 12


def accepted(entries: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Rejected]]:
    """Yield each entry as the reader accepts it, and the rejected variables."""
    if not entries:
        return
    sources, problems = read_text("".join(entry_text(entry, 2) for entry in entries), "", 2)
    sound = not problems and list(sources) == [entry["id"] for entry in entries]
    for entry in entries:
        yield (entry, []) if sound else _alone(entry)


def _alone(entry: dict[str, Any]) -> tuple[dict[str, Any], Rejected]:
    """Remove rejected variables one by one until the reader accepts the entry."""
    left, rejected = dict(entry), Rejected()
    for _ in range(_ROUNDS):
        sources, problems = read_text(entry_text(left, 2), "", 2)
        if not problems and list(sources) == [left["id"]]:
            return left, rejected
        variable = _variable(left, problems[0]) if problems else ""
        if variable in ("", "id"):
            break
        rejected.append((variable, problems[0].message))
        left = {name: value for name, value in left.items() if name != variable}
        left.setdefault("type", "document")
    return entry, [*rejected, ("", problems[0].message if problems else "the key cannot be written")]


def _variable(entry: dict[str, Any], problem: Problem) -> str:
    """Return the variable that a problem is about, by its lines."""
    lines = entry_text(entry, 0).split("\n")[: problem.place.line - 1]
    for line in reversed(lines):
        if line[:2] in ("- ", "  ") and line[2:3] != " ":
            name = line[2:].partition(":")[0].strip('"')
            if name in entry:
                return name
    return ""


BAD_BIBLIOGRAPHY = Code("bad-bibliography", Severity.ERROR)
FIELD_LEFT_OUT = Code("field-left-out", Severity.WARNING)
DATE_CHANGED = Code("date-changed", Severity.WARNING)
DUPLICATE_ENTRY = Code("duplicate-import", Severity.WARNING)

FORMATS = (".bib", ".ris", ".json", ".nbib", ".enw", ".xml", ".txt")
"""Endings of the files that can be imported."""
_READERS: Mapping[str, Callable[[str, str], Drafts]] = {
    ".ris": read_ris, ".json": read_csl_json, ".nbib": read_nbib, ".enw": read_enw, ".xml": read_endnote_xml,
    ".txt": read_refworks,
}  # fmt: skip
_ENCODING = re.compile(rb"\A\s*%\s*Encoding:\s*([A-Za-z0-9_-]{1,20})\s*$", re.MULTILINE)

_BATCH = 250
"""Entries that are checked at once, while others are still converted."""

Tell = Callable[[float, int], object]


@dataclass(frozen=True, slots=True)
class Bibliography:
    entries: tuple[dict[str, Any], ...]
    """Valid entries in the form of `sources.yaml`: text is Markdown, dates are ISO 8601 if possible."""
    problems: tuple[Problem, ...]
    made: frozenset[str] = frozenset()
    """Keys that were made because the file has none."""


def read_bibliography(
    data: bytes, file: str, wanted: Collection[str] | None = None, tell: Tell = lambda share, number: None
) -> Bibliography:
    """Read a whole file; the ending of its name gives the format. Raises PandocFailed only if pandoc itself fails.

    `wanted` has the keys of the entries to take, or is None for all. `tell` is called at intervals with the share of the file that
    is read (0 to 1) and the number of entries.
    """
    text = _decoded(data)
    ending = file[file.rfind(".") :].lower()
    lines = text.count("\n") + 1
    reading = _BibliographyReading(file, wanted)
    drafts = read_bibtex(text, file, wanted) if ending == ".bib" else _READERS[ending](text, file)
    try:
        for number, one in enumerate(drafts):
            reading.take(one)
            if number % 50 == 0:
                tell(reading.line / lines, number)
    except NotReadable as fault:
        reading.problems.append(BAD_BIBLIOGRAPHY.at(Location(file, fault.line, fault.column), str(fault)))
    left_out = wanted is not None and "@" in text  # unrequested entries of BibTeX are not read at all
    if not (reading.lines or reading.problems or reading.skipped or left_out):
        hint = f"check that it is written in the format {ending}"
        return Bibliography((), (BAD_BIBLIOGRAPHY.at(Location(file), "this file contains no entry", hint),))
    return reading.finished()


def _decoded(data: bytes) -> str:
    """Decode text and normalize line ends. Invalid bytes become lone surrogates, which identify the entries that have them."""
    declared = _ENCODING.match(data[:200])
    encodings = [declared[1].decode()] if declared else []
    encodings += ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else []
    for encoding in encodings:
        try:
            return _lines(data.decode(encoding))
        except (LookupError, UnicodeError):
            continue
    return _lines(data.decode("utf-8-sig", "surrogateescape"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


class _BibliographyReading:
    """Collects drafts, the entries that are accepted, and all problems."""

    def __init__(self, file: str, wanted: Collection[str] | None) -> None:
        self._file, self._wanted = file, wanted
        self.problems: list[Problem] = []
        self.lines: dict[str, int] = {}
        """Line of each imported entry, by key."""
        self.skipped = 0
        """Entries that are not wanted."""
        self.line = 1
        self._entries: list[dict[str, Any]] = []
        self._pending: list[dict[str, Any]] = []
        self._made: set[str] = set()
        self._left_out: dict[str, list[tuple[str, int]]] = {}

    def take(self, one: Draft | Problem) -> None:
        if isinstance(one, Problem):
            self.problems.append(one)
            return
        self.line = one.line
        if not all(is_decoded(text) for text in texts(one.csl)):
            self.problems.append(bad_entry(self._file, one.line, "this entry contains bytes that are not UTF-8"))
            return
        key = str(one.csl.get("id") or "")
        if not key:
            key = _made_key(one.csl, self.lines)
            self._made.add(key)
        if self._wanted is not None and key not in self._wanted:
            self.skipped += 1
        elif key in self.lines:
            message = f"'{key}' is already the key of the entry in line {self.lines[key]}; this one was left out"
            self.problems.append(DUPLICATE_ENTRY.at(Location(self._file, one.line), message, "give it another key"))
        else:
            self._add(key, one)

    def _add(self, key: str, one: Draft) -> None:
        """Take a draft as an entry with this key, and report what of it was changed or left out."""
        entry, remarks = tidied({**one.csl, "id": key})
        self.lines[entry["id"]] = one.line
        self._pending.append(entry)
        if len(self._pending) >= _BATCH:
            self._accept()
        for variable, remark in remarks:
            code = FIELD_LEFT_OUT if variable == "URL" else DATE_CHANGED
            what = f"'{variable}' of '{key}'"
            message = f"{what} {remark}" if variable == "URL" else f"{what}: {remark}{_became(entry.get(variable))}"
            self.problems.append(code.at(Location(self._file, one.line), message))
        for field in one.left_out:
            if field.name:
                self._left_out.setdefault(field.name, []).append((key, field.line))
            else:
                self._no_field(key, field)

    def _no_field(self, key: str, field: WrittenField) -> None:
        written = field.value if len(field.value) < 60 else f"{field.value[:60]}…"
        message = f"“{written}” in '{key}' is not a field and was left out"
        self.problems.append(FIELD_LEFT_OUT.at(Location(self._file, field.line), message, "write name = {value}"))

    def _accept(self) -> None:
        """Let the project's reader judge the waiting entries; without a fault of the whole, an entry is taken."""
        for entry, rejected in accepted(self._pending):
            line = self.lines[entry["id"]]
            for variable, why in rejected:
                if variable:
                    message = f"'{variable}' of '{entry['id']}' was left out: {why}"
                    self.problems.append(FIELD_LEFT_OUT.at(Location(self._file, line), message))
                else:
                    self.problems.append(bad_entry(self._file, line, f"'{entry['id']}': {why}"))
            if all(variable for variable, _ in rejected):
                self._entries.append(entry)
        self._pending = []

    def finished(self) -> Bibliography:
        self._accept()
        problems = (*self.problems, *self._fields_left_out())
        return Bibliography(tuple(self._entries), problems, frozenset(self._made))

    def _fields_left_out(self) -> Iterator[Problem]:
        for name, places in self._left_out.items():
            key, line = places[0]
            if len(places) == 1:
                message = f"'{name}' of '{key}' has no place in CSL and was left out"
            else:
                message = f"'{name}' has no place in CSL and was left out of {counted(len(places), 'entry', 'entries')}, first of '{key}'"
            yield FIELD_LEFT_OUT.at(Location(self._file, line), message)


def _became(value: Any) -> str:
    if isinstance(value, Mapping) and "literal" in value:
        return "; it is kept as text"
    return f"; it is now {value}" if isinstance(value, str) else ""


def _made_key(entry: Mapping[str, Any], taken: Collection[str]) -> str:
    """Return a key such as `example-2024`, or `example-2024-2` if that exists."""
    people = entry.get("author") or entry.get("editor") or ()
    first: Any = next(iter(people), {})
    name = (first.get("family") or first.get("literal")) if isinstance(first, Mapping) else ""
    year = re.search(r"\d{4}", " ".join(texts(entry.get("issued", ""))))
    slug = "-".join([*words(str(name or entry.get("title", "source")))[:2], *([year[0]] if year else [])]) or "source"
    number = 1
    while (key := slug if number == 1 else f"{slug}-{number}") in taken:
        number += 1
    return key
