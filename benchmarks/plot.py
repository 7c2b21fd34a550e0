"""Draws the growth curves as SVG: three small charts with logarithmic scales, and a line of slope one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.growth import Curve

WIDTH, HEIGHT, LEFT, TOP, GAP = 260, 200, 50, 40, 330
INK, LINE, GUIDE = "#1a1a1a", "#0b5cad", "#9a9a9a"


def svg(curves: Sequence[Curve]) -> str:
    parts = [part for number, curve in enumerate(curves) for part in _chart(curve, LEFT + number * GAP)]
    width = LEFT + GAP * len(curves)
    described = "; ".join(f"{curve.name}: exponent {curve.exponent:.2f}" for curve in curves)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 60}" role="img" '
        f'font-family="sans-serif" font-size="11" fill="{INK}">\n'
        f"<title>Processor seconds against size</title><desc>{escape(described)}</desc>\n"
        '<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _chart(curve: Curve, left: int) -> Iterator[str]:
    sizes, times = zip(*curve.points, strict=True)
    low_x, high_x = math.log10(min(sizes)), math.log10(max(sizes))
    low_y, high_y = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def x(size: float) -> float:
        return left + (math.log10(size) - low_x) / (high_x - low_x) * WIDTH

    def y(time: float) -> float:
        return TOP + HEIGHT - (math.log10(time) - low_y) / (high_y - low_y) * HEIGHT

    yield f'<text x="{left}" y="{TOP - 16}" font-size="13" font-weight="bold">Seconds against {curve.name}</text>'
    yield f'<path d="M{left} {TOP}V{TOP + HEIGHT}H{left + WIDTH}" fill="none" stroke="{INK}"/>'
    for power in range(low_y, high_y + 1):
        yield f'<text x="{left - 6}" y="{y(10**power) + 4:.0f}" text-anchor="end">{10**power:g}</text>'
    for size in sizes:
        yield f'<text x="{x(size):.0f}" y="{TOP + HEIGHT + 16}" text-anchor="middle">{size:g}</text>'
    end_x, end_y = curve.points[-1]
    start = max(min(sizes), end_x * 10**low_y / end_y)
    yield (
        f'<path d="M{x(start):.1f} {y(end_y * start / end_x):.1f}L{x(end_x):.1f} {y(end_y):.1f}" stroke="{GUIDE}" stroke-dasharray="4 3"/>'
    )
    path = "L".join(f"{x(size):.1f} {y(time):.1f}" for size, time in curve.points)
    yield f'<path d="M{path}" fill="none" stroke="{LINE}" stroke-width="2"/>'
    yield from (f'<circle cx="{x(size):.1f}" cy="{y(time):.1f}" r="3" fill="{LINE}"/>' for size, time in curve.points)
    yield f'<text x="{left}" y="{TOP + HEIGHT + 36}">dashed: linear</text>'
