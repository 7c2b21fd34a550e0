"""Coverage plugin that also measures workers, which are killed, and processes that may not write files.

A process saves what it measured when it ends. `Child.kill` closes the pipe of a worker, and an idle worker then ends by itself. So
the plugin waits a little before the signal. Audit hooks do this without any code in the engine.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import coverage

PATIENCE = 3.0
"""Seconds that a worker has to end by itself. One that is busy or hangs is then killed, and its measurements are lost."""


def coverage_init(*_: object) -> None:
    """Coverage calls this in each process that it measures."""
    sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if event == "os.killpg" and isinstance(group := arguments[0], int):
        _wait_for(group)
    elif event == "os.listdir" and arguments[0] == "/proc/self/task":
        _allow_saving()


def _wait_for(process: int) -> None:
    end = time.monotonic() + PATIENCE
    with suppress(ChildProcessError):
        while time.monotonic() < end and os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            time.sleep(0.01)


def _allow_saving() -> None:
    """Before a process restricts itself, let it write, and rename, the files of measurements; nothing else changes."""
    measured, isolation = coverage.Coverage.current(), sys.modules.get("generator.provenance.pdf_isolation")
    if measured is not None and isolation is not None:
        names = vars(isolation)
        names["_WRITTEN"] += (str(Path(measured.get_data().data_filename()).parent),)
        names["WRITE_FILE"] = names["RIGHTS"][1]
