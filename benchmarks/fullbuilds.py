"""Building everything, against WeasyPrint alone and against what people would use otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.cost import brief, least, run
from benchmarks.floor import processor_seconds, write_pages
from benchmarks.synthetic import slug, write_project
from benchmarks.table import Row, seconds


def measure(folder: Path, briefs: int, rounds: int) -> Iterator[Row]:
    """Rounds are interleaved, so that what else the machine does falls on all alike; the least of each counts."""
    write_project(folder, briefs)
    brief(folder, "lock")
    write_pages(folder, folder / "floor")
    peers.prepare(folder / "floor" / "pages", folder / "peers")
    cold = least(rounds, lambda: _from_nothing(folder, slug(0)))
    yield Row("one brief, cold", f"{seconds(cold.wall)} ({seconds(cold.cpu)} of processor)")
    ones, twos, floors = [], [], []
    for _ in range(rounds):
        ones.append(_from_nothing(folder, "-j", "1"))
        twos.append(_from_nothing(folder, "-j", "2"))
        floors.append(processor_seconds(folder / "floor") * briefs)
    yield from _against_floor(briefs, cold.cpu, [cost.cpu for cost in ones], floors)
    faster = min(cost.wall for cost in ones) / min(cost.wall for cost in twos)
    yield Row(
        f"{briefs} briefs, two workers", seconds(min(cost.wall for cost in twos)),
        f"{faster:.2f}x as fast as one worker", "1.7x", faster >= 1.7,
    )  # fmt: skip
    mine = min(cost.cpu for cost in ones) / briefs
    for name, rule in (("make, pandoc, WeasyPrint", "weasyprint"), ("make, pandoc, Typst", "typst")):
        cost = run(["make", "-s", "-j1", rule], folder / "peers")
        yield Row(
            f"{name}: {briefs} documents", seconds(cost.wall), f"{cost.cpu / briefs / mine:.2f}x our processor time"
        )


def _against_floor(briefs: int, cold: float, ones: list[float], floors: list[float]) -> Iterator[Row]:
    ratio = min(ones) / min(floors)
    yield Row(f"{briefs} briefs, WeasyPrint alone, warm", seconds(min(floors)))
    yield Row(
        f"{briefs} briefs, one worker", seconds(min(ones)), f"{ratio:.2f}x WeasyPrint alone", "1.10x", ratio <= 1.10
    )
    steady = (min(ones) - cold) / (briefs - 1) * briefs
    yield Row(
        "the same without start and first brief", seconds(steady), f"{steady / min(floors):.2f}x WeasyPrint alone"
    )


def _from_nothing(folder: Path, *words: str):  # type: ignore[no-untyped-def]
    shutil.rmtree(folder / "build", ignore_errors=True)
    return brief(folder, "build", "-q", *words)
