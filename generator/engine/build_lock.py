"""One build at a time in a folder, and the clock of its file system. Knows nothing of builds.

The lock is `flock` on a file, so it ends with the process however that dies. While a build runs, the file holds its process
id: whoever finds one there after getting the lock knows that the last build was killed.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from generator.engine.errors import Busy, CannotWrite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Lock(NamedTuple):
    """A lock that is held."""

    handle: int
    abandoned: bool
    """The build before was killed, and may have left unfinished files."""

    def now(self) -> int:
        """Nanoseconds on the file system's clock, which may be another machine's."""
        os.utime(self.handle)
        return os.fstat(self.handle).st_mtime_ns


@contextmanager
def held(path: Path, *, wait: bool, on_wait: Callable[[], object]) -> Iterator[Lock]:
    """Hold the lock at `path`; if another process does, call `on_wait` and wait for it, or raise Busy."""
    handle = _open(path)
    try:
        _take(handle, path, wait=wait, on_wait=on_wait)
        abandoned = _sign(handle, path)
        yield Lock(handle, abandoned)
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _open(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as fault:
        raise CannotWrite(path, fault) from fault


def _take(handle: int, path: Path, *, wait: bool, on_wait: Callable[[], object]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if not wait:
            raise Busy(path) from None
        on_wait()
        fcntl.flock(handle, fcntl.LOCK_EX)


def _sign(handle: int, path: Path) -> bool:
    """Put our process id into the lock; whether there was one already. Raises CannotWrite: a full disk has no room even for that."""
    try:
        abandoned = os.pread(handle, 1, 0) != b""
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    except OSError as fault:
        raise CannotWrite(path, fault) from fault
    return abandoned
