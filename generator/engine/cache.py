"""Results kept under a digest, in a folder or at an address that machines share. Knows not what they are results of.

Each entry starts with the digest of the rest: one that does not agree with it is damaged, counts as not there, and is removed.
A digest shows that an entry is whole, not who wrote it. With a secret in `BRIEF_CACHE_KEY` it is a HMAC (RFC 2104), which only
those who know the secret can write; they keep their entries under names of their own. Without one, whoever can write to the
cache is trusted with the words of what is published; the readers of entries check their shape.

Whatever goes wrong with a cache costs time only, so faults of reading and writing are misses, never errors.
"""

from __future__ import annotations

import errno
import hmac
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from generator.engine import atomic, digest
from generator.engine.errors import BuildError, CannotWrite
from generator.system.regular_files import read_regular

if TYPE_CHECKING:
    pass


SECRET = "BRIEF_CACHE_KEY"  # noqa: S105 - the name of the variable, not what is in it
SHORTEST = 16
"""Bytes that a secret must have at least."""
HEADER = 64
"""Characters before the content of an entry."""
MAX_BYTES = 1 << 28
"""Bytes of the largest entry that is read or kept."""
DAY = 86_400.0
_PLACE = re.compile(r"[0-9a-f]{20,80}")


class Shelf(Protocol):
    """Where the entries lie. Keys are digests."""

    def load(self, key: str) -> bytes | None: ...
    def save(self, key: str, content: bytes) -> None: ...
    def drop(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Cache:
    shelf: Shelf
    secret: bytes = b""
    """What only those know who may write entries; empty where nobody need know anything."""

    @classmethod
    def at(cls, address: str) -> Cache:
        """A folder, an address with a scheme such as `s3://bucket/kept` (needs fsspec), or nothing for no cache.

        Raises BuildError for a secret that is too short, or an address that cannot be used.
        """
        if not address:
            return cls(Nowhere())
        if "://" in address:
            return cls(RemoteShelf(address), _secret())
        return cls(FolderShelf(Path(address)), _secret())

    def get(self, key: str) -> bytes | None:
        """The bytes kept under a key, if they are there and whole."""
        kept = self.shelf.load(self._place(key))
        if kept is None:
            return None
        content = kept[HEADER:]
        if not hmac.compare_digest(kept[:HEADER], self._seal(key, content)):
            self.drop(key)
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        if len(content) + HEADER <= MAX_BYTES:
            self.shelf.save(self._place(key), self._seal(key, content) + content)

    def drop(self, key: str) -> None:
        """Remove an entry: it is damaged, or not what should be there."""
        self.shelf.drop(self._place(key))

    def _place(self, key: str) -> str:
        """Entries of another secret, or of none, lie elsewhere: nobody removes those of others as damaged."""
        return hmac.digest(self.secret, key.encode(), "sha256").hex()[: 2 * digest.SIZE] if self.secret else key

    def _seal(self, key: str, content: bytes) -> bytes:
        if self.secret:
            return hmac.digest(self.secret, key.encode() + b"\n" + content, "sha256").hex().encode()
        return digest.of_bytes(key.encode() + b"\n" + content).ljust(HEADER).encode()


def _secret() -> bytes:
    secret = os.fsencode(os.environ.get(SECRET, ""))
    if secret and len(secret) < SHORTEST:
        raise BuildError(f"{SECRET} is too short: use at least {SHORTEST} characters that nobody can guess")
    return secret


class Nowhere:
    """Keeps nothing."""

    def load(self, key: str) -> bytes | None:
        return None

    def save(self, key: str, content: bytes) -> None:
        pass

    def drop(self, key: str) -> None:
        pass


_NO_ENTRY = (errno.EINVAL, errno.EFBIG, errno.ELOOP)
"""Errors of opening what is there, and is no file, or a file that is too large."""


@dataclass(frozen=True, slots=True)
class FolderShelf:
    folder: Path

    def place(self, key: str) -> Path:
        return self.folder / key[:2] / key[2:]

    def load(self, key: str) -> bytes | None:
        path = self.place(key)
        try:
            content = read_regular(path, MAX_BYTES)
            os.utime(path, follow_symlinks=False)
        except OSError as fault:
            if fault.errno in _NO_ENTRY:
                self.drop(key)
            return None
        return content

    def save(self, key: str, content: bytes) -> None:
        if self.place(key).parent.is_symlink():
            return  # it leads to a folder that is no part of the cache
        with suppress(CannotWrite):
            atomic.write(self.place(key), content)

    def drop(self, key: str) -> None:
        with suppress(OSError):
            self.place(key).unlink()


@dataclass(frozen=True, slots=True)
class RemoteShelf:
    """At an fsspec address (`s3://`, `gs://`, `memory://` ...). The only user of fsspec, an optional extra."""

    address: str

    def load(self, key: str) -> bytes | None:
        files, base = self._open()
        with suppress(Exception):  # any driver's own faults: a cache that cannot be reached is an empty one
            if files.size(f"{base}/{key}") <= MAX_BYTES:
                return bytes(files.cat_file(f"{base}/{key}"))
        return None

    def save(self, key: str, content: bytes) -> None:
        files, base = self._open()
        with suppress(Exception):
            files.makedirs(base, exist_ok=True)
            files.pipe_file(f"{base}/{key}", content)

    def drop(self, key: str) -> None:
        files, base = self._open()
        with suppress(Exception):
            files.rm_file(f"{base}/{key}")

    def _open(self) -> tuple[Any, str]:
        """The file system, which fsspec keeps open between calls, and the path in it."""
        try:
            core = import_module("fsspec.core")
        except ImportError:
            raise BuildError(f"a cache at {self.address} needs fsspec: install the extra `cache`") from None
        try:
            files, base = core.url_to_fs(self.address)
        except (ImportError, ValueError) as fault:
            raise BuildError(f"cannot use a cache at {self.address}: {fault}") from fault
        return files, base.rstrip("/")


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
    """Time of last use in nanoseconds, size in bytes, path; unfinished files of killed processes among them.

    Only what is named as the cache names its files, and no link leads to, is an entry: nothing else is ever removed.
    """
    found = []
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        with suppress(OSError):
            if path.parent.is_symlink() or not _is_ours(path.name):
                continue
            stat = path.lstat()
            found.append((stat.st_mtime_ns, stat.st_size, path))
    return found


def _is_ours(name: str) -> bool:
    return _PLACE.fullmatch(name) is not None or name.startswith(atomic.PREFIX)
