"""Writes files atomically: a file appears whole or not at all.

A file is written under a temporary name in the same folder and then renamed, so a reader sees the old bytes or the new ones.
The temporary name contains the id of the writing process, so the leftovers of a killed process can be distinguished from files
that a running process is writing.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from generator.engine import digest
from generator.engine.errors import CannotWrite

PREFIX: Final = ".unfinished-"


def write(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write `content` to `path`, and create its folders if needed. Raises CannotWrite, and then leaves the old file.

    With `durable`, the bytes are on the disk before the rename. Without it, a power cut may leave an empty file. It is needed for
    files whose readers cannot detect that by a digest.
    """
    beside = path.with_name(f"{PREFIX}{os.getpid()}-{digest.of_bytes(os.fsencode(path.name))[:12]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _fill(beside, content, durable=durable)
        beside.replace(path)
    except OSError as fault:
        with suppress(OSError):
            beside.unlink()
        raise CannotWrite(path, fault) from fault
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def _fill(path: Path, content: bytes, *, durable: bool) -> None:
    path.unlink(missing_ok=True)
    with path.open("xb") as file:  # never through a link that somebody else left under this name
        file.write(content)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def sweep(folder: str | Path) -> list[Path]:
    """Remove the unfinished files of ended processes from a folder (not from its subfolders); return the removed ones."""
    removed = []
    for path in _unfinished(folder):
        if not _alive(path):
            with suppress(OSError):
                path.unlink()
                removed.append(path)
    return removed


def _unfinished(folder: str | Path) -> list[Path]:
    try:
        return [Path(entry) for entry in os.scandir(folder) if entry.name.startswith(PREFIX)]
    except OSError:
        return []


def _alive(path: Path) -> bool:
    """Whether the process that is writing this file still runs. A process of another machine counts as ended."""
    number = path.name.removeprefix(PREFIX).partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return int(number) != os.getpid()
