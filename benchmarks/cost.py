"""Cost of a command: elapsed time, and processor time including its children."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

BRIEF = (sys.executable, "-m", "generator")


class Cost(NamedTuple):
    wall: float
    """Elapsed seconds."""
    cpu: float
    """Seconds of processor time of the process and its children."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command that must succeed; its output is shown only if it fails."""
    start = time.perf_counter()
    with (folder / "output.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment())
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = (folder / "output.log").read_text(errors="replace")[-2000:]
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{tail}")
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def environment() -> dict[str, str]:
    """Return this process's environment, with the same generator and with bytecode, like an installed program."""
    here = str(Path(__file__).parents[1])
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))}


def brief(folder: Path, *words: str) -> Cost:
    return run([*BRIEF, *words], folder)


def least(times: int, measure: Callable[[], Cost]) -> Cost:
    """Return the minimum of several runs, separately for each figure, because other work on the machine only adds time."""
    return Cost(*map(min, zip(*[measure() for _ in range(times)], strict=True)))


def own_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
