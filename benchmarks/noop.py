"""Measures builds with nothing to do: 100, 1,000 and 10,000 targets, each with three outputs and eight reads.

    python benchmarks/noop.py [--profile] [TARGETS ...]

Prints for each number of targets: the time of the first build (its steps do nothing), the minimum of nine builds with nothing to
do, and the time of a process that only calls `stat` for the files; each as elapsed seconds and as processor seconds including
helpers. Also prints the size of the database.
"""

from __future__ import annotations

import cProfile
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.engine import Made, Reads, Step, Target, build

SHARED = ["house.yaml", "experts.yaml", "page.html", "print.css"]


def make_page(reads: Reads, path: str) -> Made:
    text = reads.file(path)
    for name in SHARED:
        reads.file(name)
    for number in range(2):
        reads.entry("sources.yaml", f"source-{(len(path) + text[0] + number) % 50}")
    reads.value("generator version")
    name = Path(path).stem
    return Made({"print": text}, {f"{name}.html": text, f"{name}.json": text})


def make_pdf(_: Reads, text: bytes) -> Made:
    return Made(outputs={f"{text.decode().strip()}.pdf": text})


BRIEF = (Step("page", make_page), Step("pdf", make_pdf, inputs=("page.print",)))


def probe(_: str, content: bytes) -> dict[str, str]:
    return {line: line for line in content.decode().split()}


def prepare(folder: Path, count: int) -> list[Target]:
    (folder / "briefs").mkdir()
    for name in SHARED:
        (folder / name).write_text(name)
    (folder / "sources.yaml").write_text("\n".join(f"source-{number}" for number in range(50)))
    names = [f"brief-number-{number:05}" for number in range(count)]
    for name in names:
        (folder / "briefs" / f"{name}.yaml").write_text(name)
    return [Target(f"briefs/{name}.yaml", BRIEF, (f"briefs/{name}.yaml",)) for name in names]


def run(folder: Path, targets: list[Target]) -> None:
    report = build(
        targets,
        root=folder,
        out=folder / "out",
        store=folder / "out" / ".store",
        values={"generator version": "1"},
        probe=probe,
    )
    assert report.ok


def bare(folder: Path, targets: list[Target]) -> None:
    names = [Path(target.name).stem for target in targets]
    paths = [f"{folder}/out/{name}.{kind}" for name in names for kind in ("html", "json", "pdf")]
    paths += [f"{folder}/{target.name}" for target in targets]
    for path in paths:
        os.stat(path)  # noqa: PTH116 - what the engine calls


def cost(function: Callable[[Path, list[Target]], None], folder: Path, targets: list[Target], times: int = 1) -> str:
    """Return the least elapsed time and the least processor time of several calls."""
    clock, processors = [], []
    for _ in range(times):
        start, used = time.perf_counter(), processor_seconds()
        function(folder, targets)
        clock.append(time.perf_counter() - start)
        processors.append(processor_seconds() - used)
    return f"{min(clock):.4f} s ({min(processors):.4f})"


def processor_seconds() -> float:
    """Return the processor time of this process and of ended helpers."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        targets = prepare(folder, count)
        first = cost(run, folder, targets)
        time.sleep(0.1)
        idle, floor = cost(run, folder, targets, 9), cost(bare, folder, targets, 5)
        size = (folder / "out" / ".store" / "database").stat().st_size / 1e6
        print(
            f"{count:6} targets: first {first}, nothing to do {idle}, bare stat {floor}, state {size:.2f} MB",
            flush=True,
        )
        if "--profile" in sys.argv:
            profile = cProfile.Profile()
            profile.runcall(run, folder, targets)
            profile.print_stats("tottime")


if __name__ == "__main__":
    for number in [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or [100, 1_000, 10_000]:
        measure(number)
