"""Finds the passage nearest to words that a source does not contain, and marks the differences.

It is only shown to the author. Similarity decides nothing: the gate has already rejected the quotation. `MOST_TOKENS` bounds
the time for all texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

import regex

from generator.evidence.gate.quotation import Fragment
from generator.evidence.gate.token_search import Transcript
from generator.evidence.gate.tokens import DENSE_LETTER, SEPARATOR, Tokens, key_line, same, tokenize
from generator.evidence.gate.vocabulary import Vocabulary, vocabulary

MOST_TOKENS = 300
"""Tokens of a quotation that are compared; of a longer one, the first."""
COMMON = 60
"""Most occurrences of a word in a source; a more frequent word says little about where a quotation comes from."""
LIKE = 0.4
"""Least share of common words that makes a passage worth showing."""
CONTEXT = 4
"""Tokens shown on either side."""

MOST_IN_UNIT = 8
"""Tokens of a unit in such a script before the one that is asked about."""

_NUMBER = regex.compile(r"\p{N}|[+~<>\u2264\u2265\u2248\u2212\p{Sc}%\u2030\u066a\xb0\u2032-\u2034\xb1]")
_WORD = regex.compile(r"[\w\p{N}]")

KINDS = {
    "negation": "a word that negates or limits differs",
    "number": "a number, unit or amount differs",
    "case": "only capital letters differ",
    "punctuation": "only punctuation differs",
    "ends": "only the ends differ",
    "order": "the words are in another order",
    "left out": "words are left out",
    "added": "words are added",
    "changed": "words are changed",
}
"""Kinds of difference, most serious first, with the words for messages."""

Operation = tuple[str, int, int, int, int]
"""As `difflib` returns them: the operation, from and to in the source's tokens, from and to in the quotation's."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage of a source that is similar to a quotation."""

    kind: str
    """A key of `KINDS`."""
    marked: str
    """The passage with `[-what the quotation lacks-]` and `{+what only the quotation has+}`."""
    paragraph: int
    """Paragraph number, from 1, as in `paragraphs.Layout`."""
    likeness: float


@dataclass(frozen=True, slots=True)
class _TokenWindow:
    """Consecutive tokens of a text."""

    tokens: Tokens
    start: int
    end: int

    @property
    def exact(self) -> tuple[str, ...]:
        return self.tokens.exact[self.start : self.end]

    def text(self, start: int, end: int) -> str:
        """Return the text of tokens, counted from the window's first."""
        if start >= end:
            return ""
        first, last = self.tokens.starts[self.start + start], self.tokens.end(self.start + end - 1)
        return " ".join(self.tokens.text[first:last].split())


def nearest(wanted: Fragment | str, transcript: Transcript, language: str = "") -> Nearest | None:
    """Return the passage of a source that is most like a fragment; None if none is similar."""
    tokens = tokenize(wanted if isinstance(wanted, str) else wanted.source)
    ours = _TokenWindow(tokens, 0, min(MOST_TOKENS, len(tokens.exact)))
    source = transcript.readings[-1]
    at = _best_window(ours.exact, source)
    if at is None:
        return None
    length = len(ours.exact)
    low, high = max(0, at - length // 4 - 8), min(len(source.exact), at + length + length // 4 + 8)
    theirs = _TokenWindow(source, low, high)
    operations = _trimmed(list(_compared(theirs.exact, ours.exact)))
    same_length = sum(b - a for kind, a, b, _, _ in operations if kind == "equal")
    likeness = 2 * same_length / max(1, sum(b - a + d - c for _, a, b, c, d in operations))
    if likeness < LIKE:
        return None
    paragraph = transcript.layout.paragraph(source.starts[min(low + operations[0][1], len(source.exact) - 1)])
    kind = _kind(operations, theirs.exact, ours.exact, vocabulary(language))
    return Nearest(kind, _marked(operations, theirs, ours), paragraph, likeness)


def _compared(theirs: Sequence[str], ours: Sequence[str]) -> Iterator[Operation]:
    """Align by keys, so that a capital or a hyphen is one small difference; then compare exactly."""
    matcher = SequenceMatcher(None, [*map(_loose, theirs)], [*map(_loose, ours)], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield kind, a, b, c, d
            continue
        for equal, group in groupby(range(b - a), lambda i: same(ours[c + i], theirs[a + i])):  # noqa: B023  (used at once)
            run = [*group]
            first, last = run[0], run[-1] + 1
            yield "equal" if equal else "replace", a + first, a + last, c + first, c + last


def _loose(token: str) -> str:
    return key_line((token,))


def _best_window(ours: Sequence[str], source: Tokens) -> int | None:
    """Return where in the source the quotation would begin: each rare common word votes for a place."""
    votes: Counter[int] = Counter()
    for i, token in enumerate(ours):
        indices = source.where.get(_loose(token), [])
        if len(indices) <= COMMON:
            votes.update(position - i for position in indices for _ in range(COMMON // len(indices)))
    if not votes:
        return None
    return max(sorted(votes), key=lambda at: sum(votes[at + off] for off in range(-4, 5)))


def _trimmed(operations: Sequence[Operation]) -> list[Operation]:
    """Leave out the source's words before and after, except for as many as the quotation itself has there."""
    trimmed = list(operations)
    if trimmed and trimmed[0][0] != "equal":
        kind, a, b, c, d = trimmed[0]
        trimmed[0] = (kind, max(a, b - (d - c)), b, c, d)
    if trimmed and trimmed[-1][0] != "equal":
        kind, a, b, c, d = trimmed[-1]
        trimmed[-1] = (kind, a, min(b, a + (d - c)), c, d)
    return [operation for operation in trimmed if operation[1] != operation[2] or operation[3] != operation[4]]


# ---------------------------------------------------------------- what kind of difference


def _kind(operations: list[Operation], theirs: Sequence[str], ours: Sequence[str], words: Vocabulary) -> str:
    """Return the kind of difference between a quotation and the nearest passage, the gravest that applies."""
    changes = [operation for operation in operations if operation[0] != "equal"]
    lacking = [i for _, a, b, _, _ in changes for i in range(a, b)]
    added = [i for _, _, _, c, d in changes for i in range(c, d)]
    if not changes:
        return _cut(operations, theirs, words)
    passage = range(
        operations[0][1], operations[-1][2]
    )  # a character of a negation may be in both, without spaces between words
    for their_part, our_part in ((lacking, added), (passage, range(len(ours)))):
        if _negations(their_part, theirs, words) != _negations(our_part, ours, words):
            return "negation"
    if _amounts(lacking, theirs, words) != _amounts(added, ours, words):
        return "number"
    if all(_same_letters(theirs[a:b], ours[c:d]) for _, a, b, c, d in changes):
        exact = "".join(theirs[i] for i in lacking), "".join(ours[i] for i in added)
        return "case" if _bare(exact[0]) != _bare(exact[1]) else "punctuation"
    if all(operation in (operations[0], operations[-1]) for operation in changes):
        return "ends"
    missing, extra = [_words(side[i] for i in which) for side, which in ((theirs, lacking), (ours, added))]
    if missing == extra:
        return "order"
    return "left out" if not extra else "added" if not missing else "changed"


def _cut(operations: list[Operation], theirs: Sequence[str], words: Vocabulary) -> str:
    """Return what a quotation cuts off although its words equal the source's: part of a number, or of a word."""
    start, end = operations[0][1], operations[-1][2]
    beside = (*theirs[max(0, start - 2) : start + 1], *theirs[end - 1 : end + 2])
    return (
        "number"
        if any(_NUMBER.search(token) or words.scale(token) or words.number(token) for token in beside)
        else "ends"
    )


def _negations(which: Sequence[int], tokens: Sequence[str], words: Vocabulary) -> list[str]:
    return sorted(words.negated([tokens[i] for i in which]))


def _amounts(which: Sequence[int], tokens: Sequence[str], words: Vocabulary) -> list[str]:
    """Return the tokens that give a number its value: numbers, signs, scale words, and units after numbers."""
    return sorted(tokens[i] for i in which if _counts(tokens, i, words))


def _counts(tokens: Sequence[str], i: int, words: Vocabulary) -> bool:
    token = tokens[i]
    if _NUMBER.search(token) or words.number(token) or words.scale(token):
        return True
    if DENSE_LETTER.match(token):
        return _in_dense_unit(tokens, i, words)
    before = tokens[i - 1] if i else ""
    if before == "\xb0":
        return True
    return words.unit(token) and bool(_NUMBER.search(before) or words.number(before) or words.scale(before))


def _in_dense_unit(tokens: Sequence[str], i: int, words: Vocabulary) -> bool:
    """Whether a character belongs to a unit or scale word after a number, in a script without spaces."""
    for start in range(max(1, i - MOST_IN_UNIT), i + 1):
        line = "".join(tokens[start : start + 2 * MOST_IN_UNIT])
        reach = "".join(tokens[start : i + 1])
        if _NUMBER.search(tokens[start - 1]) and any(
            line.startswith(unit) and len(unit) >= len(reach) for unit in words.dense_units
        ):
            return True
    return False


def _same_letters(theirs: Sequence[str], ours: Sequence[str]) -> bool:
    return _letters(theirs) == _letters(ours) or _turkish("".join(theirs)) == _turkish("".join(ours))


def _turkish(text: str) -> str:
    """Return a text in small letters as in Turkish, where I is the capital of \u0131."""
    return text.replace("I", "\u0131").replace("\u0130", "i").lower()


def _letters(tokens: Sequence[str]) -> str:
    """Return words without case, hyphens and the spaces between them."""
    return "".join(_words(tokens, ordered=True))


def _words(tokens: Iterable[str], *, ordered: bool = False) -> list[str]:
    words = [_loose(token).strip(SEPARATOR) for token in tokens if _WORD.search(token)]
    return words if ordered else sorted(words)


def _bare(text: str) -> str:
    return str(regex.sub(r"\W+", "", text))


def _marked(operations: list[Operation], theirs: _TokenWindow, ours: _TokenWindow) -> str:
    """Return the passage with what is missing in the quotation as [-...-], and what it adds as {+...+}."""
    start, end = operations[0][1], operations[-1][2]
    after = min(end + CONTEXT, len(theirs.exact))
    parts = [("equal", max(0, start - CONTEXT), start, 0, 0), *operations, ("equal", end, after, 0, 0)]
    shown = "\u2026 "
    for kind, a, b, c, d in parts:
        lacking, added = theirs.text(a, b), ours.text(c, d)
        if kind != "equal":
            added = f"{{+{added}+}}" if added else ""
            lacking = f"[-{lacking}-]" if lacking else ""
        glued = theirs.tokens.glued(theirs.start + a) and b > a
        shown += ("" if glued or shown[-1] == " " or not lacking + added else " ") + lacking
        shown += added if kind != "equal" else ""
    return shown.rstrip() + " \u2026"
