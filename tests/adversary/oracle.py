"""Whether words stand in a text, found with nothing of the program's: typography folded, then `str.find`.

It folds more than the gate may, so that a mutant which by chance is true after all is never counted as one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = re.compile("[\"'`\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300c-\u300f\u00b4]")
_DASHES = re.compile(" ?(?:[\u2012-\u2015]| - |--+) ?")
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_DENSE_LETTER = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uff00-\uffef]"
_DENSE = re.compile(f"(?<={_DENSE_LETTER}) | (?={_DENSE_LETTER})")
"""Spaces next to a letter of a script without spaces."""


def folded(text: str) -> str:
    """The text with one form for quotation marks, dashes, spaces, widths and accents."""
    text = unicodedata.normalize("NFKC", re.sub("[\u2070-\u2079\u00b2\u00b3\u00b9\u00bc-\u00be]", _kept, text))
    text = re.sub(r"\s+", " ", _UNSEEN.sub("", text))
    text = _DASHES.sub("\u2013", text).replace("\u2010", "-").replace("\u2011", "-").replace("...", "\u2026")
    return _DENSE.sub("", _QUOTES.sub("'", text)).strip(" '")


def _kept(match: re.Match[str]) -> str:
    """Superscripts and fractions stay apart from digits."""
    return f"\ue000{ord(match[0]):x}\ue001"


def stands(words: str, text: str) -> bool:
    """Whether the text holds the words; parts between ellipses in their order."""
    source, at = _source(text), 0
    for part in re.split(r"\s*\u2026\s*", folded(words)):
        at = source.find(part.strip(" '"), at)
        if at < 0:
            return False
        at += len(part)
    return True


@lru_cache(maxsize=8)
def _source(text: str) -> str:
    return folded(text)
