"""What a command costs: time on the clock, and processor time with that of its children."""

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
    """Seconds."""
    cpu: float
    """Seconds of processor time, of the process and of all that it waited for."""


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run a command that has to succeed; its output is shown only if it does not."""
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
    """This process's, with the generator that it was started with, and with bytecode, as an installed program has it."""
    here = str(Path(__file__).parents[1])
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**own, "PYTHONPATH": os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))}


def brief(folder: Path, *words: str) -> Cost:
    return run([*BRIEF, *words], folder)


def least(times: int, measure: Callable[[], Cost]) -> Cost:
    """The least of several runs, each figure for itself: what else the machine did can only add."""
    return Cost(*map(min, zip(*[measure() for _ in range(times)], strict=True)))


def own_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime
