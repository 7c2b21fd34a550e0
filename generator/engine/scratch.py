"""Gives a process a folder for temporary files that does not outlive it.

A killed process removes nothing. So the folder holds a lock, which ends with the process however that dies, and the next process
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
"""Seconds since the last change of a folder within which its owner may not have come to lock it."""


@cache
def folder() -> Path:
    """Make the folder of this process when it is first asked for, and remove those of dead ones. Raises OSError."""
    sweep()
    path = Path(tempfile.mkdtemp(prefix=_PREFIX))
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    fcntl.flock(handle, fcntl.LOCK_EX)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def sweep() -> None:
    """Remove the folders that killed processes of this user have left in the system's folder for temporary files."""
    for path in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        with suppress(OSError):
            if not path.is_symlink() and path.stat().st_uid == os.geteuid() and _abandoned(path):
                shutil.rmtree(path, ignore_errors=True)


def _abandoned(path: Path) -> bool:
    """Whether nobody holds the lock. Its owner takes it within an instant after making the folder, so a new one is left alone."""
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
