"""Repairs a line break of WeasyPrint before an element.

The fault: the last space of a text is wider than the rest of the line.

WeasyPrint 70 then breaks after the first word of the text, although all its words fit. Such a text stands before an element,
for example before a word that is kept together with its note number. `install` repairs it.

Short, because it goes when WeasyPrint is repaired.
"""

from __future__ import annotations

from math import inf
from typing import Any

import weasyprint.layout.inline

_split = weasyprint.layout.inline.split_first_line


def install() -> None:
    """Replace WeasyPrint's function. A second call changes nothing."""
    weasyprint.layout.inline.split_first_line = _split_first_line


def _split_first_line(text: str, style: Any, context: Any, width: float | None, *others: Any, **more: Any) -> Any:
    """Return what WeasyPrint's function returns; the whole text, if only the space at its end does not fit."""
    broken = _split(text, style, context, width, *others, **more)
    resume_at = broken[2]
    words = text.rstrip(" ")
    if resume_at is None or words == text or " " in _words_before(text, resume_at):
        return broken
    fits = _split(words, style, context, width, *others, **more)[2] is None
    return _split(text, style, context, inf, *others, **more) if fits else broken


def _words_before(text: str, place: int) -> str:
    """Return the text before this place in its UTF-8 bytes, without the space at its end."""
    return text.encode()[:place].decode().rstrip(" ")
