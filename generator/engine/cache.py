"""Cache of results by digest, in a folder or at an address that machines share.

Each entry starts with the digest of the rest. An entry that does not match it is damaged: it counts as missing and is removed.
A digest shows that an entry is complete, not who wrote it. With a secret in `BRIEF_CACHE_KEY` the digest is a HMAC (RFC 2104),
which only those who know the secret can write, and the names of the entries depend on the secret. Without a secret, everybody
who can write to the cache is trusted with the published text; the readers of entries check their shape.

Faults of a cache cost only time, so a fault while reading or writing is a miss, never an error.
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
from typing import Any, Protocol

from generator.engine import atomic, digest
from generator.engine.errors import BuildError, CannotWrite
from generator.system.regular_files import read_regular

SECRET = "BRIEF_CACHE_KEY"  # noqa: S105 - the name of the variable, not what is in it
SHORTEST = 16
"""Least length of a secret, in bytes."""
HEADER = 64
"""Characters before the content of an entry."""
MAX_BYTES = 1 << 28
"""Size of the largest entry that is read or written, in bytes."""
OWN_BYTES = 1 << 30
"""Size to which the cache of a project is trimmed, in bytes."""
DAY = 86_400.0
_PLACE = re.compile(r"[0-9a-f]{20,80}")


class Shelf(Protocol):
    """A cache. Its keys are digests."""

    def load(self, key: str) -> bytes | None: ...
    def save(self, key: str, content: bytes) -> None: ...
    def drop(self, key: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Cache:
    shelf: Shelf
    secret: bytes = b""
    """The secret that is needed to write entries; empty for none."""

    @classmethod
    def at(cls, address: str) -> Cache:
        """Return the cache at an address: a folder, an address such as `s3://bucket/cache` (needs fsspec), or "" for no cache.

        Raises BuildError if the secret is too short or the address cannot be used.
        """
        if not address:
            return cls(Nowhere())
        if "://" in address:
            return cls(RemoteShelf(address), _secret())
        return cls(FolderShelf(Path(address)), _secret())

    def get(self, key: str) -> bytes | None:
        """Return the bytes of a key, if they exist and are complete."""
        entry = self.shelf.load(self._place(key))
        if entry is None:
            return None
        content = entry[HEADER:]
        if not hmac.compare_digest(entry[:HEADER], self._seal(key, content)):
            self.drop(key)
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        if len(content) + HEADER <= MAX_BYTES:
            self.shelf.save(self._place(key), self._seal(key, content) + content)

    def drop(self, key: str) -> None:
        """Remove an entry that is damaged or has the wrong content."""
        self.shelf.drop(self._place(key))

    def _place(self, key: str) -> str:
        """Return the name of an entry. It depends on the secret, so nobody removes the entries of others as damaged."""
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
    """A cache without entries."""

    def load(self, key: str) -> bytes | None:
        return None

    def save(self, key: str, content: bytes) -> None:
        pass

    def drop(self, key: str) -> None:
        pass


_NO_ENTRY = (errno.EINVAL, errno.EFBIG, errno.ELOOP)
"""Errors of opening something that exists but is not a regular file, or is too large."""


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
            return  # it leads to a folder outside the cache
        with suppress(CannotWrite):
            atomic.write(self.place(key), content)

    def drop(self, key: str) -> None:
        with suppress(OSError):
            self.place(key).unlink()


@dataclass(frozen=True, slots=True)
class RemoteShelf:
    """A cache at an fsspec address (`s3://`, `gs://`, `memory://` ...). The only user of fsspec, an optional extra."""

    address: str

    def load(self, key: str) -> bytes | None:
        files, base = self._open()
        with suppress(Exception):  # drivers have errors of their own: an unreachable cache counts as empty
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
        """Return the file system, which fsspec keeps open between calls, and the path in it."""
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
    """Remove the least recently used entries until a folder has at most `limit` bytes; return the removed bytes."""
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


def trim_daily(folder: Path, now: float) -> None:
    """Call `trim` at most once a day, because listing all entries takes time. `now` is in seconds since the epoch."""
    last = folder / "trimmed"
    try:
        if 0 <= now - last.stat().st_mtime < DAY:
            return
    except OSError:
        pass
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        last.touch()
    trim(folder, OWN_BYTES)


def _entries(folder: Path) -> list[tuple[int, int, Path]]:
    """Return time of last use in nanoseconds, size in bytes and path of each entry, and of unfinished files of killed processes.

    Only a file with a name that the cache gives, and not below a symbolic link, is an entry: nothing else is ever removed.
    """
    entries = []
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        with suppress(OSError):
            if path.parent.is_symlink() or not _is_ours(path.name):
                continue
            stat = path.lstat()
            entries.append((stat.st_mtime_ns, stat.st_size, path))
    return entries


def _is_ours(name: str) -> bool:
    return _PLACE.fullmatch(name) is not None or name.startswith(atomic.PREFIX)
