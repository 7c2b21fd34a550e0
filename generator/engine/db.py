"""Database of past builds: fingerprints and digests of files, a record per target.

One database belongs to one output folder. `verifier.py` and `outputs.py` check files, `db_format.py` writes the database to disk.
Records stay text, and traces stay numbers, until one is needed: there may be ten thousand.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from generator.engine.plain_data import IsNote, Plain, any_note, expect, notes, seconds, text_map
from generator.engine.stat import FileStat, settled_fingerprint
from generator.engine.trace import Read, ReadKind, split_entry


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step that was run, and its result."""

    name: str
    key: str
    """Digest of the step's identity and its inputs."""
    trace: tuple[Read, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    """Digest of each part."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """Digest of each output, by path relative to the output folder."""
    notes: tuple[Plain, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TargetRecord:
    identity: str
    """Text of its steps and values; a different text means that the target is now made in another way."""
    steps: tuple[StepRecord, ...]
    """The steps that were run; if `rejected`, the last one rejected the target."""
    rejected: bool = False

    def step(self, name: str) -> StepRecord | None:
        return next((step for step in self.steps if step.name == name), None)

    @property
    def seconds(self) -> float:
        """Return the time that its steps took, in seconds."""
        return sum(step.seconds for step in self.steps)

    @property
    def notes(self) -> tuple[Plain, ...]:
        return tuple(note for step in self.steps for note in step.notes)


@dataclass(slots=True)
class Database:
    inputs: dict[str, str] = field(default_factory=dict)
    """Digest of each file that was read, by path."""
    fingerprints: dict[str, int] = field(default_factory=dict)
    """For the same files: the fingerprint of the stat that the file had when its digest was taken."""
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    """Digests of entries by file and key, for the version of the file in `inputs`."""
    outputs: dict[str, str] = field(default_factory=dict)
    """Digest of each file that the build made, by path."""
    output_fingerprints: dict[str, int] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """The target that made each output."""
    reads: list[Read] = field(default_factory=list)
    """Each distinct line of all traces."""
    identities: dict[str, str] = field(default_factory=dict)
    """By target; its keys are the targets that have a record."""
    traces: dict[str, list[list[int]]] = field(default_factory=dict)
    """By target, for each of its steps: numbers of lines in `reads`, as `runs`."""
    texts: dict[str, str] = field(default_factory=dict)
    """By target: the rest of its record, as JSON."""
    remarked: set[str] = field(default_factory=set)
    """Targets that are reported although nothing has changed: rejected, or with notes."""
    is_note: IsNote = any_note
    """Check that every note must pass; a record with another note counts as missing."""
    changed: bool = False
    """Whether it differs from what is on disk."""
    _numbers: dict[Read, int] = field(default_factory=dict)
    _owned: dict[str, set[str]] = field(default_factory=dict)
    _fresh: dict[str, FileStat] = field(default_factory=dict)
    """Outputs of this run, for `settle`."""

    def __post_init__(self) -> None:
        for path, owner in self.owners.items():
            self._owned.setdefault(owner, set()).add(path)

    # ---------------------------------------------------------------- targets

    def target(self, name: str) -> TargetRecord | None:
        """Return the record of a target; None if there is none or it is malformed."""
        text = self.texts.get(name)
        if text is None:
            return None
        traces = [tuple(self.reads[number] for number in expanded(trace)) for trace in self.traces[name]]
        try:
            return _opened(self.identities[name], json.loads(text), traces, self.is_note)
        except (ValueError, TypeError, RecursionError):
            return None

    def shown_notes(self, name: str) -> tuple[bool, tuple[Plain, ...]]:
        """Return whether a target was rejected, and its notes, which are shown again although nothing has changed.

        It reads much less than the whole record, because every run asks it of every target.
        """
        if name not in self.remarked or name not in self.texts:
            return False, ()
        try:
            rejected, steps = json.loads(self.texts[name])
            expect(type(rejected) is bool)
            return rejected, notes([note for step in steps for note in step[4]], self.is_note)
        except (ValueError, TypeError, LookupError, RecursionError):
            return False, ()

    def seconds(self, name: str) -> float:
        """Return how long the last build of a target took, in seconds; 0 for a new one."""
        record = self.target(name)
        return record.seconds if record else 0.0

    def rests_on(self, name: str, lines: set[int]) -> bool:
        """Whether a target read any of these lines of `reads`. True also if its record is malformed."""
        traces = self.traces.get(name)
        return traces is None or any(not lines.isdisjoint(expanded(trace)) for trace in traces)

    def record(self, name: str, record: TargetRecord) -> None:
        self.identities[name] = record.identity
        self.traces[name] = [runs(map(self._number, step.trace)) for step in record.steps]
        self.texts[name] = _text(record)
        self.remarked.discard(name)
        if record.rejected or record.notes:
            self.remarked.add(name)
        self.changed = True

    def forget(self, name: str) -> None:
        """Remove the record of a target; its outputs stay registered."""
        tables: tuple[dict[str, Any], ...] = (self.identities, self.traces, self.texts)
        for table in tables:
            table.pop(name, None)
        self.remarked.discard(name)
        self.changed = True

    # ---------------------------------------------------------------- inputs

    def saw_input(self, path: str, stat: FileStat, now: int, digest: str) -> None:
        """Record that a file was read at `now`. If its content has changed, its entries are forgotten."""
        fingerprint = settled_fingerprint(stat, now)
        if self.inputs.get(path) != digest:
            self.entries.pop(path, None)
        if self.inputs.get(path) != digest or self.fingerprints.get(path) != fingerprint:
            self.inputs[path] = digest
            self.fingerprints[path] = fingerprint
            self.changed = True

    def saw_entry(self, path: str, key: str, entry_digest: str) -> None:
        """Record an entry of a file, in the version that the database has."""
        self.entries.setdefault(path, {})[key] = entry_digest
        self.changed = True

    def saw_entries(self, trace: tuple[Read, ...], seen: Container[str]) -> None:
        """Record the entries that a trace names, of files that were just read; not of those that could not be read."""
        for kind, name, entry_digest in trace:
            if kind == ReadKind.ENTRY:
                path, key = split_entry(name)
                if path in seen:
                    self.saw_entry(path, key, entry_digest)

    # ---------------------------------------------------------------- outputs

    def saw_output(self, path: str, stat: FileStat) -> None:
        """Record that an output is unchanged on disk, with this stat."""
        self.output_fingerprints[path] = stat.fingerprint
        self._fresh[path] = stat
        self.changed = True

    def own(self, path: str, target: str, digest: str) -> None:
        self.outputs[path] = digest
        self._owned.get(self.owners.get(path, ""), set()).discard(path)
        self.owners[path] = target
        self._owned.setdefault(target, set()).add(path)
        self.changed = True

    def disown(self, path: str) -> None:
        self._owned.get(self.owners.pop(path, ""), set()).discard(path)
        for table in (self.outputs, self.output_fingerprints, self._fresh):
            table.pop(path, None)
        self.changed = True

    def owned_by(self, name: str) -> set[str]:
        """Return the outputs that a target made, in any run."""
        return set(self._owned.get(name, ()))

    def all_owners(self) -> set[str]:
        return {owner for owner, paths in self._owned.items() if paths}

    # ---------------------------------------------------------------- before it is saved

    def settle(self, now: int) -> None:
        """Discard the stats of outputs that were written too recently to distinguish them from later changes."""
        for path, stat in self._fresh.items():
            self.output_fingerprints[path] = settled_fingerprint(stat, now)

    def compact(self) -> None:
        """Remove lines of traces that no target uses, and files that no line names."""
        pieces = {piece for lists in self.traces.values() for flat in lists for piece in _pairs(flat)}
        used = sorted(set(chain.from_iterable(range(*piece) for piece in pieces)))
        if len(used) == len(self.reads):
            return
        renumbered = {old: new for new, old in enumerate(used)}
        self.reads = [self.reads[number] for number in used]
        for name, lists in self.traces.items():
            self.traces[name] = [_renumbered(flat, renumbered) for flat in lists]
        self._numbers = {}
        named = {split_entry(name)[0] if kind == ReadKind.ENTRY else name for kind, name, _ in self.reads}
        for path in self.inputs.keys() - named:
            for table in (self.inputs, self.fingerprints, self.entries):
                table.pop(path, None)

    def _number(self, read: Read) -> int:
        if not self._numbers:
            self._numbers = {line: number for number, line in enumerate(self.reads)}
        number = self._numbers.setdefault(read, len(self.reads))
        if number == len(self.reads):
            self.reads.append(read)
        return number


def runs(numbers: Iterable[int]) -> list[int]:
    """Return whole numbers as runs: 3, 4, 5, 9 are 3, 6, 9, 10. Most targets read the same files, whose numbers follow each other."""
    flat: list[int] = []
    for number in numbers:
        if flat and flat[-1] == number:
            flat[-1] += 1
        else:
            flat += (number, number + 1)
    return flat


def expanded(flat: Sequence[int]) -> Iterator[int]:
    """Return the numbers of `runs`."""
    return chain.from_iterable(range(start, end) for start, end in _pairs(flat))


def _pairs(flat: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return the runs, each with its first number and the one after its last."""
    return zip(flat[::2], flat[1::2], strict=True)


def _renumbered(flat: Sequence[int], numbers: Mapping[int, int]) -> list[int]:
    """Return runs with other numbers, which are in the same order. All numbers of a run exist, so it stays one run."""
    moved: list[int] = []
    for start, end in _pairs(flat):
        first = numbers[start]
        if moved and moved[-1] == first:
            moved[-1] += end - start
        else:
            moved += (first, first + end - start)
    return moved


def _text(record: TargetRecord) -> str:
    steps = [
        [step.name, step.key, dict(step.parts), dict(step.outputs), list(step.notes), round(step.seconds, 4)]
        for step in record.steps
    ]
    return json.dumps([record.rejected, steps], separators=(",", ":"))


def _opened(identity: str, content: Any, traces: list[tuple[Read, ...]], is_note: IsNote) -> TargetRecord:
    rejected, steps = content
    expect(type(rejected) is bool)
    records = [_step(step, trace, is_note) for step, trace in zip(steps, traces, strict=True)]
    return TargetRecord(identity, tuple(records), rejected)


def _step(content: Any, trace: tuple[Read, ...], is_note: IsNote) -> StepRecord:
    name, key, parts, outputs, left, time = content
    expect(type(name) is str and type(key) is str)
    return StepRecord(name, key, trace, text_map(parts), text_map(outputs), notes(left, is_note), seconds(time))
