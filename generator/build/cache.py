"""Results kept under a digest, in a folder or at an address that machines share. Knows not what they are results of.

Each entry starts with the digest of the rest: one that does not agree with it is damaged, counts as not there, and is removed.
Whatever goes wrong with a cache costs time only, so faults of reading and writing are misses, never errors.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.build import atomic, digest
from generator.build.faults import CannotWrite

HEADER = 2 * digest.SIZE
DAY = 86_400.0


class Shelf(Protocol):
    """Where the entries lie. Keys are digests."""

    def load(self, key: str) -> bytes | None: ...
    def save(self, key: str, content: bytes) -> None: ...
    def drop(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Cache:
    shelf: Shelf

    @classmethod
    def at(cls, address: str) -> Cache:
        """A folder, an address with a scheme such as `s3://bucket/kept` (needs fsspec), or nothing for no cache."""
        if not address:
            return cls(Nowhere())
        if "://" in address:
            from generator.build.remote import RemoteShelf

            return cls(RemoteShelf(address))
        return cls(FolderShelf(Path(address)))

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, if they are there and whole."""
        kept = self.shelf.load(key)
        if kept is None:
            return None
        content = kept[HEADER:]
        if kept[:HEADER] != digest.of_bytes(key.encode() + content).encode():
            self.shelf.drop(key)
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        self.shelf.save(key, digest.of_bytes(key.encode() + content).encode() + content)


class Nowhere:
    """Keeps nothing."""

    def load(self, key: str) -> bytes | None:
        return None

    def save(self, key: str, content: bytes) -> None:
        pass

    def drop(self, key: str) -> None:
        pass


@dataclass(frozen=True, slots=True)
class FolderShelf:
    folder: Path

    def place(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def load(self, key: str) -> bytes | None:
        path = self.place(key)
        try:
            content = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return content

    def save(self, key: str, content: bytes) -> None:
        with suppress(CannotWrite):
            atomic.write(self.place(key), content)

    def drop(self, key: str) -> None:
        with suppress(OSError):
            self.place(key).unlink()


def trim(folder: Path, limit: int) -> int:
    """Remove the entries that were used longest ago until a folder holds at most `limit` bytes; bytes removed."""
    entries = sorted(_entries(folder))
    excess = sum(size for _, size, _ in entries) - limit
    removed = 0
    for _, size, path in entries:
        if removed >= excess:
            break
        with suppress(OSError):
            path.unlink()
            removed += size
    return removed


def trim_daily(folder: Path, limit: int, now: float) -> int:
    """`trim`, unless that was done within a day: looking at all entries takes time. `now` in seconds since the epoch."""
    last = folder / "trimmed"
    try:
        if 0 <= now - last.stat().st_mtime < DAY:
            return 0
    except OSError:
        pass
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        last.touch()
    return trim(folder, limit)


def _entries(folder: Path) -> list[tuple[int, int, Path]]:
    """Time of last use in nanoseconds, size in bytes, path; unfinished files of killed processes among them."""
    found = []
    for path in folder.glob("??/*"):
        with suppress(OSError):
            stat = path.stat()
            found.append((stat.st_mtime_ns, stat.st_size, path))
    return found
