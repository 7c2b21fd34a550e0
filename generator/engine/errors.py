"""What ends a build: wrong use and a folder that cannot be written. What ends one target only is a `Failure`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class BuildError(Exception):
    """A user's fault that ends the run; the message is one sentence for people."""


class Busy(BuildError):
    """Another build holds the lock of this folder."""

    def __init__(self, lock: Path) -> None:
        super().__init__(f"another build is running in {lock.parent}")


class CannotWrite(BuildError):
    """The disk is full, or the place is read-only, or in the way."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"cannot write {path}: {(fault.strerror or str(fault)).lower()}")
        self.path = path


class DuplicateTarget(BuildError):
    def __init__(self, name: str) -> None:
        super().__init__(f"two targets are called {name}")
