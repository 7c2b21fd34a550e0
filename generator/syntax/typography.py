"""Finds typographic characters where only plain ones are valid, such as dates.

Word processors and phones turn `"` into `“`, `-` into `–` and spaces into no-break spaces. Their meaning would be a guess, so they
are not read. This module names the character for the author, and what to write instead.
"""

from __future__ import annotations

import re
import unicodedata

QUOTATION_MARKS = "\"“”„‟«»‹›‘’‚‛'＂＇″‶❝❞❛❜「」『』｢｣﹁﹂﹃﹄〝〞〟⹂"
DASHES = "‐‑‒–—―−﹘﹣－"
"""Dashes other than the keyboard's hyphen."""

_CALLED = {
    "‑": "a no-break hyphen",
    "−": "a minus sign",
    "—": "an em dash",
    "–": "an en dash",
    "\N{NO-BREAK SPACE}": "a no-break space",
}


def without_marks(value: str) -> str:
    """Return the value without quotation marks around it."""
    inner = value.strip()
    around = len(inner) > 1 and inner[0] in QUOTATION_MARKS and inner[-1] in QUOTATION_MARKS
    return inner[1:-1].strip() if around and not any(mark in QUOTATION_MARKS for mark in inner[1:-1]) else value


def advice(value: str) -> str:
    """Return what to write instead of the first typographic character of a value; empty if it has none."""
    inner = without_marks(value)
    if inner != value:
        first, last = value.strip()[0], value.strip()[-1]
        return f'{first} and {last} are part of the value: leave them out, or write "{inner}" with straight ones'
    for char in value:
        if char in QUOTATION_MARKS:
            return f"{char} is part of the value: leave it out"
        plain = "-" if char in DASHES else unicodedata.normalize("NFKC", char)
        if not char.isascii() and plain.isascii() and plain != char:
            shown = "a space" if plain.isspace() else plain
            return f"{'it' if char.isspace() else char} is {called(char)}: write {shown}"
    return ""


def called(char: str) -> str:
    """Return the name of a character, with an article."""
    if char in _CALLED:
        return _CALLED[char]
    name = unicodedata.name(char, "character").lower()
    return f"{'an' if re.match('[aeio]|un[^i]', name) else 'a'} {name}"
