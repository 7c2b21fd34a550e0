"""Inserts words into a YAML scalar in its own style, without other changes."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Text
from generator.syntax.spans import spans


def inserted(text: Text, insertions: Iterable[tuple[int, str]]) -> str | None:
    """Return the raw slice of a text with words inserted at offsets of its value; None if an offset has no place in the slice.

    Nothing may be inserted before a space. Whether the result is still the scalar that is meant must be read to be known:
    `: ` ends a plain scalar.
    """
    offsets, raw = spans(text).offsets, text.raw
    if offsets is None:
        return None
    for offset, words in sorted(insertions, reverse=True):
        at = offsets[offset]
        raw = raw[:at] + _escaped(words, raw) + raw[at:]
    return raw


def _escaped(words: str, raw: str) -> str:
    if raw.startswith('"'):
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words.replace("'", "''") if raw.startswith("'") else words
