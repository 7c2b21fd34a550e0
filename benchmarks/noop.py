"""What a build with nothing to do costs: 100, 1,000 and 10,000 targets, each with three outputs and eight reads.

    python benchmarks/noop.py [--profile] [TARGETS ...]

Prints, for each number of targets, the processor seconds of the first build (of steps that do nothing), the least of nine builds
with nothing to do, what asking the system for the files alone takes (the floor), and the size of the state.
"""

from __future__ import annotations

import cProfile
import os
import sys
import tempfile
import time
from pathlib import Path

from generator.build import Made, Reads, Step, Target, build

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


BRIEF = (Step("page", make_page), Step("pdf", make_pdf, takes=("page.print",)))


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


def run(folder: Path, targets: list[Target]) -> float:
    start = time.process_time()
    report = build(
        targets,
        root=folder,
        out=folder / "out",
        store=folder / "out" / ".store",
        values={"generator version": "1"},
        probe=probe,
    )
    assert report.ok
    return time.process_time() - start


def bare(folder: Path, targets: list[Target]) -> float:
    names = [Path(target.name).stem for target in targets]
    paths = [f"{folder}/out/{name}.{kind}" for name in names for kind in ("html", "json", "pdf")]
    paths += [f"{folder}/{target.name}" for target in targets]
    start = time.process_time()
    for path in paths:
        os.stat(path)  # noqa: PTH116 - what the engine calls
    return time.process_time() - start


def measure(count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        targets = prepare(folder, count)
        first = run(folder, targets)
        time.sleep(0.1)
        idle = min(run(folder, targets) for _ in range(9))
        floor = min(bare(folder, targets) for _ in range(3))
        size = (folder / "out" / ".store" / "state").stat().st_size
        print(
            f"{count:6} targets: first {first:.2f} s, nothing to do {idle:.4f} s, bare stat {floor:.4f} s, state {size / 1e6:.2f} MB",
            flush=True,
        )
        if "--profile" in sys.argv:
            profile = cProfile.Profile()
            profile.runcall(run, folder, targets)
            profile.print_stats("tottime")


if __name__ == "__main__":
    for number in [int(argument) for argument in sys.argv[1:] if argument.isdigit()] or [100, 1_000, 10_000]:
        measure(number)
