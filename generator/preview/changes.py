"""Watches the files of a project for changes.

Three folders and the citation styles next to them are watched, never the whole project, which may contain a virtual environment
with a hundred thousand files. Folders can be replaced (a branch is checked out, a backup is restored), and the system does not
report that for a watched folder itself. So twice a second the program checks whether they are still the same.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

FOLDERS = ("briefs", "templates", "captures")
TICK = 500
"""Milliseconds between two checks of the folders themselves."""
QUIET = 10
"""Milliseconds without a further change that end a burst."""
BURST = 200
"""Milliseconds after which a burst that has not ended is reported."""

Ground = dict[str, tuple[int, ...]]
"""Identity of a watched folder, or of a citation style next to it."""


def changes(folder: Path, stop: Event) -> Iterator[frozenset[str]]:
    """Yield the paths that changed together, relative to the project folder, until `stop` is set.

    Every change of a fact file is reported, also of a half-saved one; temporary files of editors are not. A new folder is
    reported a second time when its changes have ended, because the system does not report files that were created before it
    watched the folder; then all folders are watched anew.
    """
    ground, unseen, polling = _ground(folder), frozenset[str](), False
    while not stop.is_set():
        try:
            for batch in _watch(folder, stop, polling=polling):
                now = _ground(folder)
                moved = _differing(ground, now)
                paths = frozenset(_told(folder, batch)) | moved
                ground = now
                if paths:
                    yield paths
                    unseen |= {path for path in paths if (folder / path).is_dir()}
                elif unseen and not batch:
                    yield unseen
                    unseen = frozenset()
                    break
                if moved & set(FOLDERS):
                    break
        except FileNotFoundError:
            stop.wait(TICK / 1000)
        except OSError:  # the system's limit of watched folders is reached
            polling = True


def matters(path: str) -> bool:
    """Whether a change of this file can change a brief. Temporary files of editors cannot."""
    *_, name = parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts)
    editors = name.endswith(("~", ".swp", ".tmp", ".bak")) or name.startswith("#") or name == "4913"
    return not hidden and not editors and "__pycache__" not in parts


def _watch(folder: Path, stop: Event, *, polling: bool) -> Iterator[Iterable[tuple[int, str]]]:
    """Yield batches of changes, an empty one at least every TICK."""
    from watchfiles import watch

    places = [folder / name for name in FOLDERS if (folder / name).is_dir()]
    if not places:
        stop.wait(TICK / 1000)
        return iter([()])
    return watch(
        *places,
        watch_filter=None,
        step=QUIET,
        debounce=BURST,
        rust_timeout=TICK,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=polling or None,
        ignore_permission_denied=True,
    )


def _told(folder: Path, batch: Iterable[tuple[int, str]]) -> Iterator[str]:
    for _, place in batch:
        path = os.path.relpath(place, folder)
        if matters(path) and ("." in Path(path).name or Path(place).is_dir()):  # sed writes `sedX3kT9a` and renames it
            yield path


def _ground(folder: Path) -> Ground:
    ground: Ground = {}
    for name in FOLDERS:
        with suppress(OSError):
            stat = (folder / name).stat()
            ground[name] = (stat.st_dev, stat.st_ino)
    for style in folder.glob("*.csl"):
        with suppress(OSError):
            stat = style.stat()
            ground[style.name] = (stat.st_size, stat.st_mtime_ns)
    return ground


def _differing(before: Ground, now: Ground) -> frozenset[str]:
    return frozenset(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
