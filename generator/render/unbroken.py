"""Prevents line breaks in places: `para. 5`, `pp. 24–28`, `paras. 26 and 28`.

Layout engines break a line at each space, and after a dash even between two digits.
"""

from __future__ import annotations

import re

from markupsafe import Markup

_LABEL = r"(?<![^\W\d_])(?:[^\W\d_]{1,6}\.|[§¶]{1,2})"
_DIGITS = r"\[?\d(?:[\w.:–\]]{0,11}[\w\]])?"
_PLACE = re.compile(rf"{_LABEL} (?:{_DIGITS}|\[?[ivxlc]{{1,8}}\b)(?:(?:,| [^\W\d_]{{1,3}}| &amp;) {_DIGITS}){{0,3}}")
"""A label and up to four numbers, with a comma or a short word of any language between them."""
_RANGE = re.compile(r"\[?\w[\w:.]{0,9}\]?–\[?\d[\w:.]{0,9}\]?")
_MARKUP = re.compile(r"(<[^<>]*>)")


def unbroken(html: str) -> Markup:
    """Return safe HTML of a citation or a note, in which a label stays with its number, and a range together."""
    parts = _MARKUP.split(html)
    parts[::2] = map(_text, parts[::2])
    return Markup("".join(parts))  # noqa: S704 of safe HTML


def _text(text: str) -> str:
    text = _PLACE.sub(lambda match: match[0].replace(" ", "\N{NO-BREAK SPACE}"), text)
    return _RANGE.sub(r'<span class="tied">\g<0></span>', text)
