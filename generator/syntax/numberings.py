"""Which numbers in running words are no amounts: dates, years, numberings, names such as H800 or GPT-4.

Knows how such numbers look and what stands beside them; nothing of what they mean.
"""

from __future__ import annotations

import re

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|"
    "Sept?|Oct|Nov|Dec|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|juin|juillet|août|"
    "septembre|octobre|novembre|décembre"
)
_NUMBERED = (
    "articles?|arts?|sections?|secs?|chapters?|chap|paragraphs?|paras?|pages?|pp?|nos|numbers?|figures?|figs?|tables?|tbl|"
    "part|version|phase|tier|level|step|annex|appendix|title|line|volume|vol|question|option|note|edition|no(?=\\.)"
)
_NAMED_BEFORE = re.compile(rf"(?:\b(?:(?i:{_NUMBERED})|{_MONTHS})\.?|(?<!§)§++|¶|#|第|제)\ ?$")
_MONTH_BEHIND = re.compile(rf"(?:st|nd|rd|th|\.)?\ (?:of\ )?(?:{_MONTHS})\b|\ ?[月日号號월일]")
_YEAR_BEHIND = re.compile(r"\ ?[年년]")
_YEAR = re.compile(r"(?:1[5-9]|20|21)\d\d")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?!\d)|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d+(?:\.\d+){2,}|\d{1,2}:\d\d")
_GOES_ON = re.compile(
    r"[^\W_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[-.:/]\d|-[^\W_]"
)


def is_numbering(text: str, match: re.Match[str]) -> bool:
    """Whether a match of `Numerals.running` is part of a date, a name or a numbering rather than an amount."""
    start, end = match.start("low"), match.end("high") if match["high"] else match.end("low")
    if _DATE.match(text, start) or (len(match["low"]) <= 2 and _MONTH_BEHIND.match(text, end)):
        return True
    if match["currency"] or match["scale"] or match["scale2"] or (match["unit"] or "").strip() in ("%", "‰"):
        return False
    return (
        bool(_NAMED_BEFORE.search(text[max(start - 20, 0) : start]))
        or bool(_GOES_ON.match(text, end))
        or _is_year(match)
        or bool(_YEAR_BEHIND.match(text, end))
        or _numbers_a_list(text, start, end)
    )


def _is_year(match: re.Match[str]) -> bool:
    return bool(_YEAR.fullmatch(match["low"])) and (not match["high"] or len(match["high"]) in (2, 4))


def _numbers_a_list(text: str, start: int, end: int) -> bool:
    begins_line = not text[:start].rpartition("\n")[2].strip()
    closed = text[end : end + 1]
    return (begins_line and closed in (".", ")") and closed != "") or (text[start - 1 : start] == "(" and closed == ")")
