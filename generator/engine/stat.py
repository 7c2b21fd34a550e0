"""Stat of a file, and when it can replace reading the file.

The rule is git's for its index ("racily clean" entries, Documentation/technical/racy-git.txt): a file that changed in the same
tick of the file system's clock in which it was read may change again without a change of its times. So a stat is *settled*, and
replaces reading the file, only if the file was last changed well before it was read. Both times come from the clock of the file
system, which on a network drive is another machine's.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from generator.system.regular_files import open_regular

SECOND = 1_000_000_000
TICK = 20_000_000
"""In nanoseconds: twice the coarsest tick of Linux's file times with fractions of seconds."""


class FileStat(NamedTuple):
    """Size in bytes, times in nanoseconds. The change time detects files whose modification time was set back."""

    size: int
    modified: int
    changed: int
    inode: int

    @property
    def fingerprint(self) -> int:
        """The stat as one 64-bit number, for the database. Another Python may compute another one; files are then read again."""
        return hash(self)


UNKNOWN = 0
"""Fingerprint of no stat: the file is always read."""

UNSTABLE = FileStat(-1, 1 << 62, 1 << 62, 0)
"""Stat of a file that changed while it was read; it never settles."""


def from_os(stat: os.stat_result) -> FileStat:
    return FileStat(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def at_path(path: str | Path) -> FileStat | None:
    """Return the stat of a file; None if there is no such file."""
    try:
        return from_os(os.stat(path))  # noqa: PTH116 - called ten thousands of times; Path costs more than the call
    except (OSError, ValueError):
        return None


def changed_files(folder: str, fingerprints: Iterable[tuple[str, int]]) -> list[str]:
    """Find files that are missing or whose stat has changed. Paths are relative to a folder.

    A build with nothing to do spends its time in this loop, so it makes only the two calls that it needs.
    """
    stat, changed = os.stat, []
    for path, fingerprint in fingerprints:
        try:
            current = stat(path if path[:1] == "/" else f"{folder}/{path}")
        except (OSError, ValueError):
            changed.append(path)
            continue
        if hash((current.st_size, current.st_mtime_ns, current.st_ctime_ns, current.st_ino)) != fingerprint:
            changed.append(path)
    return changed


def settled_fingerprint(stat: FileStat, now: int) -> int:
    """Return the fingerprint if the stat is settled at `now` (the file system's clock, nanoseconds), or else `UNKNOWN`."""
    youngest = max(stat.modified, stat.changed)
    return stat.fingerprint if youngest + granularity(stat.modified) < now else UNKNOWN


def granularity(modified: int) -> int:
    """Return the nanoseconds in which two changes may look the same: two seconds if times have no fractions (FAT)."""
    return TICK if modified % SECOND else 2 * SECOND


TRIES = 5
"""How often a file that changes is read."""


def read_with_stat(path: str | Path) -> tuple[bytes, FileStat]:
    """Return a file's bytes and the stat that belongs to them, `UNSTABLE` if the file changed while it was read.

    Raises OSError as `open_regular` does, also if it is not a regular file.
    """
    content = b""
    for _ in range(TRIES):
        with open_regular(path) as file:
            before = from_os(os.fstat(file.fileno()))
            content = file.read() or b""  # no data yet, in a file of /proc that blocks
            after = from_os(os.fstat(file.fileno()))
        if before == after and len(content) == after.size:
            return content, after
    return content, UNSTABLE
