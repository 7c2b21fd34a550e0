"""Finds where in a file of YAML a cursor is, by indentation alone.

So it is known while the YAML is broken. Reads the lines down to the cursor and keeps the keys and items that are open. Block scalars
and quoted values are stepped over; one that is never closed ends with the first line that is not indented as its content has to be.
In a flow value, what is unfinished is tolerated: `{id: a, cite: "@b` is in the value of `cite`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECE = re.compile(r"(?<!\S)#.*|[\[\]{},\"']|:(?=[\s,\]}]|$)|(?:[^\"'\[\]{},:\s]|:(?=\S))++|\s++")
_ENDS = {'"': re.compile(r"(?:[^\"\\]|\\.)*+\""), "'": re.compile(r"(?:[^']|'')*+'(?!')")}
_OPENING, _CLOSING = ("[", "{"), ("]", "}")

Step = str | int


class Flow:
    """A value that begins with a quotation mark or a bracket, read line by line: each character is looked at once."""

    def __init__(self, text: str) -> None:
        self.is_list_or_map = text[:1] in _OPENING
        self._open: list[tuple[str, Step]] = []
        """Each open bracket with the number of the item, or the key, that is being read; "" before a key has ended."""
        self._typed: list[str] = []
        self._quote = ""
        self.feed(text)

    @property
    def is_closed(self) -> bool:
        return not self._open and not self._quote

    @property
    def steps(self) -> tuple[Step, ...]:
        """The items and keys around the end of what was read."""
        return tuple(step for _, step in self._open if step != "")

    @property
    def in_key(self) -> bool:
        """Whether a key, or an item of a list, is being typed."""
        return bool(self._open) and (self._open[-1][1] == "" or isinstance(self._open[-1][1], int))

    @property
    def typed(self) -> int:
        """How many characters of it have been typed."""
        return len("".join(self._typed).lstrip())

    def feed(self, text: str) -> None:
        """Read on. `text` ends where a line ends, or at the cursor."""
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
        """Forget the line break behind what was fed last: the cursor is there."""
        del self._typed[-1:]

    def _take(self, piece: str) -> None:
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
