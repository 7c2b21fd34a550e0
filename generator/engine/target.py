"""Progress of one target through its steps: which must run, with what, and why; their cache entries.

Steps are taken in order. A step whose key, trace and outputs are as recorded is skipped, so a later step with the same input
bytes is skipped too ("early cut-off"). If a step that must run needs bytes that a skipped one made, they come from the cache,
or else the skipped step runs again.

Somebody else may have written an entry, so an entry of another shape counts as missing and is removed.
An entry is a line of JSON followed by all parts and outputs: `[trace, notes, [[part, size], ...], [[output, size], ...]]`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.engine import digest, plain_data
from generator.engine.cache import Cache
from generator.engine.db import Database, StepRecord, TargetRecord
from generator.engine.outputs import Outputs
from generator.engine.plain_data import IsNote, all_within, any_note, expect, notes, texts
from generator.engine.report import Reason, Why
from generator.engine.step import (
    Accepts,
    Failure,
    FailureKind,
    Made,
    Rejected,
    Step,
    Target,
    TaskAnswer,
    accept_all,
    split_part,
)
from generator.engine.trace import Read
from generator.engine.verifier import Verifier


@dataclass(frozen=True, slots=True)
class BuildContext:
    """The parts of a build that a target needs."""

    db: Database
    verifier: Verifier
    outputs: Outputs
    cache: Cache
    now: int
    """The file system's clock when the run began, in nanoseconds."""
    force: bool = False
    is_note: IsNote = any_note
    """Check that a note in the cache must pass."""


@dataclass(slots=True)
class TargetBuild:
    target: Target
    identity: str
    old: TargetRecord | None
    context: BuildContext
    records: dict[str, StepRecord] = field(default_factory=dict)
    """Records of the finished steps, by name."""
    made: dict[str, Made] = field(default_factory=dict)
    """Results of steps that are in memory."""
    ran: list[str] = field(default_factory=list)
    reasons: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    """By step: why it cannot be skipped."""
    seconds: float = 0.0
    rejected: bool = False
    _needed_by: dict[str, str] = field(default_factory=dict)
    """Unchanged steps whose parts are needed, with the step that needs them."""

    def next_step(self) -> Step | None:
        """Skip steps that are unchanged or cached; return the step that must run now, or None if all are done."""
        while not self.rejected and (step := self._undone()) is not None:
            if not (self._pass_over(step) or self._fetch(step) or self._go_back_for(step)):
                return step
        return None

    def arguments(self, step: Step) -> tuple[object, ...]:
        if not step.inputs:
            return self.target.values
        return tuple(self.made[name].parts[part] for name, part in map(split_part, step.inputs))

    def finish(self, step: Step, answer: TaskAnswer) -> Failure | None:
        """Process the result of a step: made, rejected or failed."""
        self.ran.append(step.name)
        self.seconds += answer.seconds
        if isinstance(answer.result, Failure):
            return answer.result
        if not all(map(self.context.is_note, answer.result.notes)):
            return Failure(FailureKind.CRASHED, f"step {step.name} left a note of a shape that is not known here")
        if isinstance(answer.result, Made) and (lacking := self._taken(step) - answer.result.parts.keys()):
            message = f"step {step.name} did not make {' and '.join(sorted(lacking))}, which later steps take"
            return Failure(FailureKind.CRASHED, message)
        if isinstance(answer.result, Rejected):
            self.rejected = True
            notes = tuple(answer.result.notes)
            self.records[step.name] = StepRecord(
                step.name, self._key(step), answer.trace, notes=notes, seconds=answer.seconds
            )
        else:
            record = step_record(step.name, self._key(step), answer.result, answer.trace, answer.seconds)
            self.records[step.name] = record
            self.made[step.name] = answer.result
            if step.cached:
                put_result(self.context.cache, record, answer.result)
        return None

    def record(self) -> TargetRecord:
        done = tuple(self.records[step.name] for step in self.target.steps if step.name in self.records)
        return TargetRecord(self.identity, done, self.rejected)

    @property
    def why(self) -> tuple[Reason, ...]:
        """Return why the target was built, also if no step has changed but the list of steps has."""
        reasons = tuple(reason for step in self.target.steps for reason in self.reasons.get(step.name, ()))
        remade = self.old is not None and self.old.identity != self.identity
        return reasons or ((Reason(Why.REMADE),) if remade else ())

    def _undone(self) -> Step | None:
        return next((step for step in self.target.steps if step.name not in self.records), None)

    def _pass_over(self, step: Step) -> bool:
        old = self.old.step(step.name) if self.old else None
        reasons = tuple(self._reasons(step, old))
        if reasons or old is None or self.old is None:
            self.reasons[step.name] = reasons
            return False
        self.records[step.name] = old
        self.rejected = self.old.rejected and old is self.old.steps[-1]
        return True

    def _fetch(self, step: Step) -> bool:
        """Take the result of a step from the cache; return whether it was there."""
        if not step.cached or self.context.force:
            return False
        cached = get_result(self.context.cache, step.name, self._key(step), step.accepts, self.context.is_note)
        if (
            cached is None
            or self._taken(step) - cached[1].parts.keys()
            or not all(map(self.context.verifier.holds, cached[0].trace))
        ):
            return False
        self.records[step.name], self.made[step.name] = cached
        if step.name in self._needed_by:
            del self.reasons[step.name]  # its parts were needed, and were in memory
        return True

    def _go_back_for(self, step: Step) -> bool:
        """Whether a skipped step must run first, because this step needs its parts."""
        lacking = {name for name, _ in map(split_part, step.inputs) if name not in self.made}
        for name in lacking:
            self._needed_by[name] = step.name
            del self.records[name]
        return bool(lacking)

    def _key(self, step: Step) -> str:
        """Return the digest of a step's identity and inputs."""
        inputs = [self._part(address) for address in step.inputs] if step.inputs else list(self.target.values)
        return digest.of_plain([step.identity, step.inputs, inputs])

    def _part(self, address: str) -> str:
        name, part = split_part(address)
        return self.records[name].parts[part]

    def _reasons(self, step: Step, old: StepRecord | None) -> Iterator[Reason]:
        """Yield why a step cannot be skipped; the first kind of reason that applies."""
        if step.name in self._needed_by:
            yield Reason(Why.NEEDED, "", self._needed_by[step.name], step.name)
        elif self.context.force:
            yield Reason(Why.FORCED, step=step.name)
        elif old is None:
            yield Reason(Why.NEW, step=step.name)
        elif old.key != self._key(step):
            yield from self._new_parts(step)
        elif self._taken(step) - old.parts.keys():
            yield Reason(Why.REMADE, step=step.name)
        else:
            yield from (self._stale(step, read) for read in old.trace if not self.context.verifier.holds(read))
            yield from self._lost(step, old)

    def _taken(self, step: Step) -> set[str]:
        """Return the parts of a step that other steps use."""
        addresses = (split_part(address) for other in self.target.steps for address in other.inputs)
        return {part for name, part in addresses if name == step.name}

    def _new_parts(self, step: Step) -> Iterator[Reason]:
        changed = [address for address in step.inputs if self._old_part(address) != self._part(address)]
        yield from (Reason(Why.PART, "part", address, step.name) for address in changed)
        if not changed:
            yield Reason(Why.REMADE, step=step.name)

    def _old_part(self, address: str) -> str | None:
        name, part = split_part(address)
        old = self.old.step(name) if self.old else None
        return old.parts.get(part) if old else None

    def _stale(self, step: Step, read: Read) -> Reason:
        if read.digest == digest.ABSENT:
            why = Why.APPEARED
        else:
            gone = self.context.verifier.current(read.kind, read.name) == digest.ABSENT
            why = Why.GONE if gone else Why.CHANGED
        return Reason(why, read.kind, read.name, step.name)

    def _lost(self, step: Step, old: StepRecord) -> Iterator[Reason]:
        for path, expected in old.outputs.items():
            if not self.context.outputs.intact(path, expected):
                yield Reason(Why.OUTPUT, "output", path, step.name)


def step_record(name: str, key: str, made: Made, trace: tuple[Read, ...], seconds: float = 0.0) -> StepRecord:
    """Return the database record of a step's result."""
    return StepRecord(name, key, trace, _digests(made.parts), _digests(made.outputs), tuple(made.notes), seconds)


def put_result(cache: Cache, record: StepRecord, made: Made) -> None:
    header = [record.trace, list(made.notes), plain_data.sizes(made.parts), plain_data.sizes(made.outputs)]
    contents = [*made.parts.values(), *made.outputs.values()]
    cache.put(address(record.key), b"\n".join([json.dumps(header).encode(), b"".join(contents)]))


def get_result(
    cache: Cache, name: str, key: str, accepts: Accepts = accept_all, is_note: IsNote = any_note
) -> tuple[StepRecord, Made] | None:
    """Return the last cached result of a step's key. The caller checks whether its trace is still valid.

    `accepts` checks the form of parts, `is_note` that of a note.
    """
    entry = cache.get(address(key))
    if entry is None:
        return None
    try:
        made, trace = _opened(entry, is_note)
        expect(accepts(made.parts))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        cache.drop(address(key))
        return None
    return step_record(name, key, made, trace), made


def _opened(entry: bytes, is_note: IsNote) -> tuple[Made, tuple[Read, ...]]:
    """Decode an entry. Raises one of the exceptions that `get_result` catches for an entry of another shape."""
    head, _, body = entry.partition(b"\n")
    lines, left, parts, outputs = json.loads(head)
    all_within(texts([path for path, _ in outputs]))
    contents = plain_data.cut(body, parts + outputs)
    made = Made(dict(contents[: len(parts)]), dict(contents[len(parts) :]), notes(left, is_note))
    return made, tuple(_line(line) for line in lines)


def _line(line: Any) -> Read:
    kind, name, recorded = texts(line)
    return Read(kind, name, recorded)


def address(key: str) -> str:
    """Return the cache key of a step's result; the number is the version of the entry's format."""
    return digest.of_plain(["kept", 2, key])


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: digest.of_bytes(content) for name, content in contents.items()}
