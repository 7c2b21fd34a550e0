"""Finds a remark around a quotation that takes it back: *myth: | wind is cheap* and *| wind is cheap (false)*.

- A lead-in is what its sentence says before a colon. The lead-in of a list counts for each item: *None of this is true: ... (b) | ...*.
- A label is a line of one or two words before the words: *MYTH*.
- A verdict is a few words behind the quotation: a sentence that only judges (*That is not so.*), or words in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from generator.evidence.gate.tokens import DENSE_LETTER, SENTENCE_END, Tokens, ends_sentence, tokenize
from generator.evidence.gate.vocabulary import Vocabulary

REACH = 80
"""Most tokens between a lead-in and the words, and most tokens of a lead-in."""
LIST = 4_000
"""Most characters of a list before one of its items."""
_BRIEF = 5
"""Most words of a verdict."""
_BRIEF_DENSE = 8
"""The same in characters, in scripts where each character is a token."""
_LABEL = 2
"""Most words of a label."""
_COLON = regex.compile(r"[:\uff1a]")
_OPENS = regex.compile(r"[(\[\uff08\u3010]")
_SETS_OFF = regex.compile(r"[,:\p{Pd}\u060c\u3001\uff0c\uff1a]")
_MARK = regex.compile(r"['\"*\u2020\u2021]")
_WORD = regex.compile(r"[\w\p{N}]")
_ITEM = regex.compile(
    r"\s*+(?:[-\u2010-\u2015*\u2022\u2023\u25cf\u25e6\u25aa\xb7\u30fb]"
    r"|[(\uff08]?(?:\p{N}{1,3}|\p{L}|[ivxIVX]{1,5}|\p{Han}{1,3})[.)\uff09\u3001])"
)
"""The mark of a list item: a bullet, a number or a letter."""
_LEADS = regex.compile(r"[:\uff1a][\p{Pe}\p{Pf}\p{Pi}'\"*]*+\s*+\Z")


def remark(reading: Tokens, start: int, end: int, words: Vocabulary) -> str:
    """Return a negation or a reversal (`false`) of a remark around `exact[start:end]` that takes these words back; "" for none."""
    before = (_lead_in(reading.exact, start), _lead_of_list(reading, start), _label(reading, start))
    for lead in before:
        denial = _denial(lead, words)
        if denial:
            return denial
    return _verdict(reading.exact, end, words)


def _denial(tokens: Sequence[str], words: Vocabulary) -> str:
    folded = [token.casefold() for token in tokens]
    return next(iter((*words.negated(folded), *words.reversals.among(folded))), "")


# ---------------------------------------------------------------- before the words


def _lead_in(exact: Sequence[str], start: int) -> Sequence[str]:
    """Return what the sentence of the words says before its last colon."""
    colon = next(
        (at for at in range(start - 1, max(start - REACH, -1), -1) if _COLON.fullmatch(exact[at]) or _ends(exact[at])), -1
    )
    return _last_sentence(exact, colon) if colon >= 0 and _COLON.fullmatch(exact[colon]) else ()


def _last_sentence(exact: Sequence[str], end: int) -> Sequence[str]:
    start = end
    while start > max(0, end - REACH) and not (_ends(exact[start - 1]) or _COLON.fullmatch(exact[start - 1])):
        start -= 1
    return exact[start:end]


def _ends(token: str) -> bool:
    return ends_sentence((token,))


def _lead_of_list(reading: Tokens, start: int) -> Sequence[str]:
    """Return the sentence before the colon that opens the list to which the line of the words belongs."""
    line = reading.text.rfind("\n", 0, reading.starts[start]) + 1
    if not _ITEM.match(reading.text, line, reading.starts[start]):
        return ()
    for row in _rows_before(reading.text, line):
        if _LEADS.search(row):
            exact = tokenize(row).exact
            return _last_sentence(exact, max(at for at, token in enumerate(exact) if _COLON.fullmatch(token)))
        if not _ITEM.match(row):
            return ()
    return ()


def _rows_before(text: str, line: int) -> Iterator[str]:
    """Yield the lines before an offset that are not blank, the nearest first."""
    rows = text[max(0, line - LIST) : line].split("\n")
    return (row for row in reversed(rows) if row.strip())


def _label(reading: Tokens, start: int) -> Sequence[str]:
    """Return the words of a line of its own before the line that begins with the words; () if it ends with a punctuation mark."""
    line = reading.text.rfind("\n", 0, reading.starts[start]) + 1
    if _WORD.search(reading.text, line, reading.starts[start]):
        return ()
    exact = tokenize(next(_rows_before(reading.text, line), "")).exact
    return exact if exact and len(exact) <= _LABEL and _WORD.match(exact[-1]) else ()


# ---------------------------------------------------------------- behind the words


def _verdict(exact: Sequence[str], end: int, words: Vocabulary) -> str:
    at = end
    closed = _ends(exact[end - 1])
    while at < min(end + 3, len(exact)) and (_MARK.fullmatch(exact[at]) or (not closed and _ends(exact[at]))):
        closed = closed or _ends(exact[at])
        at += 1
    if at < len(exact) and _OPENS.fullmatch(exact[at]):
        return _denial(_remark_at(exact, at + 1), words)
    if not closed and not (at < len(exact) and _SETS_OFF.fullmatch(exact[at])):
        return ""
    said = _remark_at(exact, at if closed else at + 1)
    return _denial(said, words) if all(_judges(token, words) for token in said) else ""


def _remark_at(exact: Sequence[str], at: int) -> Sequence[str]:
    """Return the words up to the end of a sentence or a bracket, if they are few."""
    stop = at
    while stop < min(at + _BRIEF_DENSE + 1, len(exact)) and _WORD.match(exact[stop]):
        stop += 1
    closes = stop == len(exact) or SENTENCE_END.fullmatch(exact[stop]) or regex.fullmatch(r"\p{Pe}", exact[stop])
    most = _BRIEF_DENSE if at < stop and DENSE_LETTER.match(exact[at]) else _BRIEF
    return exact[at:stop] if closes and stop - at <= most else ()


def _judges(token: str, words: Vocabulary) -> bool:
    """Whether a word can be part of a sentence that only judges another."""
    folded = token.casefold()
    small = words.particles is None or folded in words.particles or folded in words.stand_ins or folded in words.truths
    return bool(small or DENSE_LETTER.match(token) or _denial((token,), words))
