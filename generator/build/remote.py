"""The cache at an fsspec address (`s3://`, `gs://`, `memory://` ...). The only importer of fsspec, an optional extra."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from generator.build.cache import MAX_BYTES
from generator.build.faults import BuildFault


@dataclass(frozen=True, slots=True)
class RemoteShelf:
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
            raise BuildFault(f"a cache at {self.address} needs fsspec: install the extra `cache`") from None
        try:
            files, base = core.url_to_fs(self.address)
        except (ImportError, ValueError) as fault:
            raise BuildFault(f"cannot use a cache at {self.address}: {fault}") from fault
        return files, base.rstrip("/")
