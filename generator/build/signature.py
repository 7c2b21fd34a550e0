"""What `stat` says of a file, and when that may stand for having read it. Knows nothing of what is in the file.

The rule is git's for its index ("racily clean" entries, Documentation/technical/racy-git.txt): a file that changed in the same
tick of the file system's clock in which it was read may change again without its times showing it. So a signature is
*settled*, and saves reading the file, only if the file was last touched a good while before it was read; both times are
taken from the clock of the file system, which on a network drive is another machine's.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from generator.regular import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECOND = 1_000_000_000
TICK = 20_000_000
"""Nanoseconds: twice the coarsest tick by which Linux stamps files that have fractions of seconds."""


class Signature(NamedTuple):
    """Size in bytes, times in nanoseconds. The change time is there for those who put the modification time back."""

    size: int
    modified: int
    changed: int
    inode: int

    @property
    def mark(self) -> int:
        """The signature as one number of 64 bits, for the state. Another Python may count otherwise: then files are read anew."""
        return hash(self)


UNKNOWN = 0
"""The mark that stands for no signature: the file is read whenever it matters."""

UNSTABLE = Signature(-1, 1 << 62, 1 << 62, 0)
"""Of a file that changed while it was read; it never settles."""


def of_stat(stat: os.stat_result) -> Signature:
    return Signature(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def of_path(path: str | Path) -> Signature | None:
    """Nothing if there is no such file."""
    try:
        return of_stat(os.stat(path))  # noqa: PTH116 - called ten thousands of times; Path costs more than the call
    except (OSError, ValueError):
        return None


def changed_files(folder: str, marks: Iterable[tuple[str, int]]) -> list[str]:
    """Of paths, relative to a folder, and marks: the paths whose files are not there or not as marked.

    The loop that a build with nothing to do spends its time in: hence no calls in it but the two that it is about.
    """
    stat, changed = os.stat, []
    for path, mark in marks:
        try:
            found = stat(path if path[:1] == "/" else f"{folder}/{path}")
        except (OSError, ValueError):
            changed.append(path)
            continue
        if hash((found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)) != mark:
            changed.append(path)
    return changed


def settled_mark(signature: Signature, now: int) -> int:
    """The mark if the signature may be trusted at `now` (the file system's clock, nanoseconds), or else `UNKNOWN`."""
    youngest = max(signature.modified, signature.changed)
    return signature.mark if youngest + granularity(signature.modified) < now else UNKNOWN


def granularity(modified: int) -> int:
    """Nanoseconds within which two changes may look the same: two seconds where times have no fractions (FAT's)."""
    return TICK if modified % SECOND else 2 * SECOND


def read_settled(path: str | Path, *, tries: int = 5) -> tuple[bytes, Signature]:
    """A file's bytes and the signature that they belong to: `UNSTABLE` if the file kept changing while it was read.

    Raises OSError as `open_regular` does: also for what is no regular file.
    """
    content = b""
    for _ in range(tries):
        with open_regular(path) as file:
            before = of_stat(os.fstat(file.fileno()))
            content = file.read() or b""  # nothing yet, in a file of /proc that one has to wait for
            after = of_stat(os.fstat(file.fileno()))
        if before == after and len(content) == after.size:
            return content, after
    return content, UNSTABLE
