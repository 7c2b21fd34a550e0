"""Finds a remark around a quotation that takes it back: *myth: | wind is cheap* and *| wind is cheap (false)*.

- A lead-in is what its sentence says before a colon. The lead-in of a list counts for each item: *None of this is true: ... (b) | ...*.
- A label is a line of one or two words before the words: *MYTH*.
- A comment is a few words behind the quotation: a sentence that only judges (*That is not so.*), or words in brackets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from generator.evidence.gate.borders import SHORT_WORD
from generator.evidence.gate.conditions import QUESTION
from generator.evidence.gate.main_clause import without_affirming
from generator.evidence.gate.tokens import DENSE_LETTER, Tokens, ends_sentence, tokenize
from generator.evidence.gate.vocabulary import Vocabulary

REACH = 80
"""Most tokens between a lead-in and the words, and most tokens of a lead-in."""
LIST = 4_000
"""Most characters of a list before one of its items."""
_BRIEF = 5
"""Most words of a comment."""
_BRIEF_DENSE = 6
"""The same in characters, in scripts where each character is a token."""
_NEAR = 4
"""Last words of a lead-in among which a reversal counts; a negation counts among all."""
_ASIDE = 2
"""Most words of a comment behind a comma."""
_LEAD_WIDTH = 600
"""Most characters of the lead-in of a list."""
_LABEL = 2
"""Most words of a label."""
_LABEL_WIDTH = 60
"""Most characters of a line that may be a label."""
_COLON = regex.compile(r"[:\uff1a]")
_OPENS = regex.compile(r"[(\[\uff08\u3010]")
_CLOSES = regex.compile(r"\p{Pe}")
_COMMA = regex.compile(r"[,\u060c\u3001\uff0c]")
_DASH = regex.compile(r"\p{Pd}")
_SETS_OFF = regex.compile(r"[,:\p{Pd}\u060c\u3001\uff0c\uff1a]")
_MARK = regex.compile(r"['\"*\u2020\u2021]")
_NUMBER = regex.compile(r"\p{N}")
_WORD = regex.compile(r"[\w\p{N}]")
_ITEM = regex.compile(
    r"\s*+(?:[-\u2010-\u2015*\u2022\u2023\u25cf\u25e6\u25aa\xb7\u30fb]"
    r"|[(\uff08]?(?:\p{N}{1,3}|\p{L}|[ivxIVX]{1,5}|\p{Han}{1,3})[.)\uff09\u3001])"
)
"""The mark of a list item: a bullet, a number or a letter."""
_LEADS = regex.compile(r"[:\uff1a][\p{Pe}\p{Pf}\p{Pi}'\"*]*+\s*+\Z")


def remark(reading: Tokens, start: int, end: int, words: Vocabulary) -> str:
    """Return a negation or a reversal (`false`) of a remark around `exact[start:end]` that takes these words back; "" for none."""
    return (
        _denial_before_colon(reading.exact, start, words)
        or _denial(_lead_of_list(reading, start, words), words)
        or _denial(_label(reading, start, words), words)
        or _comment(reading.exact, end, words)
    )


def _denial(tokens: Sequence[str], words: Vocabulary) -> str:
    folded = [token.casefold() for token in tokens]
    return next(iter((*words.negated(folded), *words.reversals.among(folded))), "")


# ---------------------------------------------------------------- before the words


def _denial_before_colon(exact: Sequence[str], start: int, words: Vocabulary) -> str:
    """Return the denial of what the sentence of the words says before its last colon.

    A reversal counts only near the colon, and before words in marks of their own a negation too: *he was not asked: "| ..."*.
    A small word such as *may* belongs to its own clause: *it may rain: | ...*.
    """
    reach = range(start - 1, max(start - REACH, -1), -1)
    colon = next((at for at in reach if _COLON.fullmatch(exact[at]) or _ends(exact[at])), -1)
    if colon < 0 or not _COLON.fullmatch(exact[colon]):
        return ""
    lead = without_affirming(_last_sentence(exact, colon), words)
    near = lead[-_NEAR:]
    is_speech = _MARK.fullmatch(exact[colon + 1]) is not None
    denials = words.negated(token.casefold() for token in (near if is_speech else lead))
    content = (token.casefold() for token in near if token.casefold() not in (words.particles or ()))
    return next(iter((*denials, *words.reversals.among(content))), "")


def _last_sentence(exact: Sequence[str], end: int) -> Sequence[str]:
    start = end
    while start > max(0, end - REACH) and not (_ends(exact[start - 1]) or _COLON.fullmatch(exact[start - 1])):
        start -= 1
    return exact[start:end]


def _ends(token: str) -> bool:
    return ends_sentence((token,))


def _lead_of_list(reading: Tokens, start: int, words: Vocabulary) -> Sequence[str]:
    """Return the sentence before the colon that opens the list to which the line of the words belongs."""
    line = reading.text.rfind("\n", 0, reading.starts[start]) + 1
    if not _ITEM.match(reading.text, line, reading.starts[start]):
        return ()
    for row in _rows_before(reading.text, line):
        if _LEADS.search(row):
            exact = tokenize(row[-_LEAD_WIDTH:]).exact
            colon = max((at for at, token in enumerate(exact) if _COLON.fullmatch(token)), default=0)
            return without_affirming(_last_sentence(exact, colon), words)
        if not (_ITEM.match(row) or row[0].isspace()):
            return ()
    return ()


def _rows_before(text: str, line: int) -> Iterator[str]:
    """Yield the lines before an offset that are not blank, the nearest first."""
    rows = text[max(0, line - LIST) : line].split("\n")
    return (row for row in reversed(rows) if row.strip())


def _label(reading: Tokens, start: int, words: Vocabulary) -> Sequence[str]:
    """Return the words of a line before the line that begins with the words, if they only judge: *MYTH*, *Myth 3*."""
    line = reading.text.rfind("\n", 0, reading.starts[start]) + 1
    if _WORD.search(reading.text, line, reading.starts[start]):
        return ()
    row = next(_rows_before(reading.text, line), "")
    exact = tokenize(row).exact if len(row) <= _LABEL_WIDTH else ()
    is_label = len(exact) <= _LABEL and all(_WORD.match(token) and _judges(token, words) for token in exact)
    return exact if is_label else ()


# ---------------------------------------------------------------- behind the words


def _comment(exact: Sequence[str], end: int, words: Vocabulary) -> str:
    """Return the denial of a comment that follows the words, in brackets or after a punctuation mark."""
    at, last = end, exact[end - 1]
    closed = _ends(last)
    while at < min(end + 3, len(exact)) and (_MARK.fullmatch(exact[at]) or (not closed and _ends(exact[at]))):
        last, closed = exact[at], closed or _ends(exact[at])
        at += 1
    mark = exact[at] if at < len(exact) else ""
    if _OPENS.fullmatch(mark):
        said = _few_words(exact, at + 1)
        return "" if any(map(_NUMBER.search, said)) else _denial(said, words)
    if QUESTION.fullmatch(last) or not (closed or _SETS_OFF.fullmatch(mark)):
        return ""
    while not closed and at + 1 < len(exact) and _DASH.fullmatch(exact[at + 1]):
        at += 1
    said = _few_words(exact, at if closed else at + 1)
    if not closed and _COMMA.fullmatch(mark) and len(said) > _ASIDE:
        return ""
    if said and DENSE_LETTER.match(said[0]):
        return next(iter(words.reversals.among(said)), "")
    if closed and len(said) > 1 and not any(_is_judgement(token, words) for token in said):
        return ""  # `It improves. They do not.`
    return _denial(said, words) if all(_judges(token, words) for token in said) else ""


def _is_judgement(token: str, words: Vocabulary) -> bool:
    folded = token.casefold()
    return folded in words.truths or words.reversals.match(folded)


def _few_words(exact: Sequence[str], at: int) -> Sequence[str]:
    """Return the words up to the end of a sentence or a bracket; () if they are more than a comment has."""
    stop = at
    while stop < min(at + _BRIEF_DENSE + 1, len(exact)) and _WORD.match(exact[stop]):
        stop += 1
    in_brackets = at > 0 and _OPENS.fullmatch(exact[at - 1]) is not None
    last = exact[stop] if stop < len(exact) else "."
    closes = _CLOSES.fullmatch(last) if in_brackets else _ends(last)
    most = _BRIEF_DENSE if at < stop and DENSE_LETTER.match(exact[at]) else _BRIEF
    return exact[at:stop] if closes and stop - at <= most else ()


def _judges(token: str, words: Vocabulary) -> bool:
    """Whether a word can be part of a sentence that only judges another: a small word, one such as *true*, or a denial."""
    return _denial((token,), words) != "" or all(_is_small(part, words) for part in token.casefold().split("'"))


def _is_small(word: str, words: Vocabulary) -> bool:
    """Whether a word, or a part of one such as *c'est*, has no meaning of its own or is one such as *true*."""
    if len(word) == 1 or word.isdecimal() or word in words.stand_ins or word in words.truths:
        return True
    return len(word) <= SHORT_WORD if words.particles is None else word in words.particles
