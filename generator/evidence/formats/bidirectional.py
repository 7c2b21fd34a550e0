"""Puts lines with right-to-left words into the order in which they are read.

A PDF holds such a line as it is drawn. What its readers make of that differs, so the characters are first ordered from
left to right, and then reordered by Unicode's bidirectional algorithm (UAX 9), which is its own inverse for plain lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile(r"[^\W\d_]")
_TURNED = re.compile(r"\)[^()\n]*\(")
_UPRIGHT = re.compile(r"\([^()\n]*\)")
_MIRRORED = str.maketrans("()[]{}\u00ab\u00bb", ")(][}{\u00bb\u00ab")


def is_right_to_left(text: str) -> bool:
    """Whether a text has letters of a right-to-left script."""
    return _RIGHT_TO_LEFT.search(text) is not None


def read_order(lines: Iterable[list[tuple[float, str]]]) -> str:
    """The text of a page from its lines: characters with their left edges."""
    texts = ["".join(char for _, char in line) for line in lines_of(lines)]
    there = [is_right_to_left(text) for text in texts]
    words = "\n".join(text for text, is_there in zip(texts, there, strict=True) if is_there)
    if len(_TURNED.findall(words)) > len(_UPRIGHT.findall(words)):
        texts = [text.translate(_MIRRORED) if is_there else text for text, is_there in zip(texts, there, strict=True)]
    return "\n".join(texts)


def lines_of(lines: Iterable[list[tuple[float, str]]]) -> Iterable[list[tuple[float, str]]]:
    """The same lines, those with right-to-left words in reading order."""
    for line in lines:
        if is_right_to_left("".join(char for _, char in line)):
            drawn = "".join(char for _, char in sorted(line, key=lambda one: one[0]))
            yield [(0.0, _logical(drawn))]
        else:
            yield line


def _logical(drawn: str) -> str:
    from bidi import get_display

    rtl = len(_RIGHT_TO_LEFT.findall(drawn))
    base = "R" if rtl * 2 >= len(_LETTER.findall(drawn)) else "L"
    return str(get_display(drawn.strip(), base_dir=base))
