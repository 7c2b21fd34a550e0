"""Files that the build made: whether they are as it left them, writing them, taking them away.

Which files these are is read from the database, which somebody else may have written. So a path counts only where it stays inside
the output folder, also through symbolic links, and only a regular file is read, replaced or removed.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING

from generator.engine import atomic, digest
from generator.engine.errors import CannotWrite
from generator.engine.plain_data import within
from generator.engine.stat import UNSTABLE, at_path, read_with_stat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.engine.db import Database


class Outputs:
    """The output folder, for one run."""

    def __init__(self, db: Database, folder: Path) -> None:
        self._db = db
        self._folder = folder

    @property
    def folder(self) -> str:
        return str(self._folder)

    def altered(self, changed: Iterable[str]) -> list[str]:
        """Those of the outputs that are not there, or not as fingerprinted, whose bytes are not as they were made."""
        return [path for path in changed if not self._as_made(path)]

    def intact(self, path: str, expected: str) -> bool:
        """Whether an output is there, made by the build, and has this digest."""
        if self._db.outputs.get(path) != expected:
            return False
        found = at_path(self._folder / path)
        return found is not None and (
            found.fingerprint == self._db.output_fingerprints.get(path) or self._as_made(path)
        )

    def write(self, path: str, target: str, content: bytes) -> bool:
        """Bring an output about; false if it was there already. Raises CannotWrite."""
        if not self._inside(path):
            raise CannotWrite(self._folder / path, OSError(errno.EPERM, "a link leads out of the output folder"))
        if not _replaceable(self._folder / path):
            raise CannotWrite(self._folder / path, OSError(errno.EPERM, "something other than a file is in its place"))
        found = digest.of_bytes(content)
        if self.intact(path, found):
            self._db.own(path, target, found)
            return False
        atomic.write(self._folder / path, content)
        self._db.own(path, target, found)
        self._db.saw_output(path, at_path(self._folder / path) or UNSTABLE)
        return True

    def remove(self, path: str) -> bool:
        """Take an output away, with folders that it leaves empty; false if it is not as it was made, or cannot be removed."""
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
        """Read a file whose stat is another: if its bytes are as they were made, it is known by the new one."""
        try:
            content, stat = read_with_stat(self._folder / path)
        except OSError:
            return False
        if digest.of_bytes(content) != self._db.outputs.get(path):
            return False
        self._db.saw_output(path, stat)
        return True

    def _inside(self, path: str) -> bool:
        """Whether the folder of an output is where its name says: below the output folder, and no link on the way."""
        parent = os.path.dirname(f"{self._folder}/{path}")  # noqa: PTH120 - compared as text with what `realpath` gives
        return within(path) and os.path.realpath(parent) == parent

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):
            while folder != self._folder:
                folder.rmdir()
                folder = folder.parent


def _replaceable(place: Path) -> bool:
    """Whether there is nothing, a regular file or a link in this place. A folder is left for `open` to complain about."""
    try:
        mode = os.lstat(place).st_mode
    except OSError:
        return True
    return S_ISREG(mode) or S_ISLNK(mode) or S_ISDIR(mode)
