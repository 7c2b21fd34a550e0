"""Measures how time grows with pages, experts and citations: the limit is linear growth."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from benchmarks.cost import brief
from benchmarks.synthetic import Shape, slug, write_project
from benchmarks.table import Row, seconds

BARE = Shape(experts=2, questions=1, facts=1, citations=1, filler=1, status="draft")
PARAGRAPHS_A_PAGE = 4.4

FULL = {"pages": (1, 10, 30, 100, 300), "experts": (2, 5, 10, 20, 40), "citations": (10, 50, 200, 500, 1000, 2000)}
QUICK = {"pages": (1, 10, 30), "experts": (2, 5, 10), "citations": (10, 50, 200)}


@dataclass(frozen=True, slots=True)
class Curve:
    name: str
    points: Sequence[tuple[float, float]]
    """Size and processor seconds, including the start of the program."""

    @property
    def exponent(self) -> float:
        """Exponent of the growth from the second-largest size to the largest, both minus the smallest: 1 is linear."""
        (size_0, time_0), *_, (size_1, time_1), (size_2, time_2) = self.points
        return math.log((time_2 - time_0) / (time_1 - time_0)) / math.log((size_2 - size_0) / (size_1 - size_0))


def measure(folder: Path, sizes: Mapping[str, Sequence[int]]) -> Iterator[Curve]:
    shapes = {
        "pages": lambda size: replace(BARE, filler=max(1, round((size - 2) * PARAGRAPHS_A_PAGE))),
        "experts": lambda size: replace(BARE, experts=size, questions=3),
        "citations": lambda size: replace(BARE, citations=size),
    }
    for name, steps in sizes.items():
        yield Curve(name, [_point(folder / name, name, size, shapes[name](size)) for size in steps])


def _point(folder: Path, name: str, size: int, shape: Shape) -> tuple[float, float]:
    shutil.rmtree(folder, ignore_errors=True)
    write_project(folder, 1, shape, sources=max(50, 2 * shape.experts))
    brief(folder, "lock")
    cost = brief(folder, "build", "-j", "1")
    with pikepdf.open(folder / "build" / f"{slug(0)}.pdf") as made:
        return (len(made.pages) if name == "pages" else size), cost.cpu


def rows(curves: Sequence[Curve]) -> Iterator[Row]:
    for curve in curves:
        said = ", ".join(f"{size:g}: {seconds(time)}" for size, time in curve.points)
        yield Row(
            f"growth with {curve.name}",
            said,
            f"exponent {curve.exponent:.2f} at the end",
            "1.0 (1.1 allowed)",
            curve.exponent <= 1.1,
        )
