"""Measures the memory of the parent and its children over many briefs.

python -m benchmarks.memory real|copied FOLDER      prints MiB of the parent at intervals, and the maximum of any child
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.copies import Copying
from benchmarks.cost import environment
from benchmarks.synthetic import SMALL, write_project
from benchmarks.table import Row
from generator.engine import Ended, Event, Executor, Pool
from generator.pipeline.publish_brief import publish
from generator.project import Project


def measure(folder: Path, real: int, copied: int) -> Iterator[Row]:
    for kind, size in (("real", real), ("copied", copied)):
        write_project(folder / kind, size, SMALL)
        told = subprocess.run(
            [sys.executable, "-m", "benchmarks.memory", kind, str(folder / kind)],
            capture_output=True, text=True, check=True, env=environment(),
        ).stdout.split()  # fmt: skip
        quarter, *_, end, child = map(float, told)
        what = f"memory over {size:,} briefs" + (", steps simulated" if kind == "copied" else "")
        each = (end - quarter) / (0.75 * size) * 1024
        children = f", children at most {child:.0f} MiB" if kind == "real" else ""
        yield Row(
            what, f"parent {quarter:.0f} MiB after a quarter, {end:.0f} at the end{children}", f"{each:.1f} KiB a brief"
        )


def resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def build(kind: str, folder: Path) -> None:
    project = Project(folder)
    slugs = [slug for slug, _ in project.fact_files()]
    ended = 0

    def watch(event: Event) -> None:
        nonlocal ended
        if isinstance(event, Ended):
            ended += 1
            if ended % max(1, len(slugs) // 4) == 0:
                print(resident())

    executor: Executor = Pool(2) if kind == "real" else Copying(50)
    publish(project, slugs, executor=executor, on_event=watch, site=False)
    executor.close()
    print(resident(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)


if __name__ == "__main__":
    build(sys.argv[1], Path(sys.argv[2]))
