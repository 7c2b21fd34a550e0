"""Errors that end a build. An error that ends one target only is a `Failure`.

A module of its own, because every other one of the engine may raise them.
"""

from __future__ import annotations

from pathlib import Path

from generator.system.regular_files import reason_of


class BuildError(Exception):
    """An error that a user can correct and that ends the run. The message is one sentence."""


class CannotWrite(BuildError):
    """The disk is full, the folder is read-only, or something else has the name."""

    def __init__(self, path: Path, fault: OSError) -> None:
        super().__init__(f"cannot write {path}: {reason_of(fault)}")
        self.path = path


class DuplicateTarget(BuildError):
    def __init__(self, name: str) -> None:
        super().__init__(f"two targets are called {name}")
