"""Up-to-date check of recorded reads; each read is checked once a run.

A file with its recorded stat has its recorded digest. Any other file is read again, once. Entries of a file are computed only if
the file has changed, all at once by the probe.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from generator.engine import digest
from generator.engine.db import Database
from generator.engine.stat import at_path, read_with_stat
from generator.engine.trace import Read, ReadKind, World, entry_digests, folder_names, place, split_entry


class Verifier:
    """Checks reads for one run; `now` is the file system's clock at its start, in nanoseconds."""

    def __init__(self, db: Database, world: World, now: int) -> None:
        self._db = db
        self._world = world
        self._now = now
        self._changed: frozenset[str] = frozenset()
        """Files that are missing or whose stat has changed; their content may still be the same."""
        self._files: dict[str, str] = {}
        """Digests of those of them that have been read, and of new files."""
        self._others: dict[tuple[str, str], str] = {}

    @property
    def root(self) -> str:
        """The folder that paths are relative to."""
        return self._world.root

    def stale(self, changed: Iterable[str]) -> set[int]:
        """Return the numbers of the lines of traces, in the database, that are no longer true."""
        self._changed = frozenset(changed)
        unchanged = self._db.fingerprints.keys() - self._changed
        return {
            number
            for number, read in enumerate(self._db.reads)
            if not (self._as_recorded(read, unchanged) or self.holds(read))
        }

    def _as_recorded(self, read: Read, unchanged: Set[str]) -> bool:
        """Whether the database alone shows that a read still holds. A build with nothing to do asks this of every line."""
        kind, name, expected = read
        if kind == ReadKind.ENTRY:
            path, key = split_entry(name)
            return path in unchanged and self._db.entries.get(path, {}).get(key) == expected
        return kind == ReadKind.FILE and name in unchanged and self._db.inputs.get(name) == expected

    def holds(self, read: Read) -> bool:
        kind, name, expected = read
        return self.current(kind, name) == expected

    def current(self, kind: str, name: str) -> str:
        """Return the digest that a step would record if it read this now."""
        if kind == ReadKind.FILE:
            return self._file(name)
        other = self._others.get((kind, name))
        if other is None:
            other = self._others[kind, name] = self._ask(kind, name)
        return other

    def _file(self, path: str) -> str:
        """Read a file that is new or has changed; it may be missing."""
        current = self._files.get(path)
        if current is None and path in self._db.fingerprints and path not in self._changed:
            current = self._db.inputs.get(path)
        if current is None:
            content = self._read(path) if at_path(place(self._world.root, path)) else None  # most have never existed
            current = self._files[path] = digest.ABSENT if content is None else self._db.inputs[path]
        return current

    def _read(self, path: str) -> bytes | None:
        """Return a file's bytes, and update its record in the database."""
        try:
            content, stat = read_with_stat(place(self._world.root, path))
        except OSError:
            return None
        self._db.saw_input(path, stat, self._now, digest.of_bytes(content))
        return content

    def _ask(self, kind: str, name: str) -> str:
        if kind == ReadKind.ENTRY:
            return self._entry(*split_entry(name))
        if kind == ReadKind.FOLDER:
            return digest.of_plain(folder_names(place(self._world.root, name)))
        value = self._world.values.get(name)
        return digest.ABSENT if value is None else digest.of_text(value)

    def _entry(self, path: str, key: str) -> str:
        if self.current(ReadKind.FILE, path) == digest.ABSENT:
            return digest.ABSENT
        recorded = self._db.entries.get(path, {}).get(key)
        return self._probe(path, key) if recorded is None else recorded

    def _probe(self, path: str, key: str) -> str:
        content = self._read(path)
        if content is None:
            return digest.ABSENT
        digests = entry_digests(self._world.probe, path, content, self._db.inputs[path])
        current = digests.get(key, digest.ABSENT)
        self._db.saw_entry(path, key, current)
        return current
