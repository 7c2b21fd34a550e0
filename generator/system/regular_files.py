"""Opens and reads regular files only.

A FIFO blocks for ever, a device may never end, and a sparse file may be larger than memory. All of them raise `OSError` at once, as
if the file could not be opened.
"""

from __future__ import annotations

import errno
import os
from io import BufferedReader
from pathlib import Path
from stat import S_ISDIR, S_ISREG

MAX_BYTES = 1 << 29
"""Size of the largest file that is read: half a gibibyte."""


def open_regular(path: str | Path, max_bytes: int = MAX_BYTES) -> BufferedReader:
    """Open a file for reading. Raises OSError as `open` does, and for a FIFO, a device, a socket, or a file above `max_bytes`."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except ValueError as fault:  # a name that is invalid for files
        raise OSError(errno.EINVAL, "not a name of a file", str(path)) from fault
    try:
        stat = os.fstat(handle)
        if S_ISDIR(stat.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not S_ISREG(stat.st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        if stat.st_size > max_bytes:
            raise OSError(errno.EFBIG, f"larger than {max_bytes:,} bytes", str(path))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: str | Path, max_bytes: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file. Raises OSError as `open_regular` does."""
    with open_regular(path, max_bytes) as file:
        content = file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise OSError(errno.EFBIG, f"larger than {max_bytes:,} bytes", str(path))
    return content


def reason_of(error: OSError) -> str:
    """Return why a file cannot be opened, read or written, as the end of a sentence: `no such file or directory`."""
    return (error.strerror or str(error)).lower()


def refuse_outside(folder: str | Path, file: str) -> None:
    """Raise OSError if a file, named relative to a folder, is outside it, through a link or `..`."""
    home, place = os.path.realpath(folder), os.path.realpath(f"{folder}/{file}")
    if not place.startswith(f"{home.rstrip('/')}/"):
        raise OSError(errno.EPERM, "it leads out of the project folder", file)
