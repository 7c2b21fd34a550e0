"""Colours as authors write them (`#12284a`), their contrast and their shades.

Source of the contrast ratio: Web Content Accessibility Guidelines 2.2, "relative luminance" and "contrast ratio".
"""

from __future__ import annotations

import re

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
WHITE = "#ffffff"


def read_colour(written: str) -> str:
    """Return the colour as `#rrggbb` in lower case. Raises ValueError."""
    if not _HEX.fullmatch(written):
        raise ValueError(f"“{written}” is not a colour: write it in the form #12284a")
    digits = written[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio, from 1 (equal) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """Return the first colour with a `share` (0 to 1) of the other."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def readable(colour: str, ground: str, least: float, towards: str) -> str:
    """Return the colour, or the nearest mixture with `towards` that has a contrast of `least` to the ground."""
    shades = (mixed(colour, towards, step / 50) for step in range(51))
    return next((shade for shade in shades if contrast(shade, ground) >= least), towards)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
