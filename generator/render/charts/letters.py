"""Width of words in the charts' typeface, and division of words into lines.

Widths of the basic letters are those of IBM Plex Sans Condensed. Others have high estimates, because a chart must be the same
with any font.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, east_asian_width

import regex

from generator.render.charts.plotted import SIZE

_BOLD = 1.045
_OTHER, _FULL = 0.57, 1.0
_WIDTHS = {
    " ": 212, "!": 258, '"': 382, "#": 637, "$": 538, "%": 837, "&": 626, "'": 220, "(": 302, ")": 302, "*": 414, ",": 248, "-": 360,
    ".": 248, "/": 349, ":": 258, ";": 258, "?": 431, "@": 803, "A": 579, "B": 589, "C": 561, "D": 607, "E": 526, "F": 505, "G": 627,
    "H": 637, "I": 362, "J": 462, "K": 574, "L": 453, "M": 730, "N": 637, "O": 638, "P": 548, "Q": 638, "R": 578, "S": 525, "T": 516,
    "U": 611, "V": 549, "W": 808, "X": 555, "Y": 534, "Z": 524, "[": 286, "]": 286, "a": 483, "b": 524, "c": 454, "d": 524, "e": 495,
    "f": 294, "g": 477, "h": 513, "i": 228, "j": 228, "k": 477, "l": 247, "m": 787, "n": 513, "o": 504, "p": 524, "q": 524, "r": 332,
    "s": 439, "t": 318, "u": 513, "v": 445, "w": 698, "x": 459, "y": 451, "z": 421, "’": 248, "‘": 248, "“": 440, "”": 440,
    "…": 790, "—": 860, "\N{NO-BREAK SPACE}": 212,
}  # fmt: skip
"""Widths in thousandths of the font size."""


def width_of(words: str, *, bold: bool = False, size: float = SIZE) -> float:
    """Width in units."""
    return sum(map(_advance, words)) * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    if letter in _WIDTHS:
        return _WIDTHS[letter] / 1000
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    return _FULL if east_asian_width(letter) in "WF" else _OTHER


def lines_of(words: str, room: float, *, bold: bool = False) -> list[str]:
    """Return the words in lines of at most `room` units; a longer word is divided."""
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, bold=bold) <= room:
            lines[-1] = joined
        else:
            lines += _pieces(word, room, bold=bold)
    return lines or [""]


def _pieces(word: str, room: float, *, bold: bool) -> list[str]:
    """Divide a word that is too long into parts that fit; grapheme clusters are not divided."""
    pieces = [""]
    for cluster in regex.findall(r"\X", word):
        if pieces[-1] and width_of(pieces[-1] + cluster, bold=bold) > room:
            pieces.append("")
        pieces[-1] += cluster
    return pieces
