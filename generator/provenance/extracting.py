"""Unpacking a brief's attachments as a project folder that builds the same PDF. Knows no PDF.

Paths come from the manifest and have been held against the list of what is ever attached; here they are only joined.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path


class Occupied(Exception):
    """There is something where the project should go; nothing was written."""


def lay_out(files: Mapping[str, bytes], folder: Path) -> tuple[str, ...]:
    """Write files by their paths into a folder that is new or empty: all of them or none; what was written, sorted.

    Raises Occupied, and OSError where the disk does not let it.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Occupied(f"{folder} exists already and is not empty")
    try:
        for path, data in sorted(files.items()):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as file:
                file.write(data)
    except OSError:
        for written in folder.iterdir() if folder.is_dir() else ():  # it was empty
            shutil.rmtree(written) if written.is_dir() else written.unlink()
        raise
    return tuple(sorted(files))
