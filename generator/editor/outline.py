"""Finds the place of a cursor in YAML by indentation, also in broken YAML.

It reads the lines down to the cursor and tracks open keys and items. Block scalars, quoted and flow values are skipped; an
unclosed one ends with the first line that is not indented like its content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.editor.flow import Flow, Step

_KEY = re.compile(
    r"(?P<name>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\n]|'')*+'|(?!-[ \n])[^\s#,\[\]{}&*!|>%@`'\":][^:\n#]*+)[ \t]*+:(?=[ \t]|$)"
)
_BLOCK = re.compile(r"(?:[&!]\S*+[ \t]++)*+[|>][-+0-9]*+[ \t]*+(?:#.*)?")
_ITEM = re.compile(r"-(?: ++|$)")


@dataclass(frozen=True, slots=True)
class Spot:
    """What surrounds a cursor."""

    path: tuple[Step, ...]
    """The keys and items around the cursor. The last is the key whose value it is in; `in_key`: the record's own."""
    in_key: bool
    """Whether a key, or a plain item of a list, is being typed."""
    start: int
    """Offset at which the key or value begins."""
    in_block: bool = False
    """Whether the cursor is in lines of text under their key."""

    @property
    def key(self) -> str:
        """The innermost key around the cursor; empty at the top."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")


def spot(text: str, offset: int) -> Spot:
    """What surrounds an offset of a text."""
    scan = _Scan()
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
    step: Step


@dataclass(frozen=True, slots=True)
class _Value:
    """A value whose lines are those that are indented further than `floor`."""

    kind: str
    """`block`, `plain` or `flow`, which quoted ones are too; empty for none."""
    floor: int
    start: int
    """Offset at which it begins."""
    flow: Flow | None = None

    def holds(self, indent: int) -> bool:
        return bool(self.kind) and indent > self.floor

    def take(self, line: str) -> None:
        if self.flow and not self.flow.is_closed:
            self.flow.feed(line)


_NOTHING = _Value("", -1, 0)


class _Scan:
    """What is open behind the lines that were taken."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.value = _NOTHING

    def take(self, line: str, start: int) -> None:
        """Take a whole line, which begins at an offset."""
        indent = len(line) - len(line.lstrip(" "))
        is_comment = line[indent : indent + 1] == "#"
        if not line.strip() or self.value.holds(indent):
            self.value.take(line)
        elif not is_comment:
            self._open(line, indent, start)
        elif self.value.kind == "block":
            self.value = _NOTHING  # a comment that is not indented as its text ends it

    def cursor(self, line: str, start: int) -> Spot:
        """Take what stands of a line before the cursor."""
        indent, end = len(line) - len(line.lstrip(" ")), start + len(line)
        if self.value.holds(indent):
            self.value.take(line)
            return self._inside(self.value, end)
        at, has_key = self._open(line, indent, start)
        if has_key or (self.value.flow and self.value.flow.is_list_or_map):
            return self._inside(self.value, end)
        return Spot(self._path(), True, min(start + at, end))

    def _open(self, line: str, indent: int, start: int) -> tuple[int, bool]:
        """Take the dashes and the key of a line. Returns where what follows the dashes begins, and whether it is a key."""
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
        """Begin the next item of the list at an indentation; a list may stand at that of its key."""
        while self.levels and self.levels[-1].indent > indent:
            self.levels.pop()
        number = 0
        if self.levels and self.levels[-1].indent == indent and isinstance(self.levels[-1].step, int):
            number = int(self.levels.pop().step) + 1
        self.levels.append(_Level(indent, number))

    def _leave(self, indent: int) -> None:
        """Leave what does not hold a key at this indentation."""
        while self.levels and self.levels[-1].indent >= indent:
            self.levels.pop()

    def _inside(self, value: _Value, end: int) -> Spot:
        if value.flow and value.flow.is_list_or_map:
            value.flow.end()
            return Spot((*self._path(), *value.flow.steps), value.flow.in_key, end - value.flow.typed)
        return Spot(self._path(), False, min(value.start, end) if value.kind else end, value.kind == "block")

    def _path(self) -> tuple[Step, ...]:
        return tuple(level.step for level in self.levels)


def _value(line: str, at: int, indent: int, start: int) -> _Value:
    """The value that begins on a line behind a key or a dash."""
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
