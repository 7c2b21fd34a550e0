"""Describes the machine of a measurement."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from generator.pipeline.versions import versions

NAMED = ("weasyprint", "pango", "harfbuzz", "pypandoc_binary")


def describe() -> list[str]:
    """Return lines of Markdown."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    known = ", ".join(f"{name} {versions()[name]}" for name in NAMED)
    return [
        f"- {_processor()}, {len(os.sched_getaffinity(0))} processors, {_memory()} of memory, {platform.platform(terse=True)}",
        f"- Python {platform.python_version()}, {known}, {_tool('make')}, ninja {_tool('ninja')}",
        f"- load averages when it began: {load} (of 1, 5, 15 minutes; other programs at work make all figures worse)",
    ]


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"


def _tool(name: str) -> str:
    if shutil.which(name) is None:
        return "not installed"
    return subprocess.run([name, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
