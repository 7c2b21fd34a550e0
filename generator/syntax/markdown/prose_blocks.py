"""Where a character of a block of Markdown is in the text of its prose.

A block has neither the indentation of its lines nor the marks before them, and a cell of a table not the escapes of `|`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.syntax.markdown.markdown_marks import Parsed

if TYPE_CHECKING:
    from markdown_it.token import Token

NEWLINE = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Block:
    """One inline token of Markdown, with a map from its characters to the text."""

    token: Token
    starts: tuple[tuple[int, int], ...]
    """For each line of the block, its start in the block and in the text."""
    quote: int
    """Number of its block quotation, from 1; 0 for none."""
    footnote: bool
    """Whether it is the text of a footnote."""

    def offset(self, at: int) -> int:
        own, text = self.starts[max(0, bisect_right(self.starts, at, key=lambda pair: pair[0]) - 1)]
        return text + at - own


def blocks_of(prose: Parsed, value: str) -> Iterator[Block]:
    """Yield the blocks of the prose `value`, those of footnotes last."""
    lines = NEWLINE.split(value)
    starts = [0, *(match.end() for match in NEWLINE.finditer(value))]
    depth = count = 0
    cursor = (-1, 0)
    for at, token in enumerate(prose.tokens):
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        count += token.type == "blockquote_open" and depth == 1
        if token.type != "inline":
            continue
        pairs: list[tuple[int, int]] = []
        own = 0
        for number, line in enumerate(token.content.split("\n"), token.map[0] if token.map else 0):
            number = min(number, len(lines) - 1)
            begin = cursor[1] if cursor[0] == number else 0
            pieces = _pieces(line, lines[number], begin)
            pairs += [(own + at, starts[number] + column) for at, column in pieces]
            cursor = (number, pieces[-1][1] + len(line.rstrip()) - pieces[-1][0])
            own += len(line) + 1
        yield Block(token, tuple(pairs), count if depth else 0, at >= len(prose.body))


def _pieces(line: str, written: str, begin: int) -> list[tuple[int, int]]:
    """Return pairs of index and column of a line of a block, or a table cell, in its line of the text.

    A cell has one more pair for each `|`, which the text escapes. If that is unclear, its place is `begin`.
    """
    indent, part = len(line) - len(line.lstrip()), line.strip()
    column = written.find(part, begin)
    if column >= 0:
        return [(indent, column)]
    column = written.find(part.replace("|", "\\|"), begin)
    if column < 0:
        return [(indent, begin)]
    pipes = [at for at, char in enumerate(part) if char == "|"]
    return [(indent, column), *((indent + at, column + at + count) for count, at in enumerate(pipes, 1))]
