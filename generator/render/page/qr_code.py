"""The address of a page as a QR code: one path of squares, with the same bytes everywhere."""

from __future__ import annotations

from itertools import groupby

from generator.render.labels import Labels
from generator.render.page.views import QrCode

_QUIET = 4
"""White modules around the code (ISO/IEC 18004, 9.1)."""


def qr_code(address: str, labels: Labels) -> QrCode:
    """Return the code of an address, with medium error correction: it is readable with a seventh of it damaged."""
    import segno

    rows = [list(row) for row in segno.make_qr(address, error="m").matrix]
    path = "".join(_row(row, number + _QUIET) for number, row in enumerate(rows))
    return QrCode(path, len(rows) + 2 * _QUIET, labels("qr_code", address=address), address)


def _row(row: list[int], y: int) -> str:
    """Return the dark modules of one row, each run as one rectangle."""
    at, parts = _QUIET, []
    for dark, modules in groupby(row):
        width = len(list(modules))
        if dark:
            parts.append(f"M{at} {y}h{width}v1h-{width}z")
        at += width
    return "".join(parts)
