"""What a step reads, and the trace that it leaves. Knows not who compares traces, nor when.

A step gets everything from outside through `Reads`, so that its dependencies are found out, never declared ("verifying
traces" in *Build systems à la carte*). What goes through it is recorded with its digest; what the step then does with
it is the step's own affair.
"""

from __future__ import annotations

import os
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from generator.engine import digest
from generator.engine.cache import Cache
from generator.engine.stat import UNSTABLE, FileStat, read_with_stat

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Probe = Callable[[str, bytes], Mapping[str, str]]


class Kind(StrEnum):
    FILE = "file"
    ENTRY = "entry"
    FOLDER = "folder"
    VALUE = "value"


class Read(NamedTuple):
    """One line of a trace."""

    kind: str
    name: str
    """A path relative to the root; for an entry followed by `#` and its key; for a value its name."""
    digest: str


class MissingValue(LookupError):
    """A step asked for a value that was not given to the build: a mistake in the program."""


class World(NamedTuple):
    """All that a step may read. Travels to the worker with the task, so it holds plain values and functions only."""

    root: str = "."
    """Folder that paths are relative to."""
    values: Mapping[str, str] = {}
    """Named values from outside: versions, options, SOURCE_DATE_EPOCH."""
    probe: Probe | None = None
    """The digests of all entries in a file, from its path and its bytes; an entry that is not there has none.

    Called in any process, on content that may be broken: it answers with no entries then.
    """
    cache: str = ""
    """Where results are kept: a folder or an fsspec address; empty for nowhere."""
    unsaved: Mapping[str, bytes] = {}
    """By path relative to the root: bytes that stand in place of a file's own."""


class Reads:
    """Given to each step as its first argument. Every file is read once, so a step sees one version of it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._contents: dict[str, bytes | OSError] = {}
        self.trace: dict[tuple[str, str], str] = {}
        """Digest by kind and name, in the order of reading."""
        self.stats: dict[str, tuple[FileStat, str]] = {}
        """Of each file read: what `stat` said of it, and its digest."""

    @property
    def root(self) -> str:
        """The folder that paths are relative to; what is found through it and not recorded must be recorded by the step."""
        return self._world.root

    def file(self, path: str) -> bytes:
        """The bytes of a file; raises OSError when it cannot be read, which is recorded too."""
        content = self._load(path)
        found = digest.ABSENT if isinstance(content, OSError) else self.stats[path][1]
        self.trace[Kind.FILE, path] = found
        if isinstance(content, OSError):
            raise content
        return content

    def peek(self, path: str) -> bytes:
        """The bytes of a file of which the step declares each `entry` that it uses; raises OSError, recorded."""
        content = self._load(path)
        if isinstance(content, OSError):
            self.trace[Kind.FILE, path] = digest.ABSENT
            raise content
        return content

    def entry(self, path: str, key: str) -> None:
        """Record that the step used an entry of a file, or looked for it in vain."""
        content = self._load(path)
        known = {} if isinstance(content, OSError) else entry_digests(self._world.probe, path, content)
        self.trace[Kind.ENTRY, f"{path}#{key}"] = known.get(key, digest.ABSENT)

    def folder(self, path: str) -> list[str]:
        """The sorted names in a folder; none if there is no such folder."""
        names = folder_names(place(self._world.root, path))
        self.trace[Kind.FOLDER, path] = digest.of_plain(names)
        return names

    def value(self, name: str) -> str:
        """A named value that was given to the build."""
        if name not in self._world.values:
            raise MissingValue(name)
        self.trace[Kind.VALUE, name] = digest.of_text(self._world.values[name])
        return self._world.values[name]

    def peek_value(self, name: str) -> str:
        """A named value, unrecorded: for a step whose result does not depend on it."""
        if name not in self._world.values:
            raise MissingValue(name)
        return self._world.values[name]

    def cached(
        self, name: str, request: bytes, compute: Callable[[], bytes], accepts: Callable[[bytes], bool]
    ) -> bytes:
        """What `compute` answers to this request, computed once: nothing else may bear on it. `name` tells kinds apart.

        `accepts` tells whether bytes from the cache can be such an answer: somebody else may have put them there.
        """
        cache = Cache.at(self._world.cache)
        key = digest.of_plain(["cached", 2, name, digest.of_bytes(request)])
        kept = cache.get(key)
        if kept is not None and not accepts(kept):
            cache.drop(key)
            kept = None
        if kept is None:
            kept = compute()
            cache.put(key, kept)
        return kept

    def lines(self) -> tuple[Read, ...]:
        return tuple(Read(kind, name, found) for (kind, name), found in self.trace.items())

    def _load(self, path: str) -> bytes | OSError:
        if path not in self._contents:
            self._contents[path] = self._open(path)
        return self._contents[path]

    def _open(self, path: str) -> bytes | OSError:
        if path in self._world.unsaved:
            content = self._world.unsaved[path]
            self.stats[path] = (UNSTABLE, digest.of_bytes(content))
            return content
        try:
            content, stat = read_with_stat(place(self._world.root, path))
        except OSError as fault:
            return fault
        self.stats[path] = (stat, digest.of_bytes(content))
        return content


def place(root: str, path: str) -> str:
    """Where a path of a trace is on this machine."""
    return path if path.startswith("/") else f"{root}/{path}"


def folder_names(path: str) -> list[str]:
    try:
        return sorted(os.listdir(path))  # noqa: PTH208 - names are what is wanted
    except (OSError, ValueError):
        return []


@lru_cache(maxsize=32)
def entry_digests(probe: Probe | None, path: str, content: bytes) -> Mapping[str, str]:
    """What the probe says of a file, asked once a process for the same content."""
    return {} if probe is None else dict(probe(path, content))


def split_entry(name: str) -> tuple[str, str]:
    """`"briefs/sources.yaml#rise-2025"` as path and key."""
    path, _, key = name.partition("#")
    return path, key


def paths_read(trace: Sequence[Read]) -> list[str]:
    """Of the files that a trace rests on, each once, in order."""
    files = (split_entry(name)[0] if kind == Kind.ENTRY else name for kind, name, _ in trace if kind in FILE_KINDS)
    return list(dict.fromkeys(files))


FILE_KINDS = (Kind.FILE, Kind.ENTRY)
