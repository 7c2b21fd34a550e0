"""Files that the build made: whether they are as it left them, writing them, taking them away. Knows nothing of steps."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.build import atomic, digest
from generator.build.signature import of_path, read_settled, settled

if TYPE_CHECKING:
    from generator.build.state import State


class Outputs:
    """The output folder, for one run; `now` is the file system's clock at its start, in nanoseconds."""

    def __init__(self, state: State, folder: Path, now: int) -> None:
        self._state = state
        self._folder = folder
        self._now = now

    def altered(self) -> set[str]:
        """The outputs that are not there as they were written."""
        base = str(self._folder)
        return {
            path
            for path, row in self._state.outputs.signatures.items()
            if of_path(f"{base}/{path}") != row and not self._reread(path)
        }

    def intact(self, path: str, expected: str) -> bool:
        """Whether an output is there, made by the build, and has this digest."""
        if self._state.outputs.digests.get(path) != expected:
            return False
        return of_path(self._folder / path) == self._state.outputs.signatures[path] or self._reread(path)

    def write(self, path: str, target: str, content: bytes) -> bool:
        """Bring an output about; false if it was there already. Raises CannotWrite."""
        found = digest.of_bytes(content)
        if self.intact(path, found):
            self._state.hand_over(path, target)
            return False
        atomic.write(self._folder / path, content)
        signature = of_path(self._folder / path)
        if signature is not None:
            self._state.own(path, target, signature, found)
        return True

    def remove(self, path: str) -> bool:
        """Take an output away, with folders that it leaves empty; false if it is not as the build left it."""
        place = self._folder / path
        there = place.is_symlink() or place.exists()
        if there and not self.intact(path, self._state.outputs.digests[path]):
            self._state.disown(path)
            return False
        with suppress(FileNotFoundError):
            try:
                place.unlink()
            except FileNotFoundError:
                raise
            except OSError:
                return False
        self._state.disown(path)
        self._remove_empty(place.parent)
        return True

    def _reread(self, path: str) -> bool:
        """Whether a file whose signature differs has the recorded bytes all the same; then it is known by the new one."""
        try:
            content, signature = read_settled(self._folder / path)
        except OSError:
            return False
        if digest.of_bytes(content) != self._state.outputs.digests[path]:
            return False
        self._state.outputs.signatures[path] = settled(signature, self._now)
        self._state.changed = True
        return True

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):
            while folder != self._folder:
                folder.rmdir()
                folder = folder.parent


def within(path: str) -> bool:
    """Whether a path stays in the folder that it is relative to."""
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and pure.as_posix() == path
