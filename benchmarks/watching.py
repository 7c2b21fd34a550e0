"""From saving a fact file to the new page, and to the new PDF, under `brief watch`."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.cost import BRIEF, brief, environment
from benchmarks.synthetic import fact_file, slug, write_project
from benchmarks.table import Row, seconds

PATIENCE = 60.0


def measure(folder: Path, edits: int = 5) -> Iterator[Row]:
    write_project(folder, 3)
    brief(folder, "lock")
    brief(folder, "build")
    page, pdf = (folder / "build" / f"{slug(0)}.{kind}" for kind in ("html", "pdf"))
    with (folder / "watch.log").open("wb") as log:
        watch = subprocess.Popen([*BRIEF, "watch"], cwd=folder, env=environment(), stdout=log, stderr=log)
    try:
        time.sleep(3)
        _edit(folder, 0, (page, pdf))  # the first one warms it
        found = [_edit(folder, number, (page, pdf)) for number in range(1, edits + 1)]
    finally:
        watch.terminate()
        watch.wait(10)
    html = min(first for first, _ in found)
    yield Row("watch: from saving to the new page", seconds(html), "", "150 ms", html <= 0.15)
    yield Row("watch: from saving to the new PDF", seconds(min(second for _, second in found)), "", "one warm render")


def _edit(folder: Path, number: int, made: tuple[Path, Path]) -> tuple[float, float]:
    before = [path.stat().st_mtime_ns for path in made]
    file = fact_file(folder, 0)
    file.write_text(file.read_text().replace("claim: ", f"claim: Edit {number}. ", 1))
    start = time.perf_counter()
    page, pdf = (_changed(path, old, start) for path, old in zip(made, before, strict=True))
    return page, pdf


def _changed(path: Path, old: int, start: float) -> float:
    while time.perf_counter() - start < PATIENCE:
        try:
            if path.stat().st_mtime_ns != old:
                return time.perf_counter() - start
        except OSError:
            pass
        time.sleep(0.002)
    raise SystemExit(f"{path.name} was not made again within {PATIENCE:g} s")
