"""Finds conditions and exceptions next to a quotation that it leaves out.

For example: *it pays for itself | if people save water*.

Only its own sentence counts: a condition that follows the quotation directly, after a comma or dash at most, and one that begins a
clause of the sentence before it. A colon or semicolon ends a sentence too: *it depends | : if prices rise, ...*.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from generator.evidence.gate.tokens import DENSE_LETTER, ends_sentence
from generator.evidence.gate.vocabulary import Vocabulary
from generator.languages import Reporting, together

_REACH = 40
"""Tokens before a quotation that are searched, at most to the beginning of its sentence."""
_PAUSE = regex.compile(r"[\p{P}--['\-]]", regex.V1)
_JOINT = regex.compile(r"[,\p{Pd}(\u060c\u3001\uff0c\uff08]")
_COMMA = regex.compile(r"[,\u060c\u3001\uff0c]")
QUESTION = regex.compile(r"[?\u037e\u055e\u061f\u1367\u2047-\u2049\u2cfa\u2e2e\ua60f\uff1f]")
_GREEK = regex.compile(r"\p{Greek}")
_DIVIDES = regex.compile(r"[:;\u061b\uff1a\uff1b]")


def left_out_condition(exact: Sequence[str], start: int, end: int, words: Vocabulary) -> str:
    """Return what `exact[start:end]` leaves out: the words that begin its condition, or the mark of its question; "" for nothing."""
    return _question(exact, end) or _behind(exact, end, words) or _before(exact, start, words)


def _question(exact: Sequence[str], end: int) -> str:
    """Return the question mark behind a quotation that ends its sentence; after a Greek word, a semicolon is one."""
    if _closes(exact[end - 1]):
        return ""
    stop = next((at for at in range(end, min(end + _REACH, len(exact))) if _closes(exact[at])), None)
    if stop is None:
        return ""
    asks = QUESTION.fullmatch(exact[stop]) or (exact[stop] == ";" and _GREEK.match(exact[stop - 1]))
    return exact[stop] if asks else ""


def _closes(token: str) -> bool:
    return ends_sentence((token,)) or _DIVIDES.fullmatch(token) is not None


def _behind(exact: Sequence[str], end: int, words: Vocabulary) -> str:
    at = end
    while at < min(end + 2, len(exact)) and _JOINT.fullmatch(exact[at]):
        at += 1
    closed = ends_sentence((exact[end - 1],))
    return "" if closed else _condition_at(exact, at, words)


def _before(exact: Sequence[str], start: int, words: Vocabulary) -> str:
    """Return the nearest condition that begins a clause before the quotation, after a pause or *that*."""
    that = together(Reporting).complementizers
    for at in range(start - 1, max(start - _REACH, 0) - 1, -1):
        if _closes(exact[at]):
            break
        begins = at == 0 or _PAUSE.fullmatch(exact[at - 1]) or exact[at - 1].casefold() in that
        condition = _condition_at(exact, at, words) if begins else ""
        if not condition and _is_inversion(exact, at, start, words):
            condition = exact[at]
        if condition:
            return condition
    return ""


def _is_inversion(exact: Sequence[str], at: int, start: int, words: Vocabulary) -> bool:
    """Whether a verb begins a sentence there, and a comma before the quotation ends its clause: *Were it lower, | it would ...*."""
    if exact[at].casefold() not in words.inversions or not (at == 0 or ends_sentence((exact[at - 1],))):
        return False
    return any(_COMMA.fullmatch(token) for token in exact[at + 1 : start])


def _condition_at(exact: Sequence[str], at: int, words: Vocabulary) -> str:
    if at >= len(exact):
        return ""
    phrases = words.conditions.get(exact[at].casefold(), ())
    here = [phrase for phrase in phrases if tuple(one.casefold() for one in exact[at : at + len(phrase)]) == phrase]
    longest = max(here, key=len) if here else ()
    return ("" if DENSE_LETTER.match(exact[at]) else " ").join(longest)
