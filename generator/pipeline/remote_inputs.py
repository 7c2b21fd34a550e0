"""Lists the files that the steps of a brief read, for remote machines."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from generator.evidence.captures.capture_store import capture_folder
from generator.pipeline.brief_steps import make_page
from generator.pipeline.check_brief import CAPTURE_LOCK, REVIEWS
from generator.pipeline.versions import fingerprint
from generator.project import EDITIONS, EXPERTS, FACTS, HOUSE, SOURCE_FOLDER, SOURCES
from generator.system.regular_files import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.engine.remote.dask_executor import DaskExecutor
    from generator.engine.task import Task
    from generator.engine.worker import Limits

SHARED = (
    HOUSE, EXPERTS, SOURCES, FACTS, SOURCE_FOLDER, CAPTURE_LOCK, REVIEWS, EDITIONS, "templates", "templates/presets",
)  # fmt: skip
"""Files that all briefs of a project depend on, relative to its folder."""

_KEY = re.compile(r"@(\w(?:[\w:.#$%&+?<>~/-]*\w)?)")
"""Approximately a citation key in pandoc's syntax; a wrong match costs only a little time."""

_TABLE = re.compile(r"""\b(?:table|picture):\s*["']?([^\s"',{}]+\.(?:csv|xlsx|png|jpe?g|webp|svg))""", re.IGNORECASE)
"""Approximately a file of a table or a picture."""


def cluster_at(address: str, tell: Callable[[str], object], limits: Limits, jobs: int = 0) -> DaskExecutor:
    """Return an executor on the Dask cluster at an address or in a scheduler file. It uses at most `jobs` workers; 0 means all.

    Raises BuildError.
    """
    from generator.engine.remote.dask_executor import DaskExecutor

    return DaskExecutor(
        address, identify=fingerprint, shared=SHARED, foresee=foresee, tell=tell, limits=limits, jobs=jobs
    )


def foresee(task: Task) -> list[str]:
    """Guess which files a step will read in addition to the shared ones: its fact file, its tables, and captures of cited sources."""
    if task.function is not make_page:
        return []
    file = str(task.arguments[1])
    try:
        text = read_regular(Path(task.world.root, file)).decode("utf-8", "replace")
    except OSError:
        return [file]
    tables = [posixpath.normpath(f"{posixpath.dirname(file)}/{name}") for name in _TABLE.findall(text)]
    folders = [capture_folder(key) for key in sorted(set(_KEY.findall(text)))]
    return [file, *tables, *(f"{folder}/{name}" for folder in folders for name in ("capture.json", "text.txt"))]
