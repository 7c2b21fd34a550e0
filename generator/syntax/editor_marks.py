"""The editor's own marks in a quotation: brackets, omissions and notes.

`…` and `[…]` leave something out, `[words]` adds, `[words|original]` replaces, `[sic]` and the like are notes. What they mean for the
comparison with a source is told in `generator/evidence/gate/quotation.py`.
"""

from __future__ import annotations

import re

NOTE = re.compile(
    r" ?\[(?:sic!?|(?:my |our )?emphas[ie]s(?: added| mine| in (?:the )?original)?|italics (?:added|mine|in original))\]",
    re.IGNORECASE,
)
OMISSION = re.compile(r"[\[(]\s*(?:\u2026|\.(?:\s{0,8}\.){2})\s*[\])]|\.(?:\s{0,8}\.){2,3}|\.?\u2026+\.?")
BRACKET = re.compile(r"\[([^\[\]|]+)(?:\|([^\[\]|]+))?\](['\u2019]s(?!\w))?")
"""Group 1 is printed, group 2 is replaced."""
_REPLACEMENT = re.compile(r"\[([^\[\]|]+)\|[^\[\]|]+\]")


def printed(text: str) -> str:
    """Return a quotation as the page prints it: `[yours|theirs]` without the replaced words."""
    return _REPLACEMENT.sub(r"[\1]", text)


def brackets(text: str) -> list[re.Match[str]]:
    """Yield the brackets that add, replace or change a capital, as `BRACKET` matches them."""
    return [match for match in BRACKET.finditer(text) if not _is_note(" ".join(match[0].split()))]


def _is_note(bracket: str) -> bool:
    return bool(NOTE.fullmatch(bracket) or OMISSION.fullmatch(bracket))
