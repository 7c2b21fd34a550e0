"""Whether what was read is still what is there, each thing asked once a run. Knows nothing of targets and steps.

A file whose signature is as recorded has the recorded digest. Any other is read again, once. Entries of a file
are asked for only if the file itself has changed: then all at once, from the probe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.build import digest
from generator.build.reads import Kind, Read, World, entry_digests, folder_names, place, split_entry
from generator.build.signature import of_path, read_settled, settled

if TYPE_CHECKING:
    from generator.build.state import State


class Verifier:
    """Answers for one run; `now` is the file system's clock at its start, in nanoseconds."""

    def __init__(self, state: State, world: World, now: int) -> None:
        self._state = state
        self._world = world
        self._now = now
        self._current: dict[tuple[str, str], str] = {}

    def holds(self, read: Read) -> bool:
        return self.current(read.kind, read.name) == read.digest

    def current(self, kind: str, name: str) -> str:
        """The digest that a step would record if it read this now."""
        known = self._current.get((kind, name))
        if known is None:
            known = self._current[kind, name] = self._ask(kind, name)
        return known

    def stale(self) -> set[int]:
        """Numbers of the lines of traces, in the state, that hold no more."""
        return {number for number, read in enumerate(self._state.reads) if not self.holds(read)}

    def _ask(self, kind: str, name: str) -> str:
        if kind == Kind.FILE:
            return self._file(name)
        if kind == Kind.ENTRY:
            return self._entry(*split_entry(name))
        if kind == Kind.FOLDER:
            return digest.of_plain(folder_names(place(self._world.root, name)))
        value = self._world.values.get(name)
        return digest.ABSENT if value is None else digest.of_bytes(value.encode())

    def _file(self, path: str) -> str:
        signature = of_path(place(self._world.root, path))
        if signature is None:
            return digest.ABSENT
        if signature == self._state.inputs.signatures.get(path):
            return self._state.inputs.digests[path]
        content = self._read(path)
        return digest.ABSENT if content is None else self._state.inputs.digests[path]

    def _read(self, path: str) -> bytes | None:
        """A file's bytes, and its row in the table brought up to date."""
        try:
            content, signature = read_settled(place(self._world.root, path))
        except OSError:
            return None
        self._state.saw_input(path, settled(signature, self._now), digest.of_bytes(content))
        return content

    def _entry(self, path: str, key: str) -> str:
        if self.current(Kind.FILE, path) == digest.ABSENT:
            return digest.ABSENT
        known = self._state.entries.get(path, {}).get(key)
        return self._probe(path, key) if known is None else known

    def _probe(self, path: str, key: str) -> str:
        content = self._read(path)
        if content is None:
            return digest.ABSENT
        found = entry_digests(self._world.probe, path, content).get(key, digest.ABSENT)
        self._state.entries.setdefault(path, {})[key] = found
        self._state.changed = True
        return found
