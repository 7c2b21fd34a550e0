"""Caches `versions()` until something that they depend on has changed.

To ask the libraries, they must be loaded, which takes longer than the rest of a small build with nothing to do. So the versions are
cached in the engine's folder, with the paths of the dynamic linker and Python and the stats of the libraries. If a library is
missing or its file is unknown, the libraries are asked each time.
"""

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

from generator import __version__
from generator.pipeline.versions import LIBRARIES, can_draw, versions
from generator.system.regular_files import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LINKER_CACHE = "/etc/ld.so.cache"
"""Rewritten by `ldconfig` whenever a library is installed (glibc)."""

SETTLED = 2_000_000_000
"""Nanoseconds for which a file must be unchanged before its times are trusted; some file systems count in seconds."""


def known_versions(memo: Path) -> dict[str, str]:
    """Return the result of `versions`; `memo` is the file to cache it in, if its folder exists."""
    with suppress(
        OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError
    ):  # it does not exist, or is damaged
        stored = json.loads(read_regular(memo))
        if stored["grounds"] == _grounds(stored["libraries"])[0]:
            remembered = dict(stored["versions"])
            if set(map(type, remembered.values())) == {str}:
                return remembered
    current, libraries = versions(), _loaded()
    grounds, youngest = _grounds(libraries)
    settled = os.path.exists(LINKER_CACHE) and youngest + SETTLED < time.time_ns()  # noqa: PTH110
    if can_draw(current) and settled and memo.parent.is_dir():
        _keep(memo, {"versions": current, "libraries": libraries, "grounds": grounds})
    return current


def _keep(memo: Path, content: object) -> None:
    from generator.engine import CannotWrite, atomic

    with suppress(CannotWrite):  # a missing cache only costs time
        atomic.write(memo, json.dumps(content).encode())


def _loaded() -> list[str]:
    """Return where the linker found the loaded libraries: folder and requested name."""
    with suppress(OSError), open("/proc/self/maps", encoding="utf-8", errors="replace") as lines:  # noqa: PTH123
        folders = {os.path.split(f"/{line.partition('/')[2].strip()}") for line in lines}
        return sorted(
            {f"{folder}/{asked}" for folder, name in folders for asked in LIBRARIES if name.startswith(asked)}
        )
    return []


def _grounds(libraries: Iterable[str]) -> tuple[str, int]:
    """Return a text that changes when the versions may change, and the time of the latest change in it, in nanoseconds."""
    searched = os.environ.get("LD_LIBRARY_PATH", "")
    folders = [*sys.path, *filter(None, searched.split(":")), f"{sys.prefix}/lib", f"{sys.base_prefix}/lib"]
    lines = [__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION, searched, os.environ.get("LD_PRELOAD", "")]
    youngest = 0
    for path in (LINKER_CACHE, *folders, *libraries):
        try:
            stat = os.stat(path or ".")  # noqa: PTH116 - asked on every run; Path takes thrice the time
        except OSError:
            lines.append(f"{path} -")
        else:
            lines.append(f"{path} {stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino}")
            youngest = max(youngest, stat.st_mtime_ns, stat.st_ctime_ns)
    return "\n".join(lines), youngest
