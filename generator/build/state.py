"""What the last builds left behind: records of targets, and tables of the files that were read and written.

One state belongs to one output folder. A build with nothing to do needs few of its parts, and only those are opened for it: the
`Details` wait on disk until somebody asks for them, and in them records stay text until one is wanted.
Knows neither how a file is checked (`verify.py`, `outputs.py`) nor how the state is laid out on disk (`statefile.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.build.reads import Kind, Read, split_entry
from generator.build.records import StepRecord, TargetRecord
from generator.build.signature import Signature, settled_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Container


@dataclass(slots=True)
class Details:
    """What only a build that has something to do needs."""

    digests: dict[str, str] = field(default_factory=dict)
    """Of each output, by path."""
    owners: dict[str, str] = field(default_factory=dict)
    """The target that made each output."""
    traces: dict[str, list[list[int]]] = field(default_factory=dict)
    """By target, for each of its steps: numbers of lines in the state's `reads`."""
    texts: dict[str, str] = field(default_factory=dict)
    """By target: the rest of its record, as JSON."""


@dataclass(slots=True)
class State:
    marks: dict[str, int] = field(default_factory=dict)
    """Of files that were read, by path: the mark of the signature that the file had when its digest was taken."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of the same files."""
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    """Digests of entries by file and key, as they are in the file whose digest `digests` holds."""
    output_marks: dict[str, int] = field(default_factory=dict)
    """Of files that the build made, by path."""
    reads: list[Read] = field(default_factory=list)
    """Each distinct line of all traces."""
    identities: dict[str, str] = field(default_factory=dict)
    """By target; so its keys are the targets that the state knows."""
    remarks: dict[str, bool] = field(default_factory=dict)
    """The targets whose record must be opened even when nothing has changed (they carry notes): true if refused."""
    strays: list[str] = field(default_factory=list)
    """Targets without a record that own outputs: those that broke while they were written. As of loading."""
    open_details: Callable[[], Details] = Details
    changed: bool = False
    """Whether it differs from what is on disk."""
    _details: Details | None = None
    _fresh: dict[str, Signature] = field(default_factory=dict)
    """Outputs of this run, which `settle` will look at."""
    _numbers: dict[Read, int] = field(default_factory=dict)
    _owned: dict[str, set[str]] = field(default_factory=dict)

    @property
    def details(self) -> Details:
        if self._details is None:
            self._details = self.open_details()
            for path, owner in self._details.owners.items():
                self._owned.setdefault(owner, set()).add(path)
        return self._details

    def target(self, name: str) -> TargetRecord | None:
        text = self.details.texts.get(name)
        if text is None or name not in self.identities:
            return None
        traces = [tuple(self.reads[number] for number in trace) for trace in self.details.traces[name]]
        return _opened(self.identities[name], json.loads(text), traces)

    def seconds(self, name: str) -> float:
        """What making a target took last; nothing is known of a new one."""
        record = self.target(name)
        return record.seconds if record else 0.0

    def rests_on(self, name: str, lines: set[int]) -> bool:
        """Whether a target read any of these lines of `reads`; also if that is not known any more."""
        traces = self.details.traces.get(name)
        return traces is None or any(not lines.isdisjoint(trace) for trace in traces)

    def record(self, name: str, record: TargetRecord) -> None:
        self.identities[name] = record.identity
        self.details.traces[name] = [[self._number(read) for read in step.trace] for step in record.steps]
        self.details.texts[name] = _text(record)
        self.remarks.pop(name, None)
        if record.refused or record.notes:
            self.remarks[name] = record.refused
        self.changed = True

    def forget(self, name: str) -> None:
        """Of a target, its record; not which outputs are its."""
        tables: tuple[dict[str, Any], ...] = (self.identities, self.remarks, self.details.traces, self.details.texts)
        for table in tables:
            table.pop(name, None)
        self.changed = True

    def saw_input(self, path: str, signature: Signature, now: int, digest: str) -> None:
        """A file was read at `now`. If it is another than the state knew, nothing is known of its entries any more."""
        if self.digests.get(path) != digest:
            self.entries.pop(path, None)
        mark = settled_mark(signature, now)
        if self.digests.get(path) != digest or self.marks[path] != mark:
            self.digests[path] = digest
            self.marks[path] = mark
            self.changed = True

    def saw_entry(self, path: str, key: str, found: str) -> None:
        """An entry of a file, as it is in the version that the state knows."""
        self.entries.setdefault(path, {})[key] = found
        self.changed = True

    def saw_entries(self, trace: tuple[Read, ...], seen: Container[str]) -> None:
        """A trace names entries of files that were seen just now; not of those that could not be read."""
        for kind, name, found in trace:
            if kind == Kind.ENTRY:
                path, key = split_entry(name)
                if path in seen:
                    self.saw_entry(path, key, found)

    def saw_output(self, path: str, signature: Signature) -> None:
        """An output is on disk as it was made, and `stat` says this of it."""
        self.output_marks[path] = signature.mark
        self._fresh[path] = signature
        self.changed = True

    def own(self, path: str, target: str, digest: str) -> None:
        self.details.digests[path] = digest
        self._owned.get(self.details.owners.get(path, ""), set()).discard(path)
        self.details.owners[path] = target
        self._owned.setdefault(target, set()).add(path)
        self.changed = True

    def disown(self, path: str) -> None:
        owner = self.details.owners.pop(path, "")
        self._owned.get(owner, set()).discard(path)
        self.details.digests.pop(path, None)
        self.output_marks.pop(path, None)
        self._fresh.pop(path, None)
        self.changed = True

    def owners(self) -> set[str]:
        """The targets that own outputs, or may, as far as the details need not be opened to tell."""
        if self._details is None:
            return {*self.identities, *self.strays}
        return {owner for owner, paths in self._owned.items() if paths}

    def owned_by(self, name: str) -> set[str]:
        """The outputs that a target made, in whatever run."""
        return set(self._owned.get(name, ())) if self.details else set()

    def settle(self, now: int) -> None:
        """Distrust the signatures of outputs that were written too recently to tell them from later changes."""
        for path, signature in self._fresh.items():
            self.output_marks[path] = settled_mark(signature, now)

    def compact(self) -> None:
        """Drop lines of traces that no target rests on, and files that no line names."""
        traces = self.details.traces
        used = sorted({number for lists in traces.values() for trace in lists for number in trace})
        if len(used) == len(self.reads):
            return
        renumbered = {old: new for new, old in enumerate(used)}
        self.reads = [self.reads[number] for number in used]
        for name, lists in traces.items():
            traces[name] = [[renumbered[number] for number in trace] for trace in lists]
        self._numbers = {}
        self._drop_unread()

    def _drop_unread(self) -> None:
        named = {split_entry(name)[0] if kind == Kind.ENTRY else name for kind, name, _ in self.reads}
        for path in self.digests.keys() - named:
            del self.digests[path], self.marks[path]
            self.entries.pop(path, None)

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
    return json.dumps([record.refused, steps], separators=(",", ":"))


def _opened(identity: str, content: Any, traces: list[tuple[Read, ...]]) -> TargetRecord:
    refused, steps = content
    records = [
        StepRecord(name, key, trace, parts, outputs, tuple(notes), seconds)
        for (name, key, parts, outputs, notes, seconds), trace in zip(steps, traces, strict=True)
    ]
    return TargetRecord(identity, tuple(records), refused)
