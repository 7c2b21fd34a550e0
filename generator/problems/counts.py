"""A number with its noun: `1 passage`, `2 passages`. The one way in which messages count."""

from __future__ import annotations


def counted(number: int, noun: str, several: str = "") -> str:
    """Return the number with its noun; `several` is the noun's plural where that is not made with an `s`.

    The noun may be several words, of which the last is counted: `quoted passage`.
    """
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"
