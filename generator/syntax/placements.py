"""Places for figures in prose: `![#picture:harbour]` on its own line prints the picture.

`[#picture:harbour]` refers to a figure, and the `!` prints it, as in Markdown's links and images.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from generator.model import Placement
from generator.problems import Code, Location, Severity

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

BAD_PLACEMENT = Code("bad-placement", Severity.ERROR)
CODES = (BAD_PLACEMENT,)

_LINE = re.compile(r"!\[#(?:([^\s\[\]:]{1,40}):)?([^\s\[\]]{1,80})\][ \t]*")
STRAY = re.compile(r"!\[#(?:picture|table|chart|quote|box):[^\s\[\]]{1,80}\]")
"""A placement inside a sentence."""
_CODE = 4
"""Spaces before a line of code."""


def add_placements(parser: MarkdownIt) -> None:
    """Make the parser read lines that are placements; such a line ends the paragraph before it."""
    parser.block.ruler.before("paragraph", "placement", _placement, {"alt": ["paragraph"]})


def _placement(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level or state.sCount[start] >= _CODE:
        return False
    written = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _LINE.fullmatch(written)
    if match is None:
        return False
    if not silent:
        token = state.push("placement", "", 0)
        token.block, token.map, token.content = True, [start, start + 1], match[0].rstrip()
        token.meta = {"kind": match[1] or "", "id": match[2]}
        state.line = start + 1
    return True


def number_placements(tokens: Sequence[Token]) -> None:
    """Give each placement its index among the placements."""
    for index, token in enumerate(token for token in tokens if token.type == "placement"):
        token.meta["index"] = index


def placements(tokens: Sequence[Token], place: Callable[[int, str], Location]) -> Iterator[Placement]:
    """Yield the placements among the tokens. `place` returns the place of a written form in a line of the prose."""
    for token in (token for token in tokens if token.type == "placement"):
        yield Placement(token.meta["kind"], token.meta["id"], place(token.map[0] if token.map else 0, token.content))
