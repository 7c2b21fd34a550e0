"""What only a build that has something to do needs to know of the last ones: the records of targets, and digests by path.

Records stay text, and traces numbers, until one is wanted. Knows neither signatures nor how all this is laid out on disk.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from generator.build.reads import Kind, Read, split_entry
from generator.build.records import StepRecord, TargetRecord
from generator.build.shapes import any_note, expect, notes, seconds, text_map

if TYPE_CHECKING:
    from generator.build.shapes import IsNote


@dataclass(slots=True)
class Details:
    inputs: dict[str, str] = field(default_factory=dict)
    """Digest of each file that was read, by path."""
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    """Digests of entries by file and key, as they are in the file whose digest `inputs` holds."""
    outputs: dict[str, str] = field(default_factory=dict)
    """Digest of each file that the build made, by path."""
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
    is_note: IsNote = any_note
    """What a note must fit; a record with another counts as none."""
    _numbers: dict[Read, int] = field(default_factory=dict)
    _owned: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path, owner in self.owners.items():
            self._owned.setdefault(owner, set()).add(path)

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

    def forget(self, name: str) -> None:
        """Of a target, its record; not which outputs are its."""
        tables: tuple[dict[str, Any], ...] = (self.identities, self.traces, self.texts)
        for table in tables:
            table.pop(name, None)

    def own(self, path: str, target: str, digest: str) -> None:
        self.outputs[path] = digest
        self._owned.get(self.owners.get(path, ""), set()).discard(path)
        self.owners[path] = target
        self._owned.setdefault(target, set()).add(path)

    def disown(self, path: str) -> None:
        self._owned.get(self.owners.pop(path, ""), set()).discard(path)
        self.outputs.pop(path, None)

    def owned_by(self, name: str) -> set[str]:
        """The outputs that a target made, in whatever run."""
        return set(self._owned.get(name, ()))

    def all_owners(self) -> set[str]:
        return {owner for owner, paths in self._owned.items() if paths}

    def compact(self) -> set[str]:
        """Drop lines of traces that no target rests on, and files that no line names; these."""
        used = sorted({number for lists in self.traces.values() for trace in lists for number in trace})
        if len(used) == len(self.reads):
            return set()
        renumbered = {old: new for new, old in enumerate(used)}
        self.reads = [self.reads[number] for number in used]
        for name, lists in self.traces.items():
            self.traces[name] = [[renumbered[number] for number in trace] for trace in lists]
        self._numbers = {}
        return self._drop_unread()

    def _drop_unread(self) -> set[str]:
        named = {split_entry(name)[0] if kind == Kind.ENTRY else name for kind, name, _ in self.reads}
        unread = self.inputs.keys() - named
        for path in unread:
            del self.inputs[path]
            self.entries.pop(path, None)
        return unread

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


def _opened(identity: str, content: Any, traces: list[tuple[Read, ...]], is_note: IsNote) -> TargetRecord:
    refused, steps = content
    expect(type(refused) is bool)
    records = [_step(step, trace, is_note) for step, trace in zip(steps, traces, strict=True)]
    return TargetRecord(identity, tuple(records), refused)


def _step(content: Any, trace: tuple[Read, ...], is_note: IsNote) -> StepRecord:
    name, key, parts, outputs, left, time = content
    expect(type(name) is str and type(key) is str)
    return StepRecord(name, key, trace, text_map(parts), text_map(outputs), notes(left, is_note), seconds(time))
