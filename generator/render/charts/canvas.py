"""Elements of SVG for paper and screen, and how wide words are.

Coordinates are logical: x runs from where reading begins. On a mirrored canvas that is the right edge.

Widths of the basic letters are those of IBM Plex Sans Condensed. Others have high estimates, because a chart must be the same
with any font.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from unicodedata import bidirectional, category, east_asian_width

import regex
from markupsafe import escape

from generator.render.charts.chart_data import (
    AXIS,
    DASHES,
    GRID,
    INK,
    LEADING,
    MARKERS,
    PAPER,
    SIZE,
    SOFT,
    ChartDrawing,
    pattern,
)

Point = tuple[float, float]
_ANCHORS = {"start": "end", "middle": "middle", "end": "start"}
_BREAKABLE = regex.compile(r"[^\S\u00a0\u202f]+")
"""Spaces at which a line may end."""
_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"


class Canvas:
    """Collects the drawn elements. `name` is the prefix of its ids, `colours` are those of the series."""

    def __init__(self, width: float, name: str, colours: Sequence[str], *, mirrored: bool = False) -> None:
        self.width = width
        self._name = name
        self._colours = colours
        self._mirrored = mirrored
        self._parts: list[str] = []
        self._patterns: dict[int, str] = {}

    def picture(self, height: float) -> ChartDrawing:
        defined = "".join(self._patterns[number] for number in sorted(self._patterns))
        definitions = f"<defs>{defined}</defs>" if defined else ""
        return ChartDrawing(_n(self.width), _n(height), definitions + "".join(self._parts))

    # ------------------------------------------------------------ lines and areas

    def grid(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self._line(x1, y1, x2, y2, f'class="grid" stroke="{GRID}" stroke-width=".6"')

    def axis(self, x1: float, y1: float, x2: float, y2: float, *, weight: float = 0.9) -> None:
        self._line(x1, y1, x2, y2, f'class="axis" stroke="{AXIS}" stroke-width="{_n(weight)}"')

    def _line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        self._parts.append(f'<path d="M{self._x(x1)} {_n(y1)}L{self._x(x2)} {_n(y2)}" fill="none" {look}/>')

    def area(self, x1: float, x2: float, y: float, height: float, number: int) -> None:
        """Draw a bar from x1 to x2 in the fill of a series."""
        left, right = (self.width - x2, self.width - x1) if self._mirrored else (x1, x2)
        left, right = sorted((left, right))
        colour = self._colours[number % len(self._colours)]
        name = f"{self._name}-p{number}"
        made = pattern(number, name, colour)
        if made:
            self._patterns[number] = made
        look = f'fill="url(#{name})"' if made else f'class="fill-{number}" fill="{colour}"'
        edge = f' stroke="{colour}" stroke-width=".8"' if made else ""
        edge = f' class="line-{number}"{edge}' if made else ""
        self._parts.append(
            f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(max(right - left, 0.3))}" height="{_n(height)}" {look}{edge}/>'
        )

    def run(self, points: Sequence[Point], number: int) -> None:
        """Draw a line through points in colour and dashes of a series."""
        drawn = "L".join(f"{self._x(x)} {_n(y)}" for x, y in points)
        dashes = f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""
        self._parts.append(
            f'<path class="line-{number}" d="M{drawn}" fill="none" stroke="{self._colour(number)}" stroke-width="1.7" '
            f'stroke-linejoin="round"{dashes}/>'
        )

    def beam(self, x1: float, x2: float, y: float, number: int, *, weight: float = 5.0) -> None:
        """Draw a thick line in the colour of a series, for a span."""
        self._parts.append(
            f'<path class="line-{number}" d="M{self._x(x1)} {_n(y)}L{self._x(x2)} {_n(y)}" fill="none" '
            f'stroke="{self._colour(number)}" stroke-width="{_n(weight)}"/>'
        )

    def marker(self, x: float, y: float, number: int, *, radius: float = 3.4) -> None:
        """Draw the marker of a series; shapes differ as colours do."""
        shape, colour = MARKERS[number], self._colour(number)
        solid = f'class="fill-{number} edge" fill="{colour}" stroke="{PAPER}" stroke-width=".8"'
        hollow = f'class="hollow-{number}" fill="{PAPER}" stroke="{colour}" stroke-width="1.6"'
        if shape in ("circle", "ring"):
            drawn = (
                f'<circle cx="{self._x(x)}" cy="{_n(y)}" r="{_n(radius)}" {solid if shape == "circle" else hollow}/>'
            )
        elif shape in ("square", "box"):
            side = radius * 1.8
            left = (self.width - x if self._mirrored else x) - side / 2
            look = solid if shape == "square" else hollow
            drawn = f'<rect x="{_n(left)}" y="{_n(y - side / 2)}" width="{_n(side)}" height="{_n(side)}" {look}/>'
        else:
            drawn = f'<path d="{self._shape(shape, x, y, radius * 1.25)}" {solid}/>'
        self._parts.append(drawn)

    def _shape(self, shape: str, x: float, y: float, radius: float) -> str:
        corners = (
            [(0.0, -1.0), (0.95, 0.8), (-0.95, 0.8)] if shape == "triangle" else [(0, -1), (1, 0), (0, 1), (-1, 0)]
        )
        return "M" + "L".join(f"{self._x(x + dx * radius)} {_n(y + dy * radius)}" for dx, dy in corners) + "Z"

    # ------------------------------------------------------------ words

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        soft: bool = False,
        bold: bool = False,
        italic: bool = False,
        ground: bool = False,
    ) -> None:
        """Draw words on the baseline y; `ground` covers everything behind them."""
        if not words:
            return
        if ground:
            self._ground(x, y, width_of(words, bold=bold), anchor)
        name, colour = ("soft", SOFT) if soft else ("ink", INK)
        turned = _ANCHORS[anchor] if self._mirrored else anchor
        look = f' text-anchor="{turned}"' if turned != "start" else ""
        look += ' font-weight="600"' if bold else ""
        look += ' font-style="italic"' if italic else ""
        content = f"{_RIGHT_TO_LEFT}{words}{_END}" if self._mirrored and any(map(_is_letter, words)) else words
        self._parts.append(
            f'<text class="{name}" x="{self._x(x)}" y="{_n(y)}" fill="{colour}"{look}>{escape(content)}</text>'
        )

    def _ground(self, x: float, y: float, width: float, anchor: str) -> None:
        """Draw a background behind words."""
        left = x - width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] - 1
        left = self.width - left - width - 2 if self._mirrored else left
        self._parts.append(
            f'<rect class="paper" x="{_n(left)}" y="{_n(y - SIZE * 0.82)}" width="{_n(width + 2)}" height="{_n(SIZE * 1.1)}" '
            f'fill="{PAPER}"/>'
        )

    def lines(self, x: float, y: float, lines: Sequence[str], **look: bool | str) -> None:
        """Draw lines of words, the first on the baseline y."""
        for number, words in enumerate(lines):
            self.text(x, y + number * LEADING, words, **look)  # type: ignore[arg-type]  # handed on as they are

    def legend(self, y: float, names: Sequence[str], *, kind: str) -> float:
        """Draw the legend from the baseline y; return its height. `kind` is `area`, `run` or `marker`."""
        x, top, bottom = 0.0, y, y
        key = 18.0 if kind == "run" else 12.0
        for number, name in enumerate(names):
            lines = lines_of(name, self.width - key - 4)
            needed = key + 4 + max(map(width_of, lines))
            if x and x + needed > self.width:
                x, y = 0.0, bottom + LEADING + 2
            if kind == "area":
                self.area(x, x + key, y - 6.6, 7.4, number)
            else:
                if kind == "run":
                    self.run([(x, y - 3), (x + key, y - 3)], number)
                self.marker(x + key / 2, y - 3, number, radius=2.8)
            self.lines(x + key + 4, y, lines)
            x += needed + 14
            bottom = max(bottom, y + LEADING * (len(lines) - 1))
        return bottom - top + LEADING + 3

    def _colour(self, number: int) -> str:
        return self._colours[number % len(self._colours)]

    def _x(self, x: float) -> str:
        return _n(self.width - x if self._mirrored else x)


def _is_letter(character: str) -> bool:
    """Whether a character has its own direction; numbers with their signs have none and do not change."""
    return bidirectional(character) in ("L", "R", "AL")


def _n(number: float) -> str:
    """Return a number with at most two decimals, in as few characters as possible."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


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
    for word in _BREAKABLE.split(words.strip()):
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
