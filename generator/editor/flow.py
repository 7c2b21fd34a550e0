"""Where in a flow value of YAML a cursor is: `{id: a, cite: "@b` is in the value of `cite`. Tolerates what is unfinished."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    r"\"(?:[^\"\\]|\\.)*+\"?|'(?:[^']|'')*+'?|[\[\]{},]|:(?=[\s,\]}]|$)|(?:[^\"'\[\]{},:\s]|:(?=\S))++|\s++"
)
_CLOSING = {"]": "[", "}": "{"}


def is_closed(written: str) -> bool:
    """Whether a value that begins with a quotation mark or a bracket has ended."""
    depth = 0
    for piece in _tokens(written):
        if piece[0] in "\"'" and (len(piece) == 1 or piece[-1] != piece[0]):
            return False
        depth += (piece in ("[", "{")) - (piece in ("]", "}"))
        if depth <= 0 and piece.strip():
            return True
    return depth <= 0


def steps_in(written: str) -> tuple[tuple[str | int, ...], bool, int]:
    """The steps from the first bracket to the end of the text, whether a key or item is typed there, and how long it is."""
    open_: list[tuple[str, str | int]] = []
    typed, piece = "", ""
    for piece in _tokens(written):
        if piece in ("[", "{"):
            open_.append((piece, 0 if piece == "[" else ""))
            typed = ""
        elif piece in _CLOSING:
            del open_[-1:]
            typed = ""
        elif piece == "," and open_:
            kind, step = open_[-1]
            open_[-1] = (kind, step + 1 if isinstance(step, int) else "")
            typed = ""
        elif piece == ":" and open_ and open_[-1][0] == "{" and open_[-1][1] == "":
            open_[-1] = ("{", typed.strip().strip("\"'"))
            typed = ""
        else:
            typed += piece
    steps = tuple(step for _, step in open_ if step != "")
    in_key = bool(open_) and (open_[-1][1] == "" or isinstance(open_[-1][1], int))
    return steps, in_key, len(typed.lstrip())


def _tokens(written: str) -> Iterator[str]:
    return (match[0] for match in _TOKEN.finditer(written))
