"""The known name that an author most likely meant.

Comparing words costs time, and a stranger's file may hold very many of them. So only words of a name's length are compared, with
a limited number of names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

LONGEST = 60
"""Characters of the longest word that is compared: longer ones are no misspelt names."""
MOST = 200
"""Names that a word is compared with at most."""
SHARE = 0.6
"""How much of both words has to agree: twice the characters in common, by the characters of both."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `word`, whatever its case; None when nothing is close.

    Where very many names are known, those that begin as the word does are looked at, and not all.
    """
    if len(word) > LONGEST:
        return None
    from difflib import get_close_matches  # here, because a run with nothing to do needs none of it

    folded = word.casefold()
    by_folded = {name.casefold(): name for name in sorted(known, reverse=True) if _of_a_length(word, name)}
    if folded in by_folded:
        return by_folded[folded]
    close = get_close_matches(folded, _likely(folded, list(by_folded)), n=1, cutoff=SHARE)
    return by_folded[close[0]] if close else None


def _of_a_length(word: str, name: str) -> bool:
    """Whether two words can share enough characters; with room for letters that fold to two."""
    shorter, longer = sorted((len(word), len(name)))
    return longer <= 2 * LONGEST and 2 * 2 * shorter >= SHARE * (shorter + longer)


def _likely(word: str, names: Sequence[str]) -> Sequence[str]:
    """At most `MOST` of the names: if there are more, those that begin and end most like the word."""
    if len(names) <= MOST:
        return names
    from heapq import nlargest

    backwards = word[::-1]
    return nlargest(MOST, names, key=lambda name: _in_common(word, name) + _in_common(backwards, name[::-1]))


def _in_common(one: str, other: str) -> int:
    """How many characters two words have in common before the first that differs."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(one), len(other)))


def _alike(word: str, near: str) -> str:
    """Name the first character that the word has and the known name has not, where it may look like one that it has."""
    import unicodedata

    for number, char in enumerate(word, 1):
        name = unicodedata.name(char, "a control character")
        if char not in near and not char.isascii() and not name.startswith("LATIN "):
            return f" Character {number} here is {name} (U+{ord(char):04X})"
    return ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Word a hint: the nearest known name, or `otherwise` with the known names if they are few."""
    names = sorted(known)
    near = nearest(word, names)
    if near is not None:
        return f"did you mean '{near}'?{_alike(word, near)}"
    if names and len(names) <= 12:
        return f"{otherwise}; known: {', '.join(names)}" if otherwise else f"known: {', '.join(names)}"
    return otherwise
