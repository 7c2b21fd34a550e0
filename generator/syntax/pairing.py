"""Pairs the quotation marks of a block of prose, so a page can print its own.

Only outermost pairs of double marks are paired; apostrophes, inner quotations and unpaired marks stay unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from generator.syntax.quotations import CLUSTER, Char, find_quotations

if TYPE_CHECKING:
    from markdown_it.token import Token

_DOUBLE = frozenset('"“”„‟«»＂')
_CLOSING, _SPACED = 1, 2


def pair_marks(tokens: Sequence[Token], shown: Callable[[Token], str]) -> None:
    """Set `meta["index"]` of each paired quotation mark, for `set_mark`; -1 for the others."""
    if not any(token.type == "quotation_mark" for token in tokens):
        return
    chars: list[Char] = []
    owners: list[Token] = []
    for token in tokens:
        if token.type == "quotation_mark":
            token.meta["index"] = -1
        for char in CLUSTER if token.type in ("cluster", "in_text", "footnote") else shown(token):
            chars.append(Char(char, len(chars)))
            owners.append(token)
    for quoted in find_quotations(chars):
        if quoted.end < len(chars) and {chars[quoted.start - 1].char, chars[quoted.end].char} <= _DOUBLE:
            owners[quoted.start - 1].meta["index"] = _SPACED * chars[quoted.start].char.isspace()
            owners[quoted.end].meta["index"] = _CLOSING | _SPACED * chars[quoted.end - 1].char.isspace()


def set_mark(marks: tuple[str, str], role: int) -> str:
    """Return the mark to print, without its own space if the author typed one."""
    mark = marks[role & _CLOSING]
    return mark.strip() if role & _SPACED else mark
