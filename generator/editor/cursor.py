"""Where a cursor is in a file of YAML, by indentation alone, and which fields are valid there.

This also works while the YAML is broken. It reads the lines down to the cursor and keeps the open keys and items. It skips block scalars
and quoted values; one that is not closed ends with the first line that is not indented enough for its content.
Unfinished flow values are accepted: in `{id: a, cite: "@b`, the cursor is in the value of `cite`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from generator.read.schemas import json_schema

_PIECE = re.compile(r"(?<!\S)#.*|[\[\]{},\"']|:(?=[\s,\]}]|$)|(?:[^\"'\[\]{},:\s]|:(?=\S))++|\s++")
_ENDS = {'"': re.compile(r"(?:[^\"\\]|\\.)*+\""), "'": re.compile(r"(?:[^']|'')*+'(?!')")}
_OPENING, _CLOSING = ("[", "{"), ("]", "}")
PathStep = str | int


class Flow:
    """A value that begins with a quotation mark or a bracket, read line by line; each character is read once."""

    def __init__(self, text: str) -> None:
        self.is_list_or_map = text[:1] in _OPENING
        self._open: list[tuple[str, PathStep]] = []
        """Each open bracket with the number of the current item, or the current key; "" before the key has ended."""
        self._typed: list[str] = []
        self._quote = ""
        self.feed(text)

    @property
    def is_closed(self) -> bool:
        return not self._open and not self._quote

    @property
    def steps(self) -> tuple[PathStep, ...]:
        """Return the items and keys around the end of the text read so far."""
        return tuple(step for _, step in self._open if step != "")

    @property
    def in_key(self) -> bool:
        """Whether a key, or an item of a list, is being typed."""
        return bool(self._open) and (self._open[-1][1] == "" or isinstance(self._open[-1][1], int))

    @property
    def typed(self) -> int:
        """Return how many characters of it have been typed."""
        return len("".join(self._typed).lstrip())

    def feed(self, text: str) -> None:
        """Read more text, which ends at the end of a line or at the cursor."""
        at = 0
        while at < len(text):
            if self._quote:
                end = _ENDS[self._quote].match(text, at)
                self._typed.append(text[at : end.end() if end else len(text)])
                self._quote = "" if end else self._quote
                at = end.end() if end else len(text)
                continue
            match = _PIECE.match(text, at)
            piece = match[0] if match else text[at]
            if piece[0] != "#":
                self._take(piece)
            at += len(piece)
        self._typed.append("\n")

    def end(self) -> None:
        """Ignore the last line break, because the cursor is before it."""
        del self._typed[-1:]

    def _take(self, piece: str) -> None:
        """Follow one piece of a value in brackets, to know in which list or mapping the cursor is."""
        if piece in _OPENING:
            self._open.append((piece, 0 if piece == "[" else ""))
        elif piece in _CLOSING:
            del self._open[-1:]
        elif piece == "," and self._open:
            bracket, step = self._open[-1]
            self._open[-1] = (bracket, step + 1 if isinstance(step, int) else "")
        elif piece == ":" and self._open[-1:] == [("{", "")]:
            self._open[-1] = ("{", "".join(self._typed).strip().strip("\"'"))
        else:
            self._quote = piece if piece in _ENDS else ""
            self._typed.append(piece)
            return
        self._typed = []


_KEY = re.compile(
    r"(?P<name>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\n]|'')*+'|(?!-[ \n])[^\s#,\[\]{}&*!|>%@`'\":][^:\n#]*+)[ \t]*+:(?=[ \t]|$)"
)

_BLOCK = re.compile(r"(?:[&!]\S*+[ \t]++)*+[|>][-+0-9]*+[ \t]*+(?:#.*)?")
_ITEM = re.compile(r"-(?: ++|$)")


@dataclass(frozen=True, slots=True)
class Spot:
    """The surroundings of a cursor."""

    path: tuple[PathStep, ...]
    """The keys and items around the cursor. The last is the key of the current value or, if `in_key`, of the current record."""
    in_key: bool
    """Whether the cursor is in a key or in a plain item of a list."""
    start: int
    """Offset of the beginning of the key or value."""
    in_block: bool = False
    """Whether the cursor is in a block of text below its key."""

    @property
    def key(self) -> str:
        """Return the innermost key around the cursor; empty at the top level."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")


def spot(text: str, offset: int) -> Spot:
    """Return the surroundings of an offset of a text."""
    scan = _OpenLevels()
    start = 1 if text.startswith("\ufeff") else 0
    begin = max(text.rfind("\n", 0, offset) + 1, start)
    while start < begin:
        end = text.find("\n", start)
        scan.take(text[start:end].rstrip("\r"), start)
        start = end + 1
    return scan.cursor(text[start:offset], start)


@dataclass(frozen=True, slots=True)
class _Level:
    indent: int
    step: PathStep


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that continues while lines are indented more than `floor`."""

    kind: str
    """`block`, `plain` or `flow` (also for quoted values); empty for none."""
    floor: int
    start: int
    """Offset of its beginning."""
    flow: Flow | None = None

    def holds(self, indent: int) -> bool:
        return bool(self.kind) and indent > self.floor

    def take(self, line: str) -> None:
        if self.flow and not self.flow.is_closed:
            self.flow.feed(line)


_NOTHING = _Value("", -1, 0)


class _OpenLevels:
    """The open keys, items and values after the lines read so far."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.value = _NOTHING

    def take(self, line: str, start: int) -> None:
        """Read a whole line, which begins at an offset."""
        indent = len(line) - len(line.lstrip(" "))
        is_comment = line[indent : indent + 1] == "#"
        if not line.strip() or self.value.holds(indent):
            self.value.take(line)
        elif not is_comment:
            self._open(line, indent, start)
        elif self.value.kind == "block":
            self.value = _NOTHING  # a comment with too little indentation ends it

    def cursor(self, line: str, start: int) -> Spot:
        """Read the part of a line before the cursor."""
        indent, end = len(line) - len(line.lstrip(" ")), start + len(line)
        if self.value.holds(indent):
            self.value.take(line)
            return self._inside(self.value, end)
        at, has_key = self._open(line, indent, start)
        if has_key or (self.value.flow and self.value.flow.is_list_or_map):
            return self._inside(self.value, end)
        return Spot(self._path(), True, min(start + at, end))

    def _open(self, line: str, indent: int, start: int) -> tuple[int, bool]:
        """Read the dashes and the key of a line. Return where the text after the dashes begins, and whether it is a key."""
        self.value = _NOTHING
        at = dash = indent
        while item := _ITEM.match(line, at):
            self._begin_item(at)
            dash, at = at, item.end()
        key = _KEY.match(line, at)
        self._leave(at)
        if key:
            self.levels.append(_Level(at, _unquoted(key["name"])))
            self.value = _value(line, key.end(), at, start)
        elif at > dash or line[at : at + 1] in tuple("[{\"'"):
            self.value = _value(line, at, dash if at > dash else at - 1, start)
        return at, key is not None

    def _begin_item(self, indent: int) -> None:
        """Begin the next item of the list at an indentation; a list may have the indentation of its key."""
        while self.levels and self.levels[-1].indent > indent:
            self.levels.pop()
        number = 0
        if self.levels and self.levels[-1].indent == indent and isinstance(self.levels[-1].step, int):
            number = int(self.levels.pop().step) + 1
        self.levels.append(_Level(indent, number))

    def _leave(self, indent: int) -> None:
        """Close everything that cannot contain a key at this indentation."""
        while self.levels and self.levels[-1].indent >= indent:
            self.levels.pop()

    def _inside(self, value: _Value, end: int) -> Spot:
        if value.flow and value.flow.is_list_or_map:
            value.flow.end()
            return Spot((*self._path(), *value.flow.steps), value.flow.in_key, end - value.flow.typed)
        return Spot(self._path(), False, min(value.start, end) if value.kind else end, value.kind == "block")

    def _path(self) -> tuple[PathStep, ...]:
        return tuple(level.step for level in self.levels)


def _value(line: str, at: int, indent: int, start: int) -> _Value:
    """Return the value that begins on a line after a key or a dash."""
    written = line[at:].lstrip()
    begin = start + len(line) - len(written)
    if not written or written.startswith("#"):
        return _NOTHING
    if _BLOCK.fullmatch(written):
        return _Value("block", indent, begin)
    if written[0] in "\"'[{":
        return _Value("flow", indent, begin, Flow(written))
    return _Value("plain", indent, begin)


def _unquoted(name: str) -> str:
    return name[1:-1] if name[:1] in "\"'" else name.strip()


@dataclass(frozen=True, slots=True)
class FieldHint:
    """One field of a record."""

    name: str
    meaning: str
    required: bool
    opens: str
    """`line`, `list` or `record`; after a list or record the editor starts a new line."""


@lru_cache(maxsize=8)
def _schema(kind: str) -> dict[str, Any]:
    return json_schema(kind)


def fields(kind: str, path: tuple[PathStep, ...]) -> list[FieldHint]:
    """Return the fields of the record at a path of a kind of file."""
    result: dict[str, FieldHint] = {}
    for schema in _at(kind, path):
        required = schema.get("required", ())
        for name, field in schema.get("properties", {}).items():
            result.setdefault(name, FieldHint(name, _meaning(kind, field), name in required, _opening(kind, field)))
    return list(result.values())


def field(kind: str, path: tuple[PathStep, ...]) -> FieldHint | None:
    """Return the field at the end of a path."""
    return next((one for one in fields(kind, path[:-1]) if path and one.name == path[-1]), None)


def choices(kind: str, path: tuple[PathStep, ...]) -> list[str]:
    """Return the allowed words for the value at a path; empty if any value is allowed."""
    words = [str(word) for schema in _at(kind, path) for word in schema.get("enum", [schema.get("const")]) if word]
    flags = ["true", "false"] if any(schema.get("type") == "boolean" for schema in _at(kind, path)) else []
    return list(dict.fromkeys([*words, *flags]))


def _at(kind: str, path: tuple[PathStep, ...]) -> list[dict[str, Any]]:
    """Return the possible schemas of a value at a path."""
    schemas = list(_variants(kind, _schema(kind)))
    for step in path:
        schemas = [
            variant for schema in schemas for below in _below(schema, step) for variant in _variants(kind, below)
        ]
    return schemas


def _below(schema: dict[str, Any], step: PathStep) -> Iterator[dict[str, Any]]:
    further = schema.get("additionalProperties")
    sub_schema = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step, further)
    if isinstance(sub_schema, dict):
        yield sub_schema


def _variants(kind: str, schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "$ref" in schema:
        yield from _variants(kind, _schema(kind)["$defs"][schema["$ref"].rsplit("/", 1)[1]])
        return
    inner = [*schema.get("anyOf", ()), *schema.get("oneOf", ())]
    for variant in inner:
        yield from _variants(kind, variant)
    if not inner:
        yield schema


def _meaning(kind: str, field: dict[str, Any]) -> str:
    default = field.get("default")
    words = str(field.get("description", "") or next(_variants(kind, field), {}).get("description", ""))
    shown = str(default).lower() if isinstance(default, bool) else default
    return words + (f" Default: `{shown}`." if default not in (None, "") else "")


def _opening(kind: str, field: dict[str, Any]) -> str:
    types = [variant.get("type") for variant in _variants(kind, field) if variant.get("type") != "null"]
    if types == ["array"]:
        return "list"
    return "record" if "object" in types else "line"
