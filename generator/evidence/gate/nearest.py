"""What a source says instead: the passage nearest to words that it does not hold, with the differences marked.

For the author's eyes only. Likeness decides nothing: the gate has already refused the quotation, and this module is
never asked about one that stands. Its time is bounded by `MOST_TOKENS` whatever the texts are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from generator.evidence.folding import INVISIBLE, plain
from generator.evidence.function_words import negations
from generator.evidence.gate.search import Transcript

MOST_TOKENS = 300
"""Of a quotation, longer ones are compared by their beginning."""
COMMON = 60
"""A word that stands more often in a source says little about where a quotation comes from."""
LIKE = 0.4
"""The least share of words in common that makes a passage worth showing."""
CONTEXT = 4
"""Words shown on either side."""

_TOKEN = re.compile(r"\w+(?:[-'\u2019\u2010\u2011.,:/]\w+)*|[^\w\s]")
_UNSEEN = re.compile(rf"[{INVISIBLE}]")

KINDS = {
    "negation": "a negation differs",
    "number": "a number differs",
    "case": "only capital letters differ",
    "punctuation": "only punctuation differs",
    "ends": "only the ends differ",
    "order": "the words stand in another order",
    "left out": "words are left out",
    "added": "words are added",
    "changed": "words are changed",
}
"""Kinds of difference, gravest first, and how a message says them."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A passage of a source beside a quotation."""

    kind: str
    """A key of `KINDS`."""
    marked: str
    """The passage with `[-what the quotation lacks-]` and `{+what only the quotation has+}`."""
    paragraph: int
    """Counted as `passages.Layout` counts them."""
    likeness: float


Operation = tuple[str, int, int, int, int]
"""As `difflib` gives them: what to do, from and to in the source's words, from and to in the quotation's."""


def nearest(words: str, transcript: Transcript) -> Nearest | None:
    """The passage of a source that is most like `words`; None if none is like them."""
    ours = _tokens(words)[:MOST_TOKENS]
    theirs, paragraphs = _source_tokens(transcript)
    at = _best_window(ours, theirs)
    if at is None:
        return None
    low, high = max(0, at - len(ours) // 4 - 8), min(len(theirs), at + len(ours) + len(ours) // 4 + 8)
    window = theirs[low:high]
    operations = _trimmed(list(_compared(window, ours)))
    same = sum(b - a for kind, a, b, _, _ in operations if kind == "equal")
    likeness = 2 * same / max(1, sum(b - a + d - c for _, a, b, c, d in operations))
    if likeness < LIKE:
        return None
    paragraph = paragraphs[min(low + operations[0][1], len(paragraphs) - 1)]
    return Nearest(_kind(operations, window, ours), _marked(operations, window, ours), paragraph, likeness)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(unicodedata.normalize("NFC", _UNSEEN.sub("", text)))


def _source_tokens(transcript: Transcript) -> tuple[list[str], list[int]]:
    tokens: list[str] = []
    paragraphs: list[int] = []
    for number, (start, end) in enumerate(transcript.layout.paragraphs, start=1):
        found = _tokens(transcript.text[start:end])
        tokens += found
        paragraphs += [number] * len(found)
    return tokens, paragraphs


def _loose(token: str) -> str:
    return re.sub(r"\W+", "", token).casefold() or plain(token)


def _compared(theirs: list[str], ours: list[str]) -> Iterator[Operation]:
    """Align by the letters alone, so that a capital or a hyphen is one small difference; then tell exactly what is equal."""
    matcher = SequenceMatcher(None, [*map(_loose, theirs)], [*map(_loose, ours)], autojunk=False)
    folded, ours = [*map(plain, theirs)], [*map(plain, ours)]
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield kind, a, b, c, d
            continue
        for same, group in groupby(range(b - a), lambda i: folded[a + i] == ours[c + i]):  # noqa: B023  (used at once)
            run = [*group]
            first, last = run[0], run[-1] + 1
            yield "equal" if same else "replace", a + first, a + last, c + first, c + last


def _best_window(ours: list[str], theirs: list[str]) -> int | None:
    """Where in the source the quotation's beginning would stand: each rare word that they share votes for a place."""
    where: defaultdict[str, list[int]] = defaultdict(list)
    for i, token in enumerate(theirs):
        where[_loose(token)].append(i)
    votes: Counter[int] = Counter()
    for i, token in enumerate(ours):
        found = where.get(_loose(token), [])
        if len(found) <= COMMON:
            votes.update(position - i for position in found for _ in range(COMMON // len(found)))
    if not votes:
        return None
    return max(sorted(votes), key=lambda at: sum(votes[at + off] for off in range(-4, 5)))


def _trimmed(operations: Sequence[Operation]) -> list[Operation]:
    """Without the source's words before and after: only as many as the quotation itself has there."""
    kept = list(operations)
    if kept and kept[0][0] != "equal":
        kind, a, b, c, d = kept[0]
        kept[0] = (kind, max(a, b - (d - c)), b, c, d)
    if kept and kept[-1][0] != "equal":
        kind, a, b, c, d = kept[-1]
        kept[-1] = (kind, a, min(b, a + (d - c)), c, d)
    return [operation for operation in kept if operation[1] != operation[2] or operation[3] != operation[4]]


def _kind(operations: list[Operation], theirs: list[str], ours: list[str]) -> str:
    changes = [operation for operation in operations if operation[0] != "equal"]
    lacking = [token for _, a, b, _, _ in changes for token in theirs[a:b]]
    added = [token for _, _, _, c, d in changes for token in ours[c:d]]
    if _negations(lacking) != _negations(added):
        return "negation"
    if _numbers(lacking) != _numbers(added):
        return "number"
    if all(_words(theirs[a:b]) == _words(ours[c:d]) for _, a, b, c, d in changes):
        return "case" if _letters(lacking) != _letters(added) else "punctuation"
    if all(operation in (operations[0], operations[-1]) for operation in changes):
        return "ends"
    missing, extra = _words(lacking), _words(added)
    if sorted(missing) == sorted(extra):
        return "order"
    return "left out" if not extra else "added" if not missing else "changed"


def _negations(tokens: list[str]) -> list[str]:
    return sorted(negations(plain(" ".join(tokens))))


def _words(tokens: list[str]) -> list[str]:
    return [*filter(str.isalnum, map(_loose, tokens))]


def _numbers(tokens: list[str]) -> list[str]:
    return sorted(number for token in tokens for number in re.findall(r"\d+(?:[.,]\d+)*", token))


def _letters(tokens: list[str]) -> str:
    return "".join(re.sub(r"\W+", "", token) for token in tokens)


def _marked(operations: list[Operation], theirs: list[str], ours: list[str]) -> str:
    pieces = []
    for kind, a, b, c, d in operations:
        lacking, added = _spaced(theirs[a:b]), _spaced(ours[c:d])
        if kind == "equal":
            pieces.append(lacking)
        else:
            pieces.append((f"[-{lacking}-]" if lacking else "") + (f"{{+{added}+}}" if added else ""))
    start, end = operations[0][1], operations[-1][2]
    before, after = theirs[max(0, start - CONTEXT) : start], theirs[end : end + CONTEXT]
    return _spaced(["\u2026", *before, *pieces, *after, "\u2026"])


def _spaced(tokens: list[str]) -> str:
    """Tokens as running words, with the space that punctuation has in English."""
    text = " ".join(tokens)
    return re.sub(r" (?=[.,;:!?)\]%\u201d\u2019])|(?<=[(\[$\u20ac\u00a3\u201c\u2018]) ", "", text)
