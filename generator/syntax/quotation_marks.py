"""The marks that open and close quotations, and when a mark is part of a Hebrew abbreviation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

CITATION_GROUP = "\ufffc"
"""Represents a citation in the text (OBJECT REPLACEMENT CHARACTER)."""

DOUBLE = {
    "“": "”", "”": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", '"': '"', "＂": "＂", "″": "″", "‶": "″",
    "❝": "❞", "「": "」", "『": "』", "｢": "｣", "﹁": "﹂", "﹃": "﹄", "〝": "〞〟", "⹂": "”",
    "《": "》", "〈": "〉", "״": "״", "❮": "❯", "⟪": "⟫", "🙶": "🙷", "ʺ": "ʺ", "˝": "˝", "ˮ": "ˮ", "〞": "〞〟",
}  # fmt: skip
"""Marks that open a quotation, with those that close it: Unicode's Quotation_Mark, primes and ornaments."""
TITLES = "《〈》〉"
"""Quotation marks that have another use in Chinese, Japanese and Korean: they mark titles of works there."""
SINGLE = {"‘": "’", "'": "'’", "‚": "‘’", "‛": "’", "＇": "＇", "❛": "❜", "’": "’", "´": "´", "‵": "′‵"}
ALWAYS_OPEN = "“„‟«‶❝「『｢﹁﹃〝⹂"
STRAIGHT = '"＂″״'
_HEBREW_PREFIXES = frozenset("הובכלמש")
"""Letters that are joined to a Hebrew word and can be before a quotation mark: `ה"מומחים"`."""
_HEBREW_END = re.compile(r"[\u05d0-\u05ea]{1,32}\Z")
TWICE = {"'": "'’´", "`": "'’´`", "´": "´", "‵": "′‵", "‘": "’'", "‚": "‘’", ",": "'‘’\"“”", "<": ">"}
"""Marks that open a double quotation when doubled, as in TeX, with their closing marks."""
MARKS = frozenset({*DOUBLE, *SINGLE, *TWICE})
"""Possible opening marks; texts without them are skipped quickly."""
_LONGEST_ABBREVIATION = 32
"""Characters before a mark that show whether it is in an abbreviation."""


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character, or a citation among them."""

    char: str
    offset: int
    """Its offset in the text, or that of the last character with a known place."""
    group: int = -1
    scare: bool = False


def neighbours(chars: Sequence[Char], at: int) -> tuple[str, str]:
    """Return the characters before and after one; a space at the start and the end."""
    before = chars[at - 1].char if at else " "
    after = chars[at + 1].char if at + 1 < len(chars) else " "
    return before, after


def is_gershayim(chars: Sequence[Char], at: int) -> bool:
    """Whether a mark is inside a Hebrew abbreviation: before its last letter (`צה"ל`), or not only after prefixes (`דו"חות`)."""
    if chars[at].char not in '"״”':
        return False
    before = "".join(one.char for one in chars[max(0, at - _LONGEST_ABBREVIATION) : at])
    after = "".join(one.char for one in chars[at + 1 : at + 3])
    inside = (letters := _HEBREW_END.search(before)) is not None and _HEBREW_END.match(after[:1]) is not None
    return inside and not (letters and _HEBREW_END.match(after[1:]) and _HEBREW_PREFIXES.issuperset(letters[0]))
