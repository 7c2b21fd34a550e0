"""Lock that allows one build at a time, and the clock of its file system.

The lock is `flock` on a file, so it ends with the process in any case. While a build runs, the file contains its process id.
If the id is still there when the lock is acquired, the last build was killed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generator.engine.errors import CannotWrite


class BuildLock(NamedTuple):
    """A lock that is held."""

    handle: int
    abandoned: bool
    """Whether the last build was killed and may have left unfinished files."""

    def now(self) -> int:
        """Return the time of the file system's clock in nanoseconds. On a network drive this is the clock of another machine."""
        os.utime(self.handle)
        return os.fstat(self.handle).st_mtime_ns


@contextmanager
def held(path: Path, on_wait: Callable[[], object]) -> Iterator[BuildLock]:
    """Hold the lock at `path`. If another process holds it, call `on_wait` and wait."""
    handle = _open(path)
    try:
        _take(handle, on_wait)
        abandoned = _sign(handle, path)
        yield BuildLock(handle, abandoned)
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as fault:
        raise CannotWrite(path, fault) from fault


def _take(handle: int, on_wait: Callable[[], object]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        on_wait()
        fcntl.flock(handle, fcntl.LOCK_EX)


def _sign(handle: int, path: Path) -> bool:
    """Write our process id into the lock; return whether it contained one. Raises CannotWrite, for instance on a full disk."""
    try:
        abandoned = os.pread(handle, 1, 0) != b""
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    except OSError as fault:
        raise CannotWrite(path, fault) from fault
    return abandoned
