"""Finds characters of a PDF page that its readers do not see.

A PDF can contain text that is drawn invisible, white, too small, clipped, covered, on a hidden layer or outside the page. One rule finds
all of them: the page is drawn, and a character whose place is of one colour is not visible. Text that was recognised in a scan is
invisible too, but the scan has ink in its place.
"""

from __future__ import annotations

import math
import unicodedata
from typing import Any

SCALE = 1.5
"""Pixels for a point."""
LARGEST = 4_000
"""Pixels of the longer side; larger pages are drawn smaller."""
LEAST = 12
"""Difference in lightness, of 255, between ink and paper."""
SMALLEST = 1.5
"""Height in points of letters that nobody can read."""


class PageInk:
    """A drawn page, to ask whether something is visible in a place."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._scale = min(SCALE, LARGEST / max(*page.get_size(), 1.0))
        self._picture: Any = None
        self.missing = 0
        """How many characters were asked for that are not visible."""

    def shows(self, char: str, left: float, bottom: float, right: float, top: float) -> bool:
        """Whether a character can be seen in a box, in points from the page's origin. Only letters and digits are examined."""
        if unicodedata.category(char)[0] not in "LN":
            return True
        visible = max(top - bottom, right - left) >= SMALLEST and self._has_ink(self._pixels(left, bottom, right, top))
        self.missing += not visible
        return visible

    def _has_ink(self, box: tuple[int, int, int, int] | None) -> bool:
        if box is None:
            return False
        low, high = self._drawn().crop(box).getextrema()
        return bool(high - low >= LEAST)

    def _drawn(self) -> Any:
        if self._picture is None:
            bitmap = self._page.render(scale=self._scale, grayscale=True, may_draw_forms=False)
            self._picture = bitmap.to_pil().convert("L")
        return self._picture

    def _pixels(self, left: float, bottom: float, right: float, top: float) -> tuple[int, int, int, int] | None:
        """Return a box in pixels, one wider on each side; None if it is outside the picture."""
        width, height = self._drawn().size
        corners = [self._pixel(x, y, width, height) for x, y in ((left, bottom), (right, top))]
        xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        box = (max(0, xs[0] - 1), max(0, ys[0] - 1), min(width, xs[1] + 2), min(height, ys[1] + 2))
        return box if box[0] < box[2] and box[1] < box[3] else None

    def _pixel(self, x: float, y: float, width: int, height: int) -> tuple[int, int]:
        from ctypes import byref, c_int

        from pypdfium2 import raw

        across, down = c_int(), c_int()
        if not all(map(math.isfinite, (x, y))):
            return -1, -1
        raw.FPDF_PageToDevice(self._page, 0, 0, width, height, 0, x, y, byref(across), byref(down))
        return across.value, down.value
