"""Runs a piece of Python in a process of its own, which has to end in time and may not crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
SECONDS = 120
"""Far more than what linear work takes on a slow machine, far less than what quadratic work takes on a fast one."""


def run(program: str, *arguments: str, seconds: float = SECONDS, folder: Path = REPOSITORY) -> str:
    """What a program prints. Fails where it crashes, or does not end."""
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=seconds, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
