"""The known name that an author most likely meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to `word`, whatever its case; None when nothing is close."""
    from difflib import get_close_matches  # here, because a run with nothing to do needs none of it

    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    close = get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Word a hint: the nearest known name, or `otherwise` with the known names if they are few."""
    names = sorted(known)
    near = nearest(word, names)
    if near is not None:
        return f"did you mean '{near}'?"
    if names and len(names) <= 12:
        return f"{otherwise}; known: {', '.join(names)}" if otherwise else f"known: {', '.join(names)}"
    return otherwise
