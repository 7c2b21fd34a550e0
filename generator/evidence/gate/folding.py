"""A readable normal form of a text, in which typography makes no difference.

For looking up names and showing passages. Quotations are compared by tokens, not by this form.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = (
    "\u00ad\u034f\u061c\u0640\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""Soft hyphens, joiners, direction marks, variation selectors and the Arabic kashida, as a character class."""

_MARKS = '"`\xb4\xab\xbb\u02bc\u2018-\u201f\u2039\u203a\u300c-\u300f\u301d-\u301f\uff02\uff07'
_EDITS = (
    (re.compile(r"(?<=\w)[-\u2010][^\S\n]*+\n\s*+(?=\w)"), "-"),
    (re.compile(rf"[{INVISIBLE}]"), ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r"(?<=[\xab\u2039]) | (?=[\xbb\u203a;:!?%])"), ""),
    (re.compile(rf"[{_MARKS}]"), "'"),
    (re.compile(r"''"), "'"),
    (re.compile(r"[\u2010\u2011]"), "-"),
    (re.compile(r" ?(?:[\u2014\u2015]|--+|(?<= )[-\u2013](?= )) ?"), "\u2013"),
    (re.compile(r"\.(?: ?\.){2,}"), "\u2026"),
)


def plain(text: str) -> str:
    """One kind of quotation mark, dash and space; ligatures written out; NFC. Words and case stay."""
    text = unicodedata.normalize("NFC", text)
    text = re.sub(
        "[\u0132\u0133\ufb00-\ufb06\ufb50-\ufdfb\ufe70-\ufefc]", lambda m: unicodedata.normalize("NFKC", m[0]), text
    )
    for pattern, instead in _EDITS:
        text = pattern.sub(instead, text)
    return text.strip()
