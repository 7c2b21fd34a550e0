"""Finds words that take a quotation back: *it is a myth that | wind lowers prices*.

If the quoted words depend on *that*, the main clause decides whether they are so, however long it is. A word such as *believe*, behind
which *that* may be left out, counts as *that*. Without either, a negation counts anywhere before the quotation in its clause, and other
words that take it back only next to the quotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from generator.evidence.gate.tokens import DENSE_LETTER, SENTENCE_END
from generator.evidence.gate.vocabulary import Vocabulary
from generator.languages import Reporting, together

REST = 40
"""Most tokens that are examined in each direction: to find *that*, the main clause before it, and the clause behind a quotation."""
_NEAR = 2
"""Words on each side of a quotation that are judged if there is no *that*."""
_NEAR_DENSE = 6
"""The same in characters, in scripts where each character is a token."""
_ASIDE = 4
"""Most words between two commas that interrupt a clause, and most words of a verb between a negation and a quotation."""
_WORD = regex.compile(r"[\w\p{N}]")
_MARK = regex.compile(r"['\"]")
_COMMA = regex.compile(r"[,\u060c\u3001\uff0c]")


def taken_back(
    exact: Sequence[str], start: int, end: int, words: Vocabulary, *, verb_last: bool, block: int = 0
) -> str:
    """Return a negation or a reversal (`doubt`) outside `exact[start:end]` that decides whether these words are so; "" for none.

    `exact` has the tokens of the text, `start` and `end` are indices. If *that* precedes the quotation, all words of the main clause
    before *that* count. If it begins a sentence or follows a noun, the words behind the quotation count too, to the end of their
    clause: *the claim that | ... | is false*. Otherwise two words before and two behind the quotation count, in its clause, and each
    negation before it in its clause. *That* itself does not count. With `verb_last`
    (`Language.verb_last`), all words behind the quotation count, to the end of their clause.
    `block` is the index where the block of the quotation begins, before which no clause of it does: a heading ends there.
    """
    that = _that(exact, start, words) if _WORD.match(exact[start]) else None
    if that is not None:
        main = _clause_before(exact, that, words)
        opener = exact[that : that + 1] if exact[that].casefold() in words.clause_openers else ()
        before = [*without_affirming([*main, *opener], words), *exact[that + 1 : start]]
    else:
        main = before = _before(exact, start, words) if _WORD.match(exact[start]) else []
    in_clause = that is None and block < start and _WORD.match(exact[start - 1])
    own = _clause_before(exact[block:start], start - block, words) if in_clause else []
    is_subject = that is not None and _is_subject(exact[that], main, words)
    rest = _behind(exact, end, is_subject=is_subject) if _WORD.match(exact[end - 1]) else []
    after = rest if verb_last or is_subject else _near(rest)
    governing = [
        *_lead(exact, start),
        "\x00",
        *before,
        "\x00",
        *(_governing(after, words, is_subject=is_subject) if verb_last or is_subject else ()),
    ]
    reversals = words.reversals.among(token.casefold() for token in governing if not is_month(token, words))
    return next(iter((*words.negated((*own, "\x00", *before, "\x00", *after)), *reversals)), "")


def without_affirming(main: Sequence[str], words: Vocabulary) -> Sequence[str]:
    """Return a main clause without the words at its end that affirm what follows: *there is | no doubt*."""
    for at, word in enumerate(main):
        for phrase in words.affirming.get(word.casefold(), ()):
            if tuple(one.casefold() for one in main[at:]) == phrase:
                return main[:at]
    return main


def is_month(token: str, words: Vocabulary) -> bool:
    """Whether a word is the name of a month, or of a person with such a name: May."""
    return token[:1].isupper() and token.casefold() in words.months


def _before(exact: Sequence[str], start: int, words: Vocabulary) -> list[str]:
    """Return the words next to a quotation before it, in its clause: *can no longer be | ...*, *cannot, of course, | ...*."""
    end = start
    if start and _COMMA.fullmatch(exact[start - 1]):
        opening = next(
            (at for at in range(start - 2, max(start - _ASIDE - 3, 0), -1) if _COMMA.fullmatch(exact[at])), start
        )
        end = opening if opening < start - 2 else start
    near: list[str] = []
    content = 0
    reach = _NEAR_DENSE if end and DENSE_LETTER.match(exact[end - 1]) else _ASIDE + 1
    for token in _clause(reversed(exact[max(0, end - reach) : end])):
        if len(near) >= (_NEAR_DENSE if DENSE_LETTER.match(token) else _NEAR) and content >= _NEAR:
            break
        near.append(token)
        content += token.casefold() not in (words.particles or ())
    return near[::-1]


def _lead(exact: Sequence[str], start: int) -> list[str]:
    """Return one or two words that begin a sentence, with a comma, before the quotation: *Perhaps, | ...*."""
    if not start or not _COMMA.fullmatch(exact[start - 1]):
        return []
    words = _clause(reversed(exact[max(0, start - 4) : start - 1]))[::-1]
    first = start - 1 - len(words)
    begins = first == 0 or SENTENCE_END.fullmatch(exact[first - 1]) is not None
    return words if begins and len(words) <= _NEAR else []


def _that(exact: Sequence[str], start: int, words: Vocabulary) -> int | None:
    """Return the index of the nearest *that* before a quotation in its clause; an opening mark may be between them.

    A word such as *believe* counts as *that* if it is one of the two words before the quotation, or if only a comma is between them:
    *few economists believe the | tariff ...*, *kaum jemand glaubt, | der Zoll ...*.
    """
    at = start - 1
    while at > 0 and (_MARK.fullmatch(exact[at]) and at == start - 1):
        at -= 1
    if at > 0 and _COMMA.fullmatch(exact[at]):
        near = (index for index in range(at - 1, max(at - 1 - _NEAR, -1), -1) if _WORD.match(exact[index]))
        return next((index for index in near if exact[index].casefold() in words.clause_openers), None)
    for index in range(at, max(at - REST, -1), -1):
        word = exact[index].casefold()
        if word in together(Reporting).complementizers or (at - index < _NEAR and word in words.clause_openers):
            return index
        if not _WORD.match(exact[index]):
            return None
    return None


def _clause_before(exact: Sequence[str], that: int, words: Vocabulary) -> list[str]:
    """Return the clause before *that*, from a conjunction on: *said* of *denied it and said that*. A comma may precede *that*."""
    end = that - 1 if that and _COMMA.fullmatch(exact[that - 1]) else that
    start = end
    conjunctions = words.conjunctions or ()
    while (
        start > max(0, end - REST) and _WORD.match(exact[start - 1]) and exact[start - 1].casefold() not in conjunctions
    ):
        start -= 1
    return list(exact[start:end])


def _is_subject(that: str, main: Sequence[str], words: Vocabulary) -> bool:
    """Whether *that* begins the subject of a clause; a word in its place is a noun if an article is before it: *the claim | ...*."""
    if that.casefold() not in words.clause_openers:
        return _is_noun(main)
    return bool(main) and main[-1].casefold() in together(Reporting).articles


def _is_noun(main: Sequence[str]) -> bool:
    """Whether the words before *that* are a noun, or nothing, so that *that* begins the subject of a clause."""
    reporting = together(Reporting)
    folded = [part for word in main for part in word.casefold().split("'")]
    return not folded or (folded[0] in reporting.articles and not any(word in reporting.verbs for word in folded))


def _behind(exact: Sequence[str], end: int, *, is_subject: bool) -> list[str]:
    """Return the words behind a quotation in its clause; a comma may be between a subject and its verb."""
    first = end + 1 if is_subject and end < len(exact) and _COMMA.fullmatch(exact[end]) else end
    return _clause(exact[first : first + REST])


def _governing(after: list[str], words: Vocabulary, *, is_subject: bool) -> list[str]:
    """Return the words behind a quotation among which a verb may govern it; a conjunction begins another clause."""
    if is_subject or (after and DENSE_LETTER.match(after[0])):
        return after
    return [] if after and after[0].casefold() in (words.conjunctions or ()) else _near(after)


def _clause(tokens: Iterable[str]) -> list[str]:
    """Return the first tokens up to a punctuation mark."""
    first: list[str] = []
    for token in tokens:
        if not _WORD.match(token):
            break
        first.append(token)
    return first


def _near(tokens: Iterable[str]) -> list[str]:
    """Return the first tokens up to a punctuation mark: two words, or four characters if characters are tokens."""
    first = _clause(tokens)
    return first[: _NEAR_DENSE if first and DENSE_LETTER.match(first[0]) else _NEAR]
