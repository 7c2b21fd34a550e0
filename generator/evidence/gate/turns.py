"""Whether two stretches of a text have one speaker, by marks and labels.

If it is unclear, they count as two speakers, because an ellipsis must not join words of different people.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from generator.evidence.gate.paragraphs import Layout

_MARK = regex.compile('[\u201c\u201d\u201e\u201f\xab\xbb"\u300c\u300d\u300e\u300f\uff02]')
_LABEL = regex.compile(
    r"\s*(?:[-\u2010-\u2015*\u2022]\s|[^\n:\uff1a.!?\u3002]{1,50}[:\uff1a]|[\p{Lu}\p{P} ]{3,40}[.:\uff1a]\s|[QA][.)]?\s)"
)
_END = regex.compile(r"[\p{STerm}\u037e]")
_WORD = regex.compile(r"\p{L}")


def one_speaker(text: str, start: int, end: int, layout: Layout) -> bool:
    """Whether the words before `start` and those from `end` on are one speaker's, by the text between and around them."""
    first, last = layout.paragraph(start - 1), layout.paragraph(end)
    begins = [layout.paragraphs[number - 1][0] for number in range(first + 1, last + 1)]
    if any(_LABEL.match(text, at) for at in begins):
        return False
    opening = layout.paragraphs[first - 1][0] if first else 0
    inside = len(_MARK.findall(text, opening, start)) % 2 == 1
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    if len(marks) % 2:  # from quoted words to unquoted ones, or the reverse
        return False
    if not inside or not marks:
        return True
    return not begins and not any(_introduces(text, a, b) for a, b in pairwise(marks)) and not _attributed(text, end)


def _introduces(text: str, closing: int, opening: int) -> bool:
    """Whether a new sentence between two quotations says who speaks in the second."""
    ends = [match.end() for match in _END.finditer(text, closing - 1, opening)]
    return bool(ends) and _WORD.search(text, ends[-1], opening) is not None


def _attributed(text: str, at: int) -> bool:
    """Whether the words after the quotation that continues at offset `at` say who speaks in it, and not in an earlier one."""
    closing = _MARK.search(text, at)
    if closing is None:
        return False
    before, behind = text[closing.start() - 1], regex.compile(r"[^\S\n]*(\p{L})?").match(text, closing.end())
    letter = behind[1] if behind else None
    return letter is not None and (before not in ".\u3002\u2026" or letter.islower())
