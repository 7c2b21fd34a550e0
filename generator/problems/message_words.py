"""Words of messages: numbers with their nouns, and the name that an author probably meant.

A module of its own, because most packages use it and nothing else here.

Comparing words takes time, and an untrusted file may contain very many. So only words of similar length are compared, with a limited
number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def counted(number: int, noun: str, several: str = "") -> str:
    """Return the number with its noun; `several` is the plural if it does not end in `s`.

    The noun can be several words, of which the last is counted: `quoted passage`.
    """
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


LONGEST = 60
"""Length of the longest word that is compared; longer ones are not misspelt names."""
MOST = 200
"""Most names that a word is compared with."""
SHARE = 0.6
"""Share of both words that must agree: twice the common characters, divided by the characters of both."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name closest to `word`, regardless of case; None if no name is close.

    If there are very many names, only those that begin like the word are compared.
    """
    if len(word) > LONGEST:
        return None
    from difflib import get_close_matches  # imported here, because a run with nothing to do does not need it

    folded = word.casefold()
    by_folded = {name.casefold(): name for name in sorted(names, reverse=True) if _of_a_length(word, name)}
    if folded in by_folded:
        return by_folded[folded]
    close = get_close_matches(folded, _likely(folded, list(by_folded)), n=3, cutoff=SHARE)
    return next((by_folded[name] for name in close if _is_near(folded, name)), None)


def _is_near(word: str, name: str) -> bool:
    """Whether one word begins with the other, or differs from it in at most a third of its characters."""
    if word.startswith(name) or name.startswith(word):
        return True
    return _changes(word, name) <= max(1, (max(len(word), len(name)) + 1) // 3)


def _changes(word: str, name: str) -> int:
    """Return how many characters are missing, extra, different or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(name) + 1))
    for row, one in enumerate(word, 1):
        current = [row]
        for column, other in enumerate(name, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (one != other))
            if row > 1 and column > 1 and one == name[column - 2] and word[row - 2] == other:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]


def _of_a_length(word: str, name: str) -> bool:
    """Whether two words can share enough characters, with room for letters that fold to two."""
    shorter, longer = sorted((len(word), len(name)))
    return longer <= 2 * LONGEST and 2 * 2 * shorter >= SHARE * (shorter + longer)


def _likely(word: str, names: Sequence[str]) -> Sequence[str]:
    """Return at most `MOST` names, those that begin and end most like the word."""
    if len(names) <= MOST:
        return names
    from heapq import nlargest

    backwards = word[::-1]
    return nlargest(MOST, names, key=lambda name: _in_common(word, name) + _in_common(backwards, name[::-1]))


def _in_common(one: str, other: str) -> int:
    """Return the number of equal characters before the first that differs."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _alike(word: str, near: str) -> str:
    """Name the first character of the word that the suggested name lacks and that may look like one of its characters."""
    import unicodedata

    for number, char in enumerate(word, 1):
        name = unicodedata.name(char, "a control character")
        if char not in near and not char.isascii() and not name.startswith("LATIN "):
            return f" Character {number} here is {name} (U+{ord(char):04X})"
    return ""


def did_you_mean(word: str, names: Iterable[str], otherwise: str = "") -> str:
    """Return a hint: the nearest name, or `otherwise` with all names if they are few."""
    names = sorted(names)
    near = nearest(word, names)
    if near is not None:
        return f"did you mean '{near}'?{_alike(word, near)}"
    if names and len(names) <= 12:
        return f"{otherwise}; known: {', '.join(names)}" if otherwise else f"known: {', '.join(names)}"
    return otherwise
