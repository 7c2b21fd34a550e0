"""Recognises numbers that are not amounts: dates, years, numberings, H800, GPT-4.

They are recognised by their form and the words next to them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from generator.languages import Numbering, together

_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?!\d)|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d+(?:\.\d+){2,}|\d{1,2}:\d\d")
_GOES_ON = re.compile(
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[-.:/]\d|-[^\W_]"
)


def is_numbering(text: str, match: re.Match[str]) -> bool:
    """Whether a match of `Numerals.running` is part of a date, a name or a numbering rather than an amount."""
    start, end = match.start("low"), match.end("high") if match["high"] else match.end("low")
    if _DATE.match(text, start) or (len(match["low"]) <= 2 and _month_behind().match(text, end)):
        return True
    if match["currency"] or match["scale"] or match["scale2"] or (match["unit"] or "").strip() in ("%", "‰"):
        return False
    return (
        bool(_named_before().search(text[max(start - 20, 0) : start]))
        or bool(_GOES_ON.match(text, end))
        or _is_year(match)
        or bool(_year_behind().match(text, end))
        or _numbers_a_list(text, start, end)
    )


def _is_year(match: re.Match[str]) -> bool:
    return bool(_YEAR.fullmatch(match["low"])) and (not match["high"] or len(match["high"]) in (2, 4))


def _numbers_a_list(text: str, start: int, end: int) -> bool:
    begins_line = not text[:start].rpartition("\n")[2].strip()
    closed = text[end : end + 1]
    return (begins_line and closed in (".", ")") and closed != "") or (text[start - 1 : start] == "(" and closed == ")")


# ---------------------------------------------------------------- the words of all languages


@functools.cache
def _named_before() -> re.Pattern[str]:
    known = together(Numbering)
    words = rf"(?i:{'|'.join(known.words)})|{_any(known.months)}"
    return re.compile(rf"(?:\b(?:{words})\.?|(?<!§)§++|¶|#|{_any(known.before)})\ ?$")


@functools.cache
def _month_behind() -> re.Pattern[str]:
    words = together(Numbering)
    ordinals, of, months, signs = map(_any, (words.ordinals, words.of, words.months, words.month_signs))
    return re.compile(rf"(?:{ordinals})?\ (?:(?:{of})\ )?(?:{months})\b|\ ?(?:{signs})")


@functools.cache
def _year_behind() -> re.Pattern[str]:
    return re.compile(rf"\ ?(?:{_any(together(Numbering).year_signs)})")


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))
