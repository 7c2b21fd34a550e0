"""Finds the place of a cursor in an unfinished flow value: `{id: a, cite: "@b`."""

from __future__ import annotations

import re

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
