"""Temporary folder that is removed by its process or, if killed, by the next run.

Each folder contains a lock file that its process keeps locked. The kernel releases the lock when the process ends in any way.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "brief-verify-"
LOCK = "in-use"
GRACE = 3600.0
"""Seconds after which a folder without a lock file counts as abandoned; the lock is created right after the folder."""


@contextmanager
def workspace() -> Iterator[Path]:
    """Create an empty folder that only this user can open, and remove it afterwards. Removes the folders of killed runs.

    Raises OSError if it cannot be created.
    """
    top = Path(tempfile.gettempdir())
    remove_leftovers(top)
    outer = Path(tempfile.mkdtemp(prefix=PREFIX, dir=top))
    with (outer / LOCK).open("xb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            inner = outer / "project"
            inner.mkdir()
            yield inner
        finally:
            shutil.rmtree(outer, ignore_errors=True)


def remove_leftovers(top: Path) -> None:
    """Remove the folders of this user below `top` whose process has ended."""
    for folder in top.glob(f"{PREFIX}*"):
        with suppress(OSError):
            status = folder.lstat()
            if (
                folder.is_dir()
                and not folder.is_symlink()
                and status.st_uid == os.geteuid()
                and _is_left(folder, status)
            ):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path, status: os.stat_result) -> bool:
    try:
        descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return time.time() - status.st_mtime > GRACE
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
