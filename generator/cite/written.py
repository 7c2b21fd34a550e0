"""What stands in a bibliography file, read only as far as saying where: entries, their fields and lines.

Pandoc converts the file; this reading is for messages (where is the fault, which field did pandoc leave out) and for
what pandoc does not do with RIS. It is no BibTeX implementation: a file that it misreads costs a line number.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
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


MOST_CHARACTERS = 200_000
"""Characters of the longest value that is put together: macros within macros could double it with each line."""

_BIB_START = re.compile(r"@\s*+(?P<type>[A-Za-z]{1,50}+)\s*+[{(]")
_BIB_KEY = re.compile(r"\s*+([^\s,{}]{1,300}+)\s*+,")
_BIB_FIELD = re.compile(r"[\s,]*+(?P<name>[A-Za-z][\w:+-]{0,100}+)\s*+=\s*+")
_BIB_PIECE = re.compile(r"\s*+(?:(?P<bare>[^\s,{}\"#=]++)|(?P<open>[{\"]))")
_BIB_JOINT = re.compile(r"\s*+#")
_BIB_MARK = re.compile(r"[\\{}\"]")
_RIS_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])\s{0,2}-(?:\s(?P<value>.*))?$")


class _Lines:
    """Numbers of the lines of a text, counted once."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def of(self, at: int) -> int:
        """The line, from 1, that holds the character at this index."""
        return bisect_left(self._ends, at) + 1


def bibtex_entries(text: str) -> Iterator[WrittenEntry]:
    """Read the entries of a BibTeX or BibLaTeX file; `@string` macros are put in their places."""
    macros: dict[str, str] = {}
    lines, at = _Lines(text), 0
    while start := _BIB_START.search(text, at):
        kind = start["type"].lower()
        at = start.end()
        if kind == "string":
            fields, at = _bib_fields(text, at, macros, lines)
            macros |= {field.name: field.value for field in fields}
        elif kind not in ("comment", "preamble") and (key := _BIB_KEY.match(text, at)):
            fields, at = _bib_fields(text, key.end(), macros, lines)
            yield WrittenEntry(key[1], lines.of(start.start()), fields)


def _bib_fields(text: str, at: int, macros: dict[str, str], lines: _Lines) -> tuple[tuple[WrittenField, ...], int]:
    fields = []
    while field := _BIB_FIELD.match(text, at):
        value, at = _bib_value(text, field.end(), macros)
        fields.append(WrittenField(field["name"].lower(), value, lines.of(field.start("name"))))
    return tuple(fields), at


def _bib_value(text: str, at: int, macros: dict[str, str]) -> tuple[str, int]:
    """Pieces joined by `#`, each in braces, in quotation marks, or bare. What is too long is cut off."""
    pieces: list[str] = []
    room = MOST_CHARACTERS
    while piece := _BIB_PIECE.match(text, at):
        if bare := piece["bare"]:
            found, at = macros.get(bare.lower(), bare), piece.end()
        else:
            end = _bib_end(text, piece.start("open"))
            found, at = text[piece.end() : end], end + 1
        pieces.append(found[:room])
        room -= len(pieces[-1])
        joined = _BIB_JOINT.match(text, at)
        if not joined:
            break
        at = joined.end()
    return "".join(pieces), at


def _bib_end(text: str, start: int) -> int:
    """The index of the mark that closes the one at `start`: braces nest, and hide quotation marks."""
    depth, escaped = 0, -1
    quoted = text[start] == '"'
    for mark in _BIB_MARK.finditer(text, start + 1):
        at, char = mark.start(), mark[0]
        if at == escaped:
            continue
        if char == "\\":
            escaped = at + 1
        elif char == "{":
            depth += 1
        elif char == "}" and depth:
            depth -= 1
        elif char == ('"' if quoted else "}") and not depth:
            return at
    return len(text)


def ris_entries(text: str) -> Iterator[WrittenEntry]:
    """Read the records of a RIS file, from `TY` to `ER`; a line without a tag goes on with the one before."""
    fields: list[tuple[str, list[str], int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = _RIS_LINE.match(line.strip())
        if match and match["tag"] == "ER":
            if fields:
                yield _ris_entry(fields)
            fields = []
        elif match:
            fields.append((match["tag"], [(match["value"] or "").strip()], number))
        elif fields and line.strip():
            fields[-1][1].append(line.strip())
    if fields:
        yield _ris_entry(fields)


def _ris_entry(fields: Iterable[tuple[str, list[str], int]]) -> WrittenEntry:
    read = tuple(WrittenField(name, " ".join(lines), number) for name, lines, number in fields)
    key = next((field.value for field in read if field.name == "ID"), "")
    return WrittenEntry(key, read[0].line, read)
