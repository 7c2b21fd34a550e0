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
    found = list(lines)
    plain = ["".join(char for _, char in line) for line in found]
    page_turns = _turns("".join(plain))
    there = [is_right_to_left(text) or (page_turns and not _LETTER.search(text)) for text in plain]
    texts = [
        _logical("".join(char for _, char in sorted(line, key=lambda one: one[0]))) if is_there else text
        for line, text, is_there in zip(found, plain, there, strict=True)
    ]
    words = "\n".join(text for text, is_there in zip(texts, there, strict=True) if is_there)
    if len(_TURNED.findall(words)) > len(_UPRIGHT.findall(words)):
        texts = [text.translate(_MIRRORED) if is_there else text for text, is_there in zip(texts, there, strict=True)]
    return "\n".join(texts)


def _turns(text: str) -> bool:
    """Whether most letters are of right-to-left scripts."""
    there = len(_RIGHT_TO_LEFT.findall(text))
    return there > 0 and there * 2 >= len(_LETTER.findall(text))


def _logical(drawn: str) -> str:
    from bidi import get_display

    base = "R" if _turns(drawn) or not _LETTER.search(drawn) else "L"
    return str(get_display(drawn.strip(), base_dir=base))
