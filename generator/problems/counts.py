"""Writes a number with its noun for messages: `1 passage`, `2 passages`.

A module of its own, because most packages use it and nothing else here.
"""

from __future__ import annotations


def counted(number: int, noun: str, several: str = "") -> str:
    """Return the number with its noun; `several` is the plural if it does not end in `s`.

    The noun can be several words, of which the last is counted: `quoted passage`.
    """
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"
