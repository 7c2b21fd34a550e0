"""Reads of a step, and the trace that records them.

A step gets everything from outside through `Reads`, so its dependencies are recorded, never declared ("verifying traces" in
*Build systems à la carte*). Each read is recorded with its digest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from generator.engine import digest
from generator.engine.cache import Cache
from generator.engine.stat import UNSTABLE, FileStat, read_with_stat

Probe = Callable[[str, bytes], Mapping[str, str]]


class ReadKind(StrEnum):
    FILE = "file"
    ENTRY = "entry"
    FOLDER = "folder"
    VALUE = "value"


class Read(NamedTuple):
    """One line of a trace."""

    kind: str
    name: str
    """A path relative to the root, followed by `#` and the key for an entry; or the name of a value."""
    digest: str


class MissingValue(LookupError):
    """A step asked for a value that the build does not have: a bug."""


class World(NamedTuple):
    """Everything that a step may read. It is sent to the worker with the task, so it has only plain values and functions."""

    root: str = "."
    """Folder that paths are relative to."""
    values: Mapping[str, str] = {}
    """Named values from outside: versions, options, SOURCE_DATE_EPOCH."""
    probe: Probe | None = None
    """Returns the digests of all entries in a file, from its path and bytes; a missing entry has none.

    It is called in any process and returns no entries for malformed content.
    """
    cache: str = ""
    """Address of the cache: a folder or an fsspec address; empty for none."""
    unsaved: Mapping[str, bytes] = {}
    """By path relative to the root: bytes that replace the file's own."""


class Reads:
    """First argument of each step. Every file is read once, so a step sees one version of it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._contents: dict[str, bytes | OSError] = {}
        self.trace: dict[tuple[str, str], str] = {}
        """Digest by kind and name, in the order of reading."""
        self.stats: dict[str, tuple[FileStat, str]] = {}
        """Stat and digest of each file read."""

    @property
    def root(self) -> str:
        """The folder that paths are relative to. A step that uses it directly must record its reads."""
        return self._world.root

    def file(self, path: str) -> bytes:
        """Return the bytes of a file. Raises OSError if it cannot be read, which is recorded too."""
        content = self._load(path)
        current = digest.ABSENT if isinstance(content, OSError) else self.stats[path][1]
        self.trace[ReadKind.FILE, path] = current
        if isinstance(content, OSError):
            raise content
        return content

    def peek(self, path: str) -> bytes:
        """Return the bytes of a file; the step records each `entry` that it uses. Raises OSError, which is recorded."""
        content = self._load(path)
        if isinstance(content, OSError):
            self.trace[ReadKind.FILE, path] = digest.ABSENT
            raise content
        return content

    def entry(self, path: str, key: str) -> None:
        """Record that the step used an entry of a file, or that the entry is missing."""
        content = self._load(path)
        current = digest.ABSENT
        if not isinstance(content, OSError):
            current = entry_digests(self._world.probe, path, content, self.stats[path][1]).get(key, digest.ABSENT)
        self.trace[ReadKind.ENTRY, f"{path}#{key}"] = current

    def folder(self, path: str) -> list[str]:
        """Return the sorted names in a folder; none if there is no such folder."""
        names = folder_names(place(self._world.root, path))
        self.trace[ReadKind.FOLDER, path] = digest.of_plain(names)
        return names

    def value(self, name: str) -> str:
        """Return a named value of the build."""
        if name not in self._world.values:
            raise MissingValue(name)
        self.trace[ReadKind.VALUE, name] = digest.of_text(self._world.values[name])
        return self._world.values[name]

    def peek_value(self, name: str) -> str:
        """Return a named value without recording it, for a step whose result does not depend on it."""
        if name not in self._world.values:
            raise MissingValue(name)
        return self._world.values[name]

    def cached(
        self, name: str, request: bytes, compute: Callable[[], bytes], accepts: Callable[[bytes], bool]
    ) -> bytes:
        """Return the result of `compute` for this request, from the cache if possible. It may depend on nothing else. `name` is its kind.

        `accepts` checks the form of bytes from the cache, because somebody else may have written them.
        """
        cache = Cache.at(self._world.cache)
        key = digest.of_plain(["cached", 2, name, digest.of_bytes(request)])
        answer = cache.get(key)
        if answer is not None and not accepts(answer):
            cache.drop(key)
            answer = None
        if answer is None:
            answer = compute()
            cache.put(key, answer)
        return answer

    def lines(self) -> tuple[Read, ...]:
        return tuple(Read(kind, name, digest) for (kind, name), digest in self.trace.items())

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
    """Return the path on this machine of a path in a trace."""
    return path if path.startswith("/") else f"{root}/{path}"


def folder_names(path: str) -> list[str]:
    try:
        return sorted(os.listdir(path))  # noqa: PTH208 - names are what is wanted
    except (OSError, ValueError):
        return []


class _Probed:
    """Results of probes in this process, by path and digest: the pages of a site read each of a thousand files many times."""

    MOST = 200_000
    """Most entries of all files together: about 50 megabytes."""

    def __init__(self) -> None:
        self._files: dict[tuple[Probe, str, str], Mapping[str, str]] = {}
        self._entries = 0

    def digests(self, probe: Probe, path: str, content: bytes, content_digest: str) -> Mapping[str, str]:
        known = self._files.get((probe, path, content_digest))
        if known is not None:
            return known
        if self._entries > self.MOST:
            self._files, self._entries = {}, 0
        digests = dict(probe(path, content))
        self._files[probe, path, content_digest] = digests
        self._entries += len(digests)
        return digests


_PROBED = _Probed()


def entry_digests(probe: Probe | None, path: str, content: bytes, content_digest: str) -> Mapping[str, str]:
    """Return the probe's digests of a file; the probe is called once per process for the same content."""
    return {} if probe is None else _PROBED.digests(probe, path, content, content_digest)


def split_entry(name: str) -> tuple[str, str]:
    """Split `"briefs/sources.yaml#rise-2025"` into path and key."""
    path, _, key = name.partition("#")
    return path, key


def paths_read(trace: Sequence[Read]) -> list[str]:
    """Return the files that a trace names, each once, in order."""
    files = (split_entry(name)[0] if kind == ReadKind.ENTRY else name for kind, name, _ in trace if kind in FILE_KINDS)
    return list(dict.fromkeys(files))


FILE_KINDS = (ReadKind.FILE, ReadKind.ENTRY)
