"""Files that the build made: whether they are as it left them, writing them, taking them away. Knows nothing of steps."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from generator.build import digest
from generator.build.signature import UNSTABLE, of_path, read_settled

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from generator.build.state import State


class Outputs:
    """The output folder, for one run."""

    def __init__(self, state: State, folder: Path) -> None:
        self._state = state
        self._folder = folder

    @property
    def folder(self) -> str:
        return str(self._folder)

    def altered(self, changed: Iterable[str]) -> list[str]:
        """Those of the outputs that are not there, or not as marked, whose bytes are not as they were made."""
        return [path for path in changed if not self._as_made(path)]

    def intact(self, path: str, expected: str) -> bool:
        """Whether an output is there, made by the build, and has this digest."""
        if self._state.details.outputs.get(path) != expected:
            return False
        found = of_path(self._folder / path)
        return found is not None and (found.mark == self._state.output_marks.get(path) or self._as_made(path))

    def write(self, path: str, target: str, content: bytes) -> bool:
        """Bring an output about; false if it was there already. Raises CannotWrite."""
        found = digest.of_bytes(content)
        if self.intact(path, found):
            self._state.own(path, target, found)
            return False
        from generator.build import atomic  # here, because a build with nothing to do writes nothing

        atomic.write(self._folder / path, content)
        self._state.own(path, target, found)
        self._state.saw_output(path, of_path(self._folder / path) or UNSTABLE)
        return True

    def remove(self, path: str) -> bool:
        """Take an output away, with folders that it leaves empty; false if it is not as it was made, or cannot be removed."""
        place = self._folder / path
        if os.path.lexists(place):
            if not self.intact(path, self._state.details.outputs[path]):
                self._state.disown(path)
                return False
            try:
                place.unlink()
            except OSError:
                return False
        self._state.disown(path)
        self._remove_empty(place.parent)
        return True

    def _as_made(self, path: str) -> bool:
        """Read a file whose signature is another: if its bytes are as they were made, it is known by the new one."""
        try:
            content, signature = read_settled(self._folder / path)
        except OSError:
            return False
        if digest.of_bytes(content) != self._state.details.outputs.get(path):
            return False
        self._state.saw_output(path, signature)
        return True

    def _remove_empty(self, folder: Path) -> None:
        with suppress(OSError):
            while folder != self._folder:
                folder.rmdir()
                folder = folder.parent


def within(path: str) -> bool:
    """Whether a path stays in the folder that it is relative to."""
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts and pure.as_posix() == path
