"""Finds text that YAML takes for a comment.

` #` ends an unquoted value (YAML 1.2.2, section 7.3.3), so that `We are #1 in this` is read as `We are`. A comment that is meant as one
stands behind two spaces, or on a line of its own.
"""

from __future__ import annotations

import re

from generator.problems import Code, Location, Problem, Severity

TEXT_IN_COMMENT = Code("text-in-comment", Severity.ERROR)

SENTENCE = 3
"""Words from which on a value is text."""

_BEHIND = re.compile(r"[ \t](?P<comment>#[^\n]*)")
_BELOW = re.compile(r"[ \t]*\n(?P<indent> +)(?P<comment>#[^\n]*)")


def cut_text(text: str, start: int, end: int, file: str, line: int) -> Problem | None:
    """Return the problem if the unquoted value at `text[start:end]` is cut short by what may be a part of it.

    `line` is the one in which the value ends.
    """
    found = _BEHIND.match(text, end) or _BELOW.match(text, end)
    if found is None:
        return None
    if found.re is _BELOW and len(found["indent"]) <= _indentation(text, start):
        return None
    comment = found["comment"]
    if len(comment) < 2 or (comment[1].isspace() and len(text[start:end].split()) < SENTENCE):
        return None
    at = found.start("comment")
    place = Location(file, line + (found.re is _BELOW), at - text.rfind("\n", 0, at), len(comment))
    message = f"“{comment[:40]}” is a comment to YAML, and would not be printed"
    return TEXT_IN_COMMENT.at(place, message, "quote the whole text; or put two spaces before a comment")


def _indentation(text: str, at: int) -> int:
    """Return the column of the key on the line of a value, behind the dashes of a list."""
    begin = text.rfind("\n", 0, at) + 1
    marks = re.compile(r"(?:- *+|  *+)*+").match(text, begin, at)
    return marks.end() - begin if marks else 0
