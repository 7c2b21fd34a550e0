"""What the last builds left behind: records of targets, and tables of the files that were read and written.

One state belongs to one output folder. It is held so that a run with nothing to do touches as few objects as possible:
records stay undecoded text until somebody asks for one, and each distinct line of a trace is held once, as a number in
the list of all reads. Knows neither how a file is checked (`verify.py`) nor how the state is laid out on disk (`statefile.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from generator.build.reads import Kind, Read, split_entry
from generator.build.records import StepRecord, TargetRecord
from generator.build.signature import UNKNOWN, Signature, settled

Row = tuple[int, int, int, int]
"""A `Signature`, or the plain tuple equal to it that comes out of the state file."""


@dataclass(slots=True)
class FileTable:
    """Files with the digest that each had when its signature was taken."""

    signatures: dict[str, Row] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def put(self, path: str, signature: Row, digest: str) -> None:
        self.signatures[path] = signature
        self.digests[path] = digest

    def drop(self, path: str) -> None:
        self.signatures.pop(path, None)
        self.digests.pop(path, None)


@dataclass(slots=True)
class State:
    inputs: FileTable = field(default_factory=FileTable)
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    """Digests of entries by file and key, as they are in the file whose digest `inputs` holds."""
    outputs: FileTable = field(default_factory=FileTable)
    owners: dict[str, str] = field(default_factory=dict)
    """The target that made each output."""
    reads: list[Read] = field(default_factory=list)
    """Each distinct line of all traces."""
    identities: dict[str, str] = field(default_factory=dict)
    """By target; so its keys are the targets that the state knows."""
    traces: dict[str, list[list[int]]] = field(default_factory=dict)
    """By target, for each of its steps: numbers of lines in `reads`."""
    texts: dict[str, str] = field(default_factory=dict)
    """By target: the rest of its record, as JSON."""
    remarks: dict[str, bool] = field(default_factory=dict)
    """The targets whose record must be opened even when nothing has changed (they carry notes): true if refused."""
    changed: bool = False
    """Whether it differs from what is on disk."""
    _numbers: dict[Read, int] = field(default_factory=dict)
    _owned: dict[str, set[str]] = field(default_factory=dict)

    def target(self, name: str) -> TargetRecord | None:
        text = self.texts.get(name)
        if text is None:
            return None
        traces = [tuple(self.reads[number] for number in trace) for trace in self.traces[name]]
        return _opened(self.identities[name], json.loads(text), traces)

    def record(self, name: str, record: TargetRecord) -> None:
        self.identities[name] = record.identity
        self.traces[name] = [[self._number(read) for read in step.trace] for step in record.steps]
        self.texts[name] = _text(record)
        self.remarks.pop(name, None)
        if record.refused or record.notes:
            self.remarks[name] = record.refused
        self.changed = True

    def forget(self, name: str) -> None:
        for table in (self.identities, self.traces, self.texts, self.remarks):
            table.pop(name, None)
        self.changed = True

    def outputs_of(self, name: str) -> set[str]:
        if not self._owned:
            for path, owner in self.owners.items():
                self._owned.setdefault(owner, set()).add(path)
        return self._owned.get(name, set())

    def saw_input(self, path: str, signature: Row, digest: str) -> None:
        """A file was read. If it is another than the table knew, nothing is known of its entries any more."""
        if self.inputs.digests.get(path) != digest:
            self.entries.pop(path, None)
        elif self.inputs.signatures[path] == signature:
            return
        self.inputs.put(path, signature, digest)
        self.changed = True

    def saw_entries(self, trace: tuple[Read, ...], digests: dict[str, str]) -> None:
        """A trace names entries of files that had these digests; they hold while the table knows the file by it."""
        for kind, name, found in trace:
            if kind == Kind.ENTRY:
                path, key = split_entry(name)
                if path in digests and self.inputs.digests.get(path) == digests[path]:
                    self.entries.setdefault(path, {})[key] = found

    def own(self, path: str, target: str, signature: Row, digest: str) -> None:
        self.outputs.put(path, signature, digest)
        self.hand_over(path, target)

    def hand_over(self, path: str, target: str) -> None:
        if self.owners.get(path) != target:
            self.owners[path] = target
            self._owned = {}
        self.changed = True

    def disown(self, path: str) -> None:
        self.outputs.drop(path)
        self.owners.pop(path, None)
        self.changed = True

    def settle(self, now: int) -> None:
        """Distrust the signatures of outputs that were written too recently to tell them from later changes."""
        for path, row in self.outputs.signatures.items():
            if settled(Signature(*row), now) is UNKNOWN:
                self.outputs.signatures[path] = UNKNOWN

    def compact(self) -> None:
        """Drop lines of traces that no target rests on, and files that no line names."""
        used = sorted({number for traces in self.traces.values() for trace in traces for number in trace})
        if len(used) == len(self.reads):
            return
        renumbered = {old: new for new, old in enumerate(used)}
        self.reads = [self.reads[number] for number in used]
        self.traces = {
            name: [[renumbered[number] for number in trace] for trace in traces] for name, traces in self.traces.items()
        }
        self._numbers = {}
        self._drop_unread()

    def _drop_unread(self) -> None:
        named = {split_entry(name)[0] if kind == Kind.ENTRY else name for kind, name, _ in self.reads}
        for path in self.inputs.digests.keys() - named:
            self.inputs.drop(path)
            self.entries.pop(path, None)

    def _number(self, read: Read) -> int:
        if len(self._numbers) != len(self.reads):
            self._numbers = {known: number for number, known in enumerate(self.reads)}
        number = self._numbers.setdefault(read, len(self.reads))
        if number == len(self.reads):
            self.reads.append(read)
        return number


def _text(record: TargetRecord) -> str:
    steps = [[step.name, step.key, dict(step.parts), dict(step.outputs), list(step.notes)] for step in record.steps]
    return json.dumps([record.refused, round(record.seconds, 4), steps], separators=(",", ":"))


def _opened(identity: str, content: Any, traces: list[tuple[Read, ...]]) -> TargetRecord:
    refused, seconds, steps = content
    records = [
        StepRecord(name, key, trace, parts, outputs, tuple(notes))
        for (name, key, parts, outputs, notes), trace in zip(steps, traces, strict=True)
    ]
    return TargetRecord(identity, tuple(records), refused, seconds)
