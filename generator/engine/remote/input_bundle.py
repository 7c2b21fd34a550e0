"""What travels to a worker that shares no disk with us: the bytes of files, and what is in folders. Knows not how it travels.

A worker is given what a step will likely read. What else the step asks for comes back as *lacking*, is packed, and the step
runs again; so nothing has to be declared here either, and a guess costs time only.
"""

from __future__ import annotations

import errno
import os
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from generator.engine import digest
from generator.engine.stat import FileStat, read_with_stat
from generator.engine.trace import Kind, folder_names, place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


INSTALLED = "installed:"
"""Before the name, in a worker's trace, of a file that came with an installed package: relative to where packages lie there."""


class Want(NamedTuple):
    """A file or a folder that a step asks for."""

    kind: Kind
    path: str
    """Relative to the root."""


@dataclass(frozen=True, slots=True)
class InputBundle:
    """Files and folders by their paths relative to the root."""

    files: Mapping[str, bytes | int] = field(default_factory=dict)
    """Their bytes, or the system's error number for those that cannot be read (mostly: are not there)."""
    folders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The sorted names in each."""

    def __or__(self, other: InputBundle) -> InputBundle:
        return InputBundle({**self.files, **other.files}, {**self.folders, **other.folders})

    @property
    def digest(self) -> str:
        files = {
            path: digest.of_bytes(found) if isinstance(found, bytes) else found for path, found in self.files.items()
        }
        return digest.of_plain([files, dict(self.folders)])


class Bundler:
    """Packs bundles from a folder of this machine, and remembers what `stat` said of each file when it was read."""

    def __init__(self, root: str) -> None:
        self._root = root
        self.stats: dict[str, tuple[FileStat, str]] = {}
        """By path: what a trace that rests on the file needs to know of it."""

    def pack(self, wants: Iterable[Want]) -> InputBundle:
        files: dict[str, bytes | int] = {}
        folders: dict[str, Sequence[str]] = {}
        for kind, path in wants:
            if not inside(path):
                continue  # the worker will ask for it once more, and be told that it cannot be had
            if kind == Kind.FOLDER:
                folders[path] = folder_names(place(self._root, path))
            else:
                files[path] = self._read(path)
        return InputBundle(files, folders)

    def everything(self, paths: Iterable[str]) -> InputBundle:
        """Pack the files named, and folders with all that is in them. What is not there is packed as absent."""
        return self.pack(want for path in paths for want in self._below(path))

    def _below(self, path: str) -> Iterator[Want]:
        top = Path(self._root, path)
        if not top.is_dir():
            yield from (Want(Kind.FILE, path), Want(Kind.FOLDER, path))
            return
        yield Want(Kind.FOLDER, path)
        for found in sorted(top.rglob("*")):
            kind = Kind.FOLDER if found.is_dir() else Kind.FILE
            yield Want(kind, found.relative_to(self._root).as_posix())

    def _read(self, path: str) -> bytes | int:
        try:
            content, stat = read_with_stat(place(self._root, path))
        except OSError as fault:
            return fault.errno or errno.EIO
        self.stats[path] = (stat, digest.of_bytes(content))
        return content


def inside(path: str) -> bool:
    """Whether a path is relative and stays below what it is relative to."""
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")


def installed_name(path: str) -> str | None:
    """Name a file of an installed package so that another machine, with its packages elsewhere, finds its own; or None."""
    for folder in package_folders():
        if path.startswith(f"{folder}/"):
            return INSTALLED + path.removeprefix(f"{folder}/")
    return None


def installed_place(name: str) -> str | None:
    """Where the file of that name is on this machine, if it is."""
    rest = name.removeprefix(INSTALLED)
    return next((path for folder in package_folders() if os.path.isfile(path := f"{folder}/{rest}")), None)  # noqa: PTH113


@lru_cache(maxsize=1)
def package_folders() -> tuple[str, ...]:
    """Where Python looks for packages, deepest first, also as links lead."""
    named = [os.path.abspath(folder) for folder in sys.path if folder]  # noqa: PTH100 - strings, and not through links
    both = dict.fromkeys([*named, *map(os.path.realpath, named)])
    return tuple(sorted((folder for folder in both if folder != "/"), key=len, reverse=True))
