"""Temporary folder of a process, which does not outlive the process.

A killed process removes nothing. So the folder contains a lock, which ends with the process in any case, and the next process
removes the folders whose lock nobody holds.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

_PREFIX = "brief-scratch-"
NEW = 5.0
"""Seconds after the last change of a folder in which its owner may not have locked it yet."""


@cache
def folder() -> Path:
    """Return the folder of this process. The first call creates it and removes those of dead processes. Raises OSError."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(handle, fcntl.LOCK_EX)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def sweep() -> None:
    """Remove the folders of this user's killed processes from the system's folder for temporary files."""
    for path in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        with suppress(OSError):
            if not path.is_symlink() and path.stat().st_uid == os.geteuid() and _abandoned(path):
                shutil.rmtree(path, ignore_errors=True)


def _abandoned(path: Path) -> bool:
    """Whether nobody holds the lock. The owner takes it right after creating the folder, so a new folder is never abandoned."""
    if time.time() - path.stat().st_mtime < NEW:
        return False
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True
