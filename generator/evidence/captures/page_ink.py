"""Finds the characters of a PDF page that draw nothing which its readers see.

A PDF can contain text that is drawn invisible, white, too small, clipped, covered, on a hidden layer or outside the page. One rule finds
all of them: the page is drawn with its text and without it, and a character that makes no difference is not visible. If there is ink
in its place without it, the character may be text that was recognised in a picture. Only a person can compare the two.

Text can be drawn over other text. So the text is divided into layers without overlaps, and a layer is examined alone and among the
others.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any

from generator.evidence.captures.page_objects import Box, PageCharacter, address, text_objects

SCALE = 1.5
"""Pixels for a point."""
LARGEST = 4_000
"""Pixels of the longer side; larger pages are drawn smaller."""
LEAST = 12
"""Difference in lightness, of 255, between ink and paper."""
SMALLEST = 1.5
"""Height in points of letters that nobody can read."""
LAYERS = 4
"""Most texts over one another; nobody can read more."""
CELL = 24.0
"""Points of the side of a square in which overlaps are looked for."""
INSET = 0.25
"""Share of the height by which the boxes of neighbours may overlap."""


Pixels = tuple[int, int, int, int]
"""Left, top, right and bottom of a box, without the last two."""


class Look(Enum):
    """What readers of a page see of a character."""

    SEEN = "seen"
    BEHIND = "behind a picture"
    UNSEEN = "not seen"
    STRUCK = "struck"


class PageInk:
    """A drawn page, to ask how a character looks."""

    def __init__(self, page: Any, characters: Iterable[PageCharacter]) -> None:
        self._page = page
        self._scale = min(SCALE, LARGEST / max(*page.get_size(), 1.0))
        self._texts = {address(one): one for one in text_objects(page)}
        self._layers = _layers(characters)
        self._pictures: tuple[Any, list[Any]] | None = None

    def look(self, character: PageCharacter) -> Look:
        """Return how a character looks. Only letters and digits are examined."""
        box = character.box
        if box is None or unicodedata.category(chr(character.code))[0] not in "LN":
            return Look.SEEN
        place = self._pixels(box) if max(box[3] - box[1], box[2] - box[0]) >= SMALLEST else None
        if place is None:
            return Look.UNSEEN
        bare, inks = self._drawn()
        layer = self._layers.get(character.text_object, LAYERS)
        if layer < LAYERS and inks[layer].crop(_inner(place)).getextrema()[1] >= LEAST:
            above = self._pixels((box[0], character.origin[1], box[2], box[3]))
            return Look.STRUCK if above is not None and _is_struck(bare.crop(above)) else Look.SEEN
        low, high = bare.crop(_wider(place, *bare.size)).getextrema()
        return Look.BEHIND if high - low >= LEAST else Look.UNSEEN

    def _drawn(self) -> tuple[Any, list[Any]]:
        """Return the page without its text, and for each layer how much the text of the layer changes each pixel."""
        if self._pictures is None:
            from PIL import ImageChops

            full, bare = self._draw(self._texts), self._draw(())
            inks = []
            for number in range(max(self._layers.values(), default=0) + 1):
                own = {text for text, layer in self._layers.items() if layer == number}
                alone, others = (
                    (full, bare)
                    if own >= self._texts.keys()
                    else (self._draw(own), self._draw(self._texts.keys() - own))
                )
                added, missed = ImageChops.difference(alone, bare), ImageChops.difference(full, others)
                inks.append(ImageChops.darker(added, missed))
            self._pictures = bare, inks
        return self._pictures

    def _draw(self, visible: Iterable[int]) -> Any:
        """Return a picture of the page with the text of these objects only."""
        from pypdfium2 import raw

        wanted = frozenset(visible)
        hidden = [(one, raw.FPDFTextObj_GetTextRenderMode(one)) for at, one in self._texts.items() if at not in wanted]
        for one, _ in hidden:
            raw.FPDFTextObj_SetTextRenderMode(one, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        bitmap = self._page.render(scale=self._scale, grayscale=True, may_draw_forms=False)
        for one, mode in hidden:
            raw.FPDFTextObj_SetTextRenderMode(one, mode)
        return bitmap.to_pil().convert("L")

    def _pixels(self, box: Box) -> Pixels | None:
        """Return a box in pixels; None if it is outside the picture."""
        width, height = self._drawn()[0].size
        left, bottom, right, top = box
        corners = [self._pixel(x, y, width, height) for x, y in ((left, bottom), (right, top))]
        (x0, x1), (y0, y1) = (sorted(ends) for ends in zip(*corners, strict=True))
        inside = (max(0, x0), max(0, y0), min(width, x1 + 1), min(height, y1 + 1))
        return inside if inside[0] < inside[2] and inside[1] < inside[3] else None

    def _pixel(self, x: float, y: float, width: int, height: int) -> tuple[int, int]:
        from ctypes import byref, c_int

        from pypdfium2 import raw

        across, down = c_int(), c_int()
        if not all(map(math.isfinite, (x, y))):
            return -1, -1
        raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
        return across.value, down.value


def _inner(box: Pixels) -> Pixels:
    """Return a box without the columns at its sides, which may have ink of a neighbour; wider, if it has few pixels."""
    x0, y0, x1, y1 = box
    x0, x1 = (x0 + 1, x1 - 1) if x1 - x0 >= 8 else (x0 - 1, x1 + 1) if x1 - x0 < 4 else (x0, x1)
    y0, y1 = (y0 - 1, y1 + 1) if y1 - y0 < 4 else (y0, y1)
    return max(0, x0), max(0, y0), x1, y1


def _wider(box: Pixels, width: int, height: int) -> Pixels:
    """Return a box with two more pixels on each side of which there is a picture."""
    return max(0, box[0] - 2), max(0, box[1] - 2), min(width, box[2] + 2), min(height, box[3] + 2)


def _is_struck(bare: Any) -> bool:
    """Whether a line goes from side to side through a place on paper of one colour. `bare` is the place above the baseline."""
    width, height = bare.size
    low, high = bare.getextrema()
    if high - low < LEAST or height < 5:
        return False
    rows = [bare.crop((0, y, width, y + 1)).getextrema() for y in range(height)]
    lined = [y for y, (least, most) in enumerate(rows) if most - least < LEAST and abs(least - rows[0][0]) >= LEAST]
    even = all(most - least < LEAST for least, most in rows)
    return even and 0 < len(lined) <= max(3, height // 3) and lined[0] > 0 and lined[-1] < height - 2


def looks_of_words(looks: Iterable[tuple[PageCharacter, Look]]) -> list[tuple[PageCharacter, Look]]:
    """Return the characters with their looks, after taking a word for struck, or for recognised, if one of its characters is."""
    words: list[list[tuple[PageCharacter, Look]]] = [[]]
    for one, look in looks:
        ends = one.box is None or chr(one.code).isspace()
        words += [[(one, look)], []] if ends else []
        words[-1] += [] if ends else [(one, look)]
    return [(one, _in_word(look, frozenset(look for _, look in word))) for word in words for one, look in word]


def _in_word(look: Look, word: frozenset[Look]) -> Look:
    """Return the look of a character in a word whose characters have these looks. A recognised word is not drawn exactly in its place."""
    if Look.STRUCK in word:
        return Look.STRUCK
    return Look.BEHIND if Look.BEHIND in word and look is Look.UNSEEN else look


# ---------------------------------------------------------------- layers


def _layers(characters: Iterable[PageCharacter]) -> dict[int, int]:
    """Return the layer of each object that draws text, from 0; `LAYERS` if all of them have other text in its place."""
    layers: dict[int, int] = {}
    squares: dict[tuple[int, int], list[tuple[int, Box]]] = defaultdict(list)
    for text, box in _extents(characters).items():
        near = [other for square in _squares(box) for other in squares[square]]
        taken = {layers[other] for other, other_box in near if _overlap(box, other_box)}
        layers[text] = min(set(range(LAYERS + 1)) - (taken - {LAYERS}))
        for square in _squares(box):
            squares[square].append((text, box))
    return layers


def _extents(characters: Iterable[PageCharacter]) -> dict[int, Box]:
    """Return the box around the letters and digits of each object, a little smaller than they are."""
    boxes: dict[int, list[Box]] = defaultdict(list)
    for one in characters:
        if one.box is not None and all(map(math.isfinite, one.box)) and not chr(one.code).isspace():
            boxes[one.text_object].append(one.box)
    return {text: _around(some) for text, some in boxes.items()}


def _around(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    left, bottom, right, top = min(lefts), min(bottoms), max(rights), max(tops)
    inset = min(top - bottom, right - left) * INSET
    return left + inset, bottom + inset, right - inset, top - inset


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _squares(box: Box) -> list[tuple[int, int]]:
    """Return the squares of a page that a box touches; the page ends at 400 of them in each direction."""
    columns, rows = (
        range(max(0, min(400, int(box[i] // CELL))), max(0, min(400, int(box[i + 2] // CELL))) + 1) for i in (0, 1)
    )
    return [(column, row) for column in columns for row in rows]
