"""Measures full builds, compared with WeasyPrint alone and with other tools. Briefs have four pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.cost import brief, least, run
from benchmarks.floor import processor_seconds, write_pages
from benchmarks.synthetic import Shape, slug, write_project
from benchmarks.table import Row, seconds

SHAPE = Shape(questions=2, facts=6, citations=4, filler=0)
"""Four pages."""

FEW = 40
"""Number of documents for peers, which start a program for each document; more would only take longer."""


def measure(folder: Path, briefs: int) -> Iterator[Row]:
    """Measure the floor before and after, to detect a machine that becomes slower during the run."""
    write_project(folder, briefs, SHAPE)
    brief(folder, "lock")
    write_pages(folder, folder / "floor")
    peers.prepare(sorted((folder / "floor" / "pages").iterdir())[:FEW], folder / "peers")
    cold = least(3, lambda: _from_nothing(folder, slug(0)))
    yield Row("one brief, cold", f"{seconds(cold.wall)} ({seconds(cold.cpu)} of processor)")
    floors = [processor_seconds(folder / "floor")]
    one = _from_nothing(folder, "-j", "1")
    two = _from_nothing(folder, "-j", "2")
    floors.append(processor_seconds(folder / "floor"))
    yield from _against_floor(briefs, cold.cpu, one.cpu, sum(floors) / 2 * briefs, max(floors) / min(floors))
    faster = one.wall / two.wall
    yield Row(
        f"{briefs} briefs, two workers",
        seconds(two.wall),
        f"{faster:.2f}x as fast as one worker",
        "1.7x",
        faster >= 1.7,
    )
    yield from _peers(folder / "peers", min(briefs, FEW), one.cpu / briefs)


def _against_floor(briefs: int, cold: float, one: float, floor: float, drift: float) -> Iterator[Row]:
    ratio = one / floor
    yield Row(f"{briefs} briefs, WeasyPrint alone, warm", seconds(floor), f"between two runs {drift:.2f}x")
    yield Row(f"{briefs} briefs, one worker", seconds(one), f"{ratio:.2f}x WeasyPrint alone", "1.15x", ratio <= 1.15)
    steady = (one - cold) / (briefs - 1) * briefs
    yield Row("the same without start and first brief", seconds(steady), f"{steady / floor:.2f}x WeasyPrint alone")


def _peers(folder: Path, documents: int, mine: float) -> Iterator[Row]:
    for name, rule in (("make, pandoc, WeasyPrint", "weasyprint"), ("make, pandoc, Typst", "typst")):
        cost = run(["make", "-s", "-j1", rule], folder)
        each = f"{cost.cpu / documents / mine:.2f}x our processor time for each"
        yield Row(f"{name}: {documents} documents", seconds(cost.wall), each)


def _from_nothing(folder: Path, *words: str):  # type: ignore[no-untyped-def]
    shutil.rmtree(folder / "build", ignore_errors=True)
    return brief(folder, "build", "-q", "--no-site", *words)  # WeasyPrint alone makes no site; `sites.py` measures it
