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
"""What is printed is group 1, what it replaces group 2."""
_REPLACEMENT = re.compile(r"\[([^\[\]|]+)\|[^\[\]|]+\]")


def printed(text: str) -> str:
    """A quotation as the page prints it: `[yours|theirs]` without what it replaces."""
    return _REPLACEMENT.sub(r"[\1]", text)


def brackets(text: str) -> list[re.Match[str]]:
    """The brackets that add, replace or change a capital, as `BRACKET` matches them."""
    return [found for found in BRACKET.finditer(text) if not _is_note(" ".join(found[0].split()))]


def _is_note(bracket: str) -> bool:
    return bool(NOTE.fullmatch(bracket) or OMISSION.fullmatch(bracket))
