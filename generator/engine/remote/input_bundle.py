"""Bundle of the files and folder listings that are sent to a remote worker.

A worker receives the files that a step will probably read. Other files that the step asks for are returned as *lacking*, packed,
and the step runs again. So nothing has to be declared, and a wrong guess costs only time.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from generator.engine import digest
from generator.engine.stat import FileStat, read_with_stat
from generator.engine.trace import ReadKind, folder_names, place

INSTALLED = "installed:"
"""Prefix, in a worker's trace, of a file of an installed package; the rest is relative to the folder of packages."""


class Want(NamedTuple):
    """A file or folder that a step asks for."""

    kind: ReadKind
    path: str
    """Relative to the root."""


@dataclass(frozen=True, slots=True)
class InputBundle:
    """Files and folders by their paths relative to the root."""

    files: Mapping[str, bytes | int] = field(default_factory=dict)
    """Their bytes, or the system's error number if they cannot be read (usually because they do not exist)."""
    folders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The sorted names in each."""

    def __or__(self, other: InputBundle) -> InputBundle:
        return InputBundle({**self.files, **other.files}, {**self.folders, **other.folders})

    @property
    def digest(self) -> str:
        files = {
            path: digest.of_bytes(content) if isinstance(content, bytes) else content
            for path, content in self.files.items()
        }
        return digest.of_plain([files, dict(self.folders)])


class Bundler:
    """Packs bundles from a folder of this machine, and records the stat of each file when it was read."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.stats: dict[str, tuple[FileStat, str]] = {}
        """By path: the stat and digest of each file, for traces."""

    def pack(self, wants: Iterable[Want]) -> InputBundle:
        files: dict[str, bytes | int] = {}
        folders: dict[str, Sequence[str]] = {}
        for kind, path in wants:
            if not inside(path):
                continue  # the worker asks for it again, and receives the error
            if kind == ReadKind.FOLDER:
                folders[path] = folder_names(place(self._root, path))
            else:
                files[path] = self._read(path)
        return InputBundle(files, folders)

    def everything(self, paths: Iterable[str]) -> InputBundle:
        """Pack the named files, and the named folders with everything in them. Missing ones are packed as absent."""
        return self.pack(want for path in paths for want in self._below(path))

    def _below(self, path: str) -> Iterator[Want]:
        top = Path(self._root, path)
        if not top.is_dir():
            yield from (Want(ReadKind.FILE, path), Want(ReadKind.FOLDER, path))
            return
        yield Want(ReadKind.FOLDER, path)
        for each in sorted(top.rglob("*")):
            kind = ReadKind.FOLDER if each.is_dir() else ReadKind.FILE
            yield Want(kind, each.relative_to(self._root).as_posix())

    def _read(self, path: str) -> bytes | int:
        try:
            content, stat = read_with_stat(place(self._root, path))
        except OSError as fault:
            return fault.errno or errno.EIO
        self.stats[path] = (stat, digest.of_bytes(content))
        return content


def inside(path: str) -> bool:
    """Whether a path is relative and does not leave its folder."""
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def installed_name(path: str) -> str | None:
    """Return a name for a file of an installed package that is valid on every machine; None for other files."""
    for folder in package_folders():
        if path.startswith(f"{folder}/"):
            return INSTALLED + path.removeprefix(f"{folder}/")
    return None


def installed_place(name: str) -> str | None:
    """Return the path of the file with that name on this machine, if it exists."""
    rest = name.removeprefix(INSTALLED)
    return next((path for folder in package_folders() if os.path.isfile(path := f"{folder}/{rest}")), None)  # noqa: PTH113


@lru_cache(maxsize=1)
def package_folders() -> tuple[str, ...]:
    """Return the folders of packages, deepest first, also with links resolved."""
    named = [os.path.abspath(folder) for folder in sys.path if folder]  # noqa: PTH100 - strings, and not through links
    both = dict.fromkeys([*named, *map(os.path.realpath, named)])
    return tuple(sorted((folder for folder in both if folder != "/"), key=len, reverse=True))
