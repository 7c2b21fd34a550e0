"""Output files: checks, writes and removes them.

The database names these files, and somebody else may have written it. So a path must stay inside the output folder, also
through symbolic links, and only a regular file is read, replaced or removed.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from generator.engine import atomic, digest
from generator.engine.db import Database
from generator.engine.errors import CannotWrite
from generator.engine.plain_data import within
from generator.engine.stat import UNSTABLE, at_path, read_with_stat


class Outputs:
    """The output folder, for one run."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self._folder = folder
        self._altered = set(db.outputs)
        """Outputs that are not as the build made them; all, until they are checked."""

    @property
    def folder(self) -> str:
        return str(self._folder)

    def altered(self, changed: Iterable[str]) -> set[str]:
        """Return the outputs that are missing or whose bytes have changed. `changed` are those whose stat has."""
        self._altered = {path for path in changed if not self._as_made(path)}
        return set(self._altered)

    def intact(self, path: str, expected: str) -> bool:
        """Whether an output exists, was made by the build and has this digest."""
        if self._db.outputs.get(path) != expected:
            return False
        stat = at_path(self._folder / path)
        return stat is not None and (stat.fingerprint == self._db.output_fingerprints.get(path) or self._as_made(path))

    def intact_below(self, folder: str) -> dict[str, str]:
        """Return the digests of the outputs in a folder that were as the build made them when `altered` checked them, or were written
        since then, by path.
        """
        made = [path for path in self._db.outputs.keys() - self._altered if path.startswith(f"{folder}/")]
        parents = [path.rpartition("/")[0] for path in made]
        linked = {parent for parent in set(parents) if not self._without_links(parent)}
        pairs = zip(made, parents, strict=True)
        return {path: self._db.outputs[path] for path, parent in pairs if parent not in linked}

    def write(self, path: str, target: str, content: bytes) -> bool:
        """Write an output; return False if it exists with the same bytes. Raises CannotWrite."""
        if not self._inside(path):
            raise CannotWrite(self._folder / path, OSError(errno.EPERM, "a link leads out of the output folder"))
        if not _replaceable(self._folder / path):
            raise CannotWrite(self._folder / path, OSError(errno.EPERM, "something other than a file is in its place"))
        current = digest.of_bytes(content)
        if self.intact(path, current):
            self._altered.discard(path)
            self._db.own(path, target, current)
            return False
        atomic.write(self._folder / path, content)
        self._altered.discard(path)
        self._db.own(path, target, current)
        self._db.saw_output(path, at_path(self._folder / path) or UNSTABLE)
        return True

    def remove(self, path: str) -> bool:
        """Remove an output and the folders that become empty; return False if it was changed or cannot be removed."""
        place = self._folder / path
        if not self._inside(path):
            self._db.disown(path)
            return False
        if os.path.lexists(place):
            if not _replaceable(place) or not self.intact(path, self._db.outputs[path]):
                self._db.disown(path)
                return False
            try:
                place.unlink()
            except OSError:
                return False
        self._db.disown(path)
        self._remove_empty(place.parent)
        return True

    def _as_made(self, path: str) -> bool:
        """Read a file whose stat has changed. If its bytes have not, record the new stat."""
        try:
            content, stat = read_with_stat(self._folder / path)
        except OSError:
            return False
        if digest.of_bytes(content) != self._db.outputs.get(path):
            return False
        self._db.saw_output(path, stat)
        return True

    def _inside(self, path: str) -> bool:
        """Whether the folder of an output is below the output folder, without a link on the way."""
        folder = os.path.dirname(path)  # noqa: PTH120 - compared as text with what `realpath` gives
        return within(path) and self._without_links(folder)

    def _without_links(self, folder: str) -> bool:
        """Whether a folder below the output folder, relative to it, is not reached through a link."""
        place = f"{self._folder}/{folder}".rstrip("/")
        return os.path.realpath(place) == place

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):
            while folder != self._folder:
                folder.rmdir()
                folder = folder.parent


def _replaceable(place: Path) -> bool:
    """Whether the path is free, a regular file or a link. For a folder, `open` raises the error."""
    try:
        mode = os.lstat(place).st_mode
    except OSError:
        return True
    return S_ISREG(mode) or S_ISLNK(mode) or S_ISDIR(mode)
