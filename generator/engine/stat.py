"""What `stat` says of a file, and when that may stand for having read it. Knows nothing of what is in the file.

The rule is git's for its index ("racily clean" entries, Documentation/technical/racy-git.txt): a file that changed in the same
tick of the file system's clock in which it was read may change again without its times showing it. So a stat is
*settled*, and saves reading the file, only if the file was last touched a good while before it was read; both times are
taken from the clock of the file system, which on a network drive is another machine's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from generator.system.regular_files import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


SECOND = 1_000_000_000
TICK = 20_000_000
"""Nanoseconds: twice the coarsest tick by which Linux stamps files that have fractions of seconds."""


class FileStat(NamedTuple):
    """Size in bytes, times in nanoseconds. The change time is there for those who put the modification time back."""

    size: int
    modified: int
    changed: int
    inode: int

    @property
    def fingerprint(self) -> int:
        """The stat as one number of 64 bits, for the database. Another Python may count otherwise: then files are read anew."""
        return hash(self)


UNKNOWN = 0
"""The fingerprint that stands for no stat: the file is read whenever it matters."""

UNSTABLE = FileStat(-1, 1 << 62, 1 << 62, 0)
"""Of a file that changed while it was read; it never settles."""


def from_os(stat: os.stat_result) -> FileStat:
    return FileStat(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def at_path(path: str | Path) -> FileStat | None:
    """Nothing if there is no such file."""
    try:
        return from_os(os.stat(path))  # noqa: PTH116 - called ten thousands of times; Path costs more than the call
    except (OSError, ValueError):
        return None


def changed_files(folder: str, fingerprints: Iterable[tuple[str, int]]) -> list[str]:
    """Of paths, relative to a folder, and fingerprints: the paths whose files are not there or not as fingerprinted.

    The loop that a build with nothing to do spends its time in: hence no calls in it but the two that it is about.
    """
    stat, changed = os.stat, []
    for path, fingerprint in fingerprints:
        try:
            found = stat(path if path[:1] == "/" else f"{folder}/{path}")
        except (OSError, ValueError):
            changed.append(path)
            continue
        if hash((found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)) != fingerprint:
            changed.append(path)
    return changed


def settled_fingerprint(stat: FileStat, now: int) -> int:
    """The fingerprint if the stat may be trusted at `now` (the file system's clock, nanoseconds), or else `UNKNOWN`."""
    youngest = max(stat.modified, stat.changed)
    return stat.fingerprint if youngest + granularity(stat.modified) < now else UNKNOWN


def granularity(modified: int) -> int:
    """Nanoseconds within which two changes may look the same: two seconds where times have no fractions (FAT's)."""
    return TICK if modified % SECOND else 2 * SECOND


def read_with_stat(path: str | Path, *, tries: int = 5) -> tuple[bytes, FileStat]:
    """A file's bytes and the stat that they belong to: `UNSTABLE` if the file kept changing while it was read.

    Raises OSError as `open_regular` does: also for what is no regular file.
    """
    content = b""
    for _ in range(tries):
        with open_regular(path) as file:
            before = from_os(os.fstat(file.fileno()))
            content = file.read() or b""  # nothing yet, in a file of /proc that one has to wait for
            after = from_os(os.fstat(file.fileno()))
        if before == after and len(content) == after.size:
            return content, after
    return content, UNSTABLE
