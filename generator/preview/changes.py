"""What changes in a project folder while somebody writes in it. Knows names of files and folders, nothing of what is in them.

Three folders are watched, and the citation styles beside them; never the whole project, which may hold a virtual environment
of a hundred thousand files. Folders come and go (a branch is checked out, a backup is put back), which the system does not
tell of a folder that is itself watched: so twice a second it is looked whether they are the same as before.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

FOLDERS = ("briefs", "templates", "captures")
TICK = 500
"""Milliseconds between two looks at the folders themselves."""
QUIET = 10
"""Milliseconds without a further change that end a burst."""
BURST = 200
"""Milliseconds that a burst may last before it is told of all the same."""

Ground = dict[str, tuple[int, ...]]
"""What tells whether a watched folder, or a citation style beside it, is still the same."""


def changes(folder: Path, stop: Event) -> Iterator[frozenset[str]]:
    """Yield the paths that changed together, relative to the project folder, until `stop` is set.

    A fact file counts whatever is in it, half-saved or not; what an editor keeps beside it never does. New folders are
    named a second time when they have come to rest: what was put into them before the system watched them is not told of,
    nor watched, so everything is watched afresh then.
    """
    ground, unseen, polling = _ground(folder), frozenset[str](), False
    while not stop.is_set():
        try:
            for batch in _watch(folder, stop, polling=polling):
                now = _ground(folder)
                moved = _differing(ground, now)
                found = frozenset(_told(folder, batch)) | moved
                ground = now
                if found:
                    yield found
                    unseen |= {path for path in found if (folder / path).is_dir()}
                elif unseen and not batch:
                    yield unseen
                    unseen = frozenset()
                    break
                if moved & set(FOLDERS):
                    break
        except FileNotFoundError:
            stop.wait(TICK / 1000)
        except OSError:  # the system watches no more folders for this user
            polling = True


def matters(path: str) -> bool:
    """Whether a change of this file can change a brief; not those that editors keep beside the one being edited."""
    *_, name = parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts)
    editors = name.endswith(("~", ".swp", ".tmp", ".bak")) or name.startswith("#") or name == "4913"
    return not hidden and not editors and "__pycache__" not in parts


def _watch(folder: Path, stop: Event, *, polling: bool) -> Iterator[Iterable[tuple[int, str]]]:
    """Batches of changes; an empty one at least every TICK."""
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
    found: Ground = {}
    for name in FOLDERS:
        with suppress(OSError):
            stat = (folder / name).stat()
            found[name] = (stat.st_dev, stat.st_ino)
    for style in folder.glob("*.csl"):
        with suppress(OSError):
            stat = style.stat()
            found[style.name] = (stat.st_size, stat.st_mtime_ns)
    return found


def _differing(before: Ground, now: Ground) -> frozenset[str]:
    return frozenset(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
