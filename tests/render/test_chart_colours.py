"""The colours of series: seen on their ground, and told apart by those who see fewer colours."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from generator.render.charts.chart_data import palette
from tests.render.pages import preset

NAMES = ("briefing", "four-column", "in-focus", "note", "report")
SIGHT = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""Machado, Oliveira and Fernandes 2009, at full severity, for linear light."""


def light(colour: str) -> list[float]:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    return [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]


def contrast(one: str, other: str) -> float:
    """By WCAG 2.2, from 1 to 21."""
    low, high = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIELAB."""
    r, g, b = (min(max(one, 0.0), 1.0) for one in rgb)
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.95 * b) / 1.089,
    )
    fx, fy, fz = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, sight: tuple[tuple[float, ...], ...]) -> float:
    """How far apart two colours look; 2.3 is just seen."""
    both = [
        lab([sum(a * b for a, b in zip(row, light(colour), strict=True)) for row in sight]) for colour in (one, other)
    ]
    return sum((a - b) ** 2 for a, b in zip(*both, strict=True)) ** 0.5


def on_screen(name: str, *, dark: bool) -> tuple[list[str], str]:
    """The colours of the six series, and of the ground, as the style sheet of a design has them."""
    sheet = preset(name).sheet("screen.css")
    blocks = re.findall(r"(@media \(prefers-color-scheme: dark\) \{\s*)?:root \{([^}]*)\}", sheet)
    values: dict[str, str] = {}
    for in_dark, block in blocks:
        if dark or not in_dark:
            values |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6}|var\(--\w+\))", block))
    colours = [values[f"series-{number}"] for number in range(6)]
    return [values[one[6:-1]] if one.startswith("var") else one for one in colours], values["ground"]


@pytest.mark.parametrize("name", NAMES)
def test_series_are_seen_and_told_apart_in_each_design_and_light(name: str) -> None:
    light_ones, _ = on_screen(name, dark=False)
    dark_ones, ground = on_screen(name, dark=True)
    for colours, behind in (
        (list(palette(preset(name).colours)), "#ffffff"),
        (light_ones, "#ffffff"),
        (dark_ones, ground),
    ):
        assert min(contrast(colour, behind) for colour in colours) >= 3, colours
        for kind, sight in SIGHT.items():
            assert min(apart(one, other, sight) for one, other in combinations(colours, 2)) > 6, (kind, colours)
