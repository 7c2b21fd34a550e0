"""What stands in a bibliography file, read only as far as saying where: entries, their fields and lines.

Pandoc converts the file; this reading is for messages (where is the fault, which field did pandoc leave out) and for
what pandoc does not do with RIS. It is no BibTeX implementation: a file that it misreads costs a line number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenField:
    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    key: str
    """Empty where the file gives none."""
    line: int
    fields: tuple[WrittenField, ...]


_BIB_START = re.compile(r"@\s*(?P<type>[A-Za-z]+)\s*[{(]")
_BIB_KEY = re.compile(r"\s*([^\s,{}]+)\s*,")
_BIB_FIELD = re.compile(r"[\s,]*(?P<name>[A-Za-z][\w:+-]*)\s*=\s*")
_BIB_PIECE = re.compile(r"\s*(?:(?P<bare>[^\s,{}\"#=]+)|(?P<open>[{\"]))")
_RIS_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])\s{0,2}-(?:\s(?P<value>.*))?$")


def bibtex_entries(text: str) -> Iterator[WrittenEntry]:
    """Read the entries of a BibTeX or BibLaTeX file; `@string` macros are put in their places."""
    macros: dict[str, str] = {}
    at = 0
    while start := _BIB_START.search(text, at):
        kind = start["type"].lower()
        at = start.end()
        if kind == "string":
            fields, at = _bib_fields(text, at, macros)
            macros |= {field.name: field.value for field in fields}
        elif kind not in ("comment", "preamble") and (key := _BIB_KEY.match(text, at)):
            fields, at = _bib_fields(text, key.end(), macros)
            yield WrittenEntry(key[1], _line(text, start.start()), fields)


def _bib_fields(text: str, at: int, macros: dict[str, str]) -> tuple[tuple[WrittenField, ...], int]:
    fields = []
    while field := _BIB_FIELD.match(text, at):
        value, at = _bib_value(text, field.end(), macros)
        fields.append(WrittenField(field["name"].lower(), value, _line(text, field.start("name"))))
    return tuple(fields), at


def _bib_value(text: str, at: int, macros: dict[str, str]) -> tuple[str, int]:
    """Pieces joined by `#`, each in braces, in quotation marks, or bare."""
    value = ""
    while piece := _BIB_PIECE.match(text, at):
        if bare := piece["bare"]:
            value, at = value + macros.get(bare.lower(), bare), piece.end()
        else:
            end = _bib_end(text, piece.start("open"))
            value, at = value + text[piece.end() : end], end + 1
        joined = re.compile(r"\s*#").match(text, at)
        if not joined:
            break
        at = joined.end()
    return value, at


def _bib_end(text: str, start: int) -> int:
    """The index of the mark that closes the one at `start`: braces nest, and hide quotation marks."""
    depth = 0
    quoted = text[start] == '"'
    at = start + 1
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 1
        elif char == "{":
            depth += 1
        elif char == "}" and depth:
            depth -= 1
        elif char == ('"' if quoted else "}") and not depth:
            return at
        at += 1
    return len(text)


def ris_entries(text: str) -> Iterator[WrittenEntry]:
    """Read the records of a RIS file, from `TY` to `ER`; a line without a tag goes on with the one before."""
    fields: list[WrittenField] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _RIS_LINE.match(line.strip())
        if match and match["tag"] == "ER":
            if fields:
                yield _ris_entry(fields)
            fields = []
        elif match:
            fields.append(WrittenField(match["tag"], (match["value"] or "").strip(), number))
        elif fields and line.strip():
            last = fields.pop()
            fields.append(WrittenField(last.name, f"{last.value} {line.strip()}", last.line))
    if fields:
        yield _ris_entry(fields)


def _ris_entry(fields: list[WrittenField]) -> WrittenEntry:
    key = next((field.value for field in fields if field.name == "ID"), "")
    return WrittenEntry(key, fields[0].line, tuple(fields))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
