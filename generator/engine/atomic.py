"""Write files so that they appear whole or not at all. Knows not what is in them.

A file is written beside its place, then renamed over it: a reader sees the old bytes or the new ones. Names of unfinished
files carry the id of the process that writes them, so that what a killed one left behind can be told from what a living
one is writing.
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
    """Put `content` at `path`, making folders as needed; raises CannotWrite and leaves what was there.

    `durable` waits until the bytes are on the disk before the rename, for files whose loss to a power cut would be
    believed: without it, a cut may leave an empty file, which its digest betrays.
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
    with path.open("wb") as file:
        file.write(content)
        if durable:
            file.flush()
            os.fsync(file.fileno())


def sweep(folder: str | Path) -> list[Path]:
    """Remove what processes that are no more left unfinished in a folder (not below it); what was removed."""
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
    """Whether the process that began this file still runs; another machine's counts as gone."""
    number = path.name.removeprefix(PREFIX).partition("-")[0]
    try:
        os.kill(int(number), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return int(number) != os.getpid()
