"""The database: what the last builds left behind. Fingerprints and digests of files, and a record for each target.

One database belongs to one output folder. Knows neither how a file is checked (`trace.py`, `outputs.py`) nor how all this is laid
out on disk (`db_format.py`). Records stay text, and traces numbers, until one is wanted: there may be ten thousand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.engine.plain_data import any_note, expect, notes, seconds, text_map
from generator.engine.stat import settled_fingerprint
from generator.engine.trace import Kind, Read, split_entry

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from generator.engine.plain_data import IsNote, Plain
    from generator.engine.stat import FileStat


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step that was run, and what came of it."""

    name: str
    key: str
    """Digest of what the step is and what it was given."""
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
    """Text of its steps and values; another text means that the target is made in another way now."""
    steps: tuple[StepRecord, ...]
    """As far as they were run: the last one rejected the target, if `rejected`."""
    rejected: bool = False

    def step(self, name: str) -> StepRecord | None:
        return next((step for step in self.steps if step.name == name), None)

    @property
    def seconds(self) -> float:
        """What making it cost."""
        return sum(step.seconds for step in self.steps)

    @property
    def notes(self) -> tuple[Plain, ...]:
        return tuple(note for step in self.steps for note in step.notes)


@dataclass(slots=True)
class Database:
    inputs: dict[str, str] = field(default_factory=dict)
    """Digest of each file that was read, by path."""
    fingerprints: dict[str, int] = field(default_factory=dict)
    """Of the same files: the fingerprint of the stat that the file had when its digest was taken."""
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    """Digests of entries by file and key, as they are in the file whose digest `inputs` holds."""
    outputs: dict[str, str] = field(default_factory=dict)
    """Digest of each file that the build made, by path."""
    output_fingerprints: dict[str, int] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """The target that made each output."""
    reads: list[Read] = field(default_factory=list)
    """Each distinct line of all traces."""
    identities: dict[str, str] = field(default_factory=dict)
    """By target; so its keys are the targets that have a record."""
    traces: dict[str, list[list[int]]] = field(default_factory=dict)
    """By target, for each of its steps: numbers of lines in `reads`."""
    texts: dict[str, str] = field(default_factory=dict)
    """By target: the rest of its record, as JSON."""
    remarked: set[str] = field(default_factory=set)
    """Targets of which there is something to say although nothing has changed: rejected, or with notes."""
    is_note: IsNote = any_note
    """What a note must fit; a record with another counts as none."""
    changed: bool = False
    """Whether it differs from what is on disk."""
    _numbers: dict[Read, int] = field(default_factory=dict)
    _owned: dict[str, set[str]] = field(default_factory=dict)
    _fresh: dict[str, FileStat] = field(default_factory=dict)
    """Outputs of this run, which `settle` will look at."""

    def __post_init__(self) -> None:
        for path, owner in self.owners.items():
            self._owned.setdefault(owner, set()).add(path)

    # ---------------------------------------------------------------- targets

    def target(self, name: str) -> TargetRecord | None:
        """The record of a target; None where there is none, or something else in its place."""
        text = self.texts.get(name)
        if text is None or name not in self.identities:
            return None
        traces = [tuple(self.reads[number] for number in trace) for trace in self.traces[name]]
        try:
            return _opened(self.identities[name], json.loads(text), traces, self.is_note)
        except (ValueError, TypeError, RecursionError):
            return None

    def remarks(self, name: str) -> tuple[bool, tuple[Plain, ...]]:
        """Whether a target was rejected, and its notes: what is said of it although nothing has changed.

        Much less than the whole record, for it is asked of every target on every run.
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
        """What making a target took last; nothing is known of a new one."""
        record = self.target(name)
        return record.seconds if record else 0.0

    def rests_on(self, name: str, lines: set[int]) -> bool:
        """Whether a target read any of these lines of `reads`; also if that is not known any more."""
        traces = self.traces.get(name)
        return traces is None or any(not lines.isdisjoint(trace) for trace in traces)

    def record(self, name: str, record: TargetRecord) -> None:
        self.identities[name] = record.identity
        self.traces[name] = [[self._number(read) for read in step.trace] for step in record.steps]
        self.texts[name] = _text(record)
        self.remarked.discard(name)
        if record.rejected or record.notes:
            self.remarked.add(name)
        self.changed = True

    def forget(self, name: str) -> None:
        """Of a target, its record; not which outputs are its."""
        tables: tuple[dict[str, Any], ...] = (self.identities, self.traces, self.texts)
        for table in tables:
            table.pop(name, None)
        self.remarked.discard(name)
        self.changed = True

    # ---------------------------------------------------------------- inputs

    def saw_input(self, path: str, stat: FileStat, now: int, digest: str) -> None:
        """A file was read at `now`. If it is another than the database knew, nothing is known of its entries any more."""
        fingerprint = settled_fingerprint(stat, now)
        if self.inputs.get(path) != digest:
            self.entries.pop(path, None)
        if self.inputs.get(path) != digest or self.fingerprints.get(path) != fingerprint:
            self.inputs[path] = digest
            self.fingerprints[path] = fingerprint
            self.changed = True

    def saw_entry(self, path: str, key: str, found: str) -> None:
        """An entry of a file, as it is in the version that the database knows."""
        self.entries.setdefault(path, {})[key] = found
        self.changed = True

    def saw_entries(self, trace: tuple[Read, ...], seen: Container[str]) -> None:
        """A trace names entries of files that were seen just now; not of those that could not be read."""
        for kind, name, found in trace:
            if kind == Kind.ENTRY:
                path, key = split_entry(name)
                if path in seen:
                    self.saw_entry(path, key, found)

    # ---------------------------------------------------------------- outputs

    def saw_output(self, path: str, stat: FileStat) -> None:
        """An output is on disk as it was made, with this stat."""
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
        """The outputs that a target made, in whatever run."""
        return set(self._owned.get(name, ()))

    def all_owners(self) -> set[str]:
        return {owner for owner, paths in self._owned.items() if paths}

    # ---------------------------------------------------------------- before it is saved

    def settle(self, now: int) -> None:
        """Distrust the stats of outputs that were written too recently to tell them from later changes."""
        for path, stat in self._fresh.items():
            self.output_fingerprints[path] = settled_fingerprint(stat, now)

    def compact(self) -> None:
        """Drop lines of traces that no target rests on, and files that no line names."""
        used = sorted({number for lists in self.traces.values() for trace in lists for number in trace})
        if len(used) == len(self.reads):
            return
        renumbered = {old: new for new, old in enumerate(used)}
        self.reads = [self.reads[number] for number in used]
        for name, lists in self.traces.items():
            self.traces[name] = [[renumbered[number] for number in trace] for trace in lists]
        self._numbers = {}
        named = {split_entry(name)[0] if kind == Kind.ENTRY else name for kind, name, _ in self.reads}
        for path in self.inputs.keys() - named:
            for table in (self.inputs, self.fingerprints, self.entries):
                table.pop(path, None)

    def _number(self, read: Read) -> int:
        if not self._numbers:
            self._numbers = {known: number for number, known in enumerate(self.reads)}
        number = self._numbers.setdefault(read, len(self.reads))
        if number == len(self.reads):
            self.reads.append(read)
        return number


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
