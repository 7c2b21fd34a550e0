"""Measures how time grows with pages, experts and citations: the limit is linear growth.

Most of a build is WeasyPrint, so the same pages are also made by WeasyPrint alone, and its own growth is part of the row.
"""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from benchmarks.cost import brief, run
from benchmarks.floor import COMMAND, write_pages
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
    alone: Sequence[tuple[float, float]]
    """The same for WeasyPrint alone, from the same HTML and style sheets to a PDF."""

    @property
    def exponent(self) -> float:
        return exponent(self.points)


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the exponent of the growth from the second-largest size to the largest, both minus the smallest: 1 is linear."""
    (size_0, time_0), *_, (size_1, time_1), (size_2, time_2) = points
    return math.log((time_2 - time_0) / (time_1 - time_0)) / math.log((size_2 - size_0) / (size_1 - size_0))


def measure(folder: Path, sizes: Mapping[str, Sequence[int]]) -> Iterator[Curve]:
    shapes = {
        "pages": lambda size: replace(BARE, filler=max(1, round((size - 2) * PARAGRAPHS_A_PAGE))),
        "experts": lambda size: replace(BARE, experts=size, questions=3),
        "citations": lambda size: replace(BARE, citations=size),
    }
    for name, steps in sizes.items():
        measured = [_seconds(folder / name, shapes[name](size)) for size in steps]
        axis = [pages if name == "pages" else size for size, (pages, _, _) in zip(steps, measured, strict=True)]
        whole, alone = [one[1] for one in measured], [one[2] for one in measured]
        yield Curve(name, list(zip(axis, whole, strict=True)), list(zip(axis, alone, strict=True)))


def _seconds(folder: Path, shape: Shape) -> tuple[int, float, float]:
    """Return the pages of one brief, and the processor seconds of its build and of WeasyPrint alone."""
    shutil.rmtree(folder, ignore_errors=True)
    write_project(folder, 1, shape, sources=max(50, 2 * shape.experts))
    brief(folder, "lock")
    cost = brief(folder, "build", "-j", "1")
    write_pages(folder, folder / "alone")
    alone = run([*COMMAND, "alone"], folder)
    with pikepdf.open(folder / "build" / f"{slug(0)}.pdf") as made:
        return len(made.pages), cost.cpu, alone.cpu


def rows(curves: Sequence[Curve]) -> Iterator[Row]:
    for curve in curves:
        said = ", ".join(f"{size:g}: {seconds(time)}" for size, time in curve.points)
        share = curve.alone[-1][1] / curve.points[-1][1]
        yield Row(
            f"growth with {curve.name}",
            said,
            f"exponent {curve.exponent:.2f} at the end; WeasyPrint alone {exponent(curve.alone):.2f}, {share:.0%} of the time there",
            "1.0 (1.1 allowed)",
            curve.exponent <= 1.1,
        )
