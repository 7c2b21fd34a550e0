"""Whether what was read is still what is there, each thing asked once a run. Knows nothing of targets and steps.

A file whose stat is as recorded has the recorded digest. Any other is read again, once. Entries of a file
are asked for only if the file itself has changed: then all at once, from the probe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.engine import digest
from generator.engine.stat import read_with_stat
from generator.engine.trace import Kind, Read, World, entry_digests, folder_names, place, split_entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.engine.db import Database


class Verifier:
    """Answers for one run; `now` is the file system's clock at its start, in nanoseconds."""

    def __init__(self, db: Database, world: World, now: int) -> None:
        self._db = db
        self._world = world
        self._now = now
        self._changed: frozenset[str] = frozenset()
        """Files that are not there, or not as fingerprinted, and may be as they were all the same."""
        self._files: dict[str, str] = {}
        """Digests of those of them, and of those unknown to the database, that have been looked at."""
        self._others: dict[tuple[str, str], str] = {}

    @property
    def root(self) -> str:
        """The folder that paths are relative to."""
        return self._world.root

    def stale(self, changed: Iterable[str]) -> set[int]:
        """Numbers of the lines of traces, in the database, that hold no more; the files are not there, or not as fingerprinted."""
        self._changed = frozenset(changed)
        return {number for number, read in enumerate(self._db.reads) if not self.holds(read)}

    def holds(self, read: Read) -> bool:
        kind, name, expected = read
        return self.current(kind, name) == expected

    def current(self, kind: str, name: str) -> str:
        """The digest that a step would record if it read this now."""
        if kind == Kind.FILE:
            return self._file(name)
        other = self._others.get((kind, name))
        if other is None:
            other = self._others[kind, name] = self._ask(kind, name)
        return other

    def _file(self, path: str) -> str:
        """Read a file that the database does not know, or not as it is now; see whether it is there at all."""
        found = self._files.get(path)
        if found is None and path in self._db.fingerprints and path not in self._changed:
            found = self._db.inputs.get(path)
        if found is None:
            content = self._read(path)
            found = self._files[path] = digest.ABSENT if content is None else self._db.inputs[path]
        return found

    def _read(self, path: str) -> bytes | None:
        """A file's bytes, and what the database knows of it brought up to date."""
        try:
            content, stat = read_with_stat(place(self._world.root, path))
        except OSError:
            return None
        self._db.saw_input(path, stat, self._now, digest.of_bytes(content))
        return content

    def _ask(self, kind: str, name: str) -> str:
        if kind == Kind.ENTRY:
            return self._entry(*split_entry(name))
        if kind == Kind.FOLDER:
            return digest.of_plain(folder_names(place(self._world.root, name)))
        value = self._world.values.get(name)
        return digest.ABSENT if value is None else digest.of_text(value)

    def _entry(self, path: str, key: str) -> str:
        if self.current(Kind.FILE, path) == digest.ABSENT:
            return digest.ABSENT
        known = self._db.entries.get(path, {}).get(key)
        return self._probe(path, key) if known is None else known

    def _probe(self, path: str, key: str) -> str:
        content = self._read(path)
        if content is None:
            return digest.ABSENT
        found = entry_digests(self._world.probe, path, content).get(key, digest.ABSENT)
        self._db.saw_entry(path, key, found)
        return found
