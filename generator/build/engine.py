"""One build: what is unchanged is skipped, the rest runs, and what came of it is written and remembered.

Knows targets and executors; what a step does, and what it is for, it does not know.
"""

from __future__ import annotations

import itertools
import os
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build import atomic, lock, statefile
from generator.build.cache import Cache, trim_daily
from generator.build.events import Answered, Begun, Ended, Event, Started, Waiting
from generator.build.executor import Executor, Serial
from generator.build.faults import CannotWrite, DuplicateTarget
from generator.build.job import Job, Surroundings
from generator.build.outputs import Outputs, within
from generator.build.reads import World
from generator.build.report import Outcome, Report, Status
from generator.build.signature import SECOND
from generator.build.task import Failure, FailureKind, Task
from generator.build.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from generator.build.lock import Lock
    from generator.build.reads import Probe
    from generator.build.state import State
    from generator.build.step import Step, Target
    from generator.build.task import Answer

CHECKPOINT = 20
"""The state is saved during a build whenever this many times the cost of saving it has gone by: at most 5% of the time."""

PAUSE = 1.0
"""Seconds between two such savings at least."""


def build(
    targets: Iterable[Target],
    *,
    root: Path,
    out: Path,
    store: Path,
    executor: Executor | None = None,
    values: Mapping[str, str] | None = None,
    probe: Probe | None = None,
    cache: str | None = None,
    on_event: Callable[[Event], object] | None = None,
    prune: bool = True,
    force: bool = False,
    wait: bool = True,
    cache_bytes: int = 1 << 30,
) -> Report:
    """Bring all targets up to date.

    `root` is what reads are relative to, `out` what outputs are relative to; `store` is the engine's own folder: state, lock, and the
    cache, unless `cache` names another folder or an fsspec address, or is empty for none. The engine's own is trimmed to
    `cache_bytes`, once a day. With `prune`, targets that the state knows and that are not among these have vanished: their
    outputs are taken away. `wait` for another build in the same store, or raise Busy.

    Raises BuildFault for whatever ends the run; all that ends one target is in the report.
    """
    listed = list(targets)
    _refuse_duplicates(listed)
    start = time.perf_counter()
    tell = on_event or (lambda event: None)
    folder = store.resolve()
    with lock.held(folder / "lock", wait=wait, on_wait=lambda: tell(Waiting())) as holding:
        if holding.abandoned:
            _sweep(out, folder)
        now = holding.now()
        state = statefile.load(folder / "state")
        world = World(str(root.resolve()), values or {}, probe, str(folder / "cache") if cache is None else cache)
        verifier, outputs = Verifier(state, world, now), Outputs(state, out.resolve())
        run = Run(state, Surroundings(verifier, outputs, Cache.at(world.cache), now, force), world, tell)
        saver = Saver(folder / "state", state, holding)
        report = _report(run, listed, executor or Serial(), saver, prune=prune, start=start)
        if cache is None and any(outcome.ran for outcome in report.outcomes):
            trim_daily(folder / "cache", cache_bytes, now / SECOND)
        return report


def _report(run: Run, targets: list[Target], executor: Executor, saver: Saver, *, prune: bool, start: float) -> Report:
    interrupted = False
    try:
        run.go(targets, executor, saver.checkpoint)
        if prune:
            run.prune()
    except KeyboardInterrupt:
        interrupted = True
    finally:
        saver.save()
    settled = tuple(run.outcomes[target.name] for target in targets if target.name in run.outcomes)
    return Report(settled, tuple(run.removed), tuple(run.left), interrupted, time.perf_counter() - start)


def _refuse_duplicates(targets: Sequence[Target]) -> None:
    names = [target.name for target in targets]
    if len(set(names)) < len(names):
        raise DuplicateTarget(next(name for name, times in Counter(names).items() if times > 1))


def _sweep(*folders: Path) -> None:
    """Take away what a killed build left unfinished."""
    for folder in folders:
        for place, _, _ in os.walk(folder):
            atomic.sweep(Path(place))


class Run:
    """The course of one build."""

    def __init__(self, state: State, surroundings: Surroundings, world: World, tell: Callable[[Event], object]) -> None:
        self._state = state
        self._around = surroundings
        self._world = world
        self._tell = tell
        self.removed: list[str] = []
        """Outputs that no target makes any more, taken away."""
        self.left: list[str] = []
        """Such outputs that are not as they were made."""
        self._outcomes: dict[str, Outcome] = {}
        self._names: frozenset[str] = frozenset()

    def go(self, targets: Sequence[Target], executor: Executor, checkpoint: Callable[[], object]) -> None:
        """Settle all targets; an interruption (KeyboardInterrupt) leaves some unsettled."""
        self._names = frozenset(target.name for target in targets)
        changed = self._changed(targets)
        self._tell(Begun(len(targets), len(targets) - len(changed)))
        try:
            self._run(changed, executor, checkpoint)
        finally:
            executor.drop()

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        return self._outcomes

    def _changed(self, targets: Sequence[Target]) -> list[tuple[Target, str]]:
        """The targets, with their identities, that are not as the state has them; the others are settled at once."""
        stale = self._around.verifier.stale()
        altered = self._around.outputs.altered()
        dirty = {self._state.details.owners.get(path, "") for path in altered}  # nobody's, if the details are lost
        identify = Identities()
        changed = []
        for target in targets:
            identity = identify(target)
            before = None if self._around.force or "" in dirty else self._as_before(target.name, identity, stale, dirty)
            if before is None:
                changed.append((target, identity))
            else:
                self._outcomes[target.name] = before
        return changed

    def _unchanged(self, name: str, identity: str, stale: set[int], dirty: set[str]) -> bool:
        """Outputs of a refused target are the last good ones: nothing can be done about them before it is mended."""
        return (
            self._state.identities.get(name) == identity
            and (name not in dirty or self._state.remarks.get(name, False))
            and not (stale and self._state.rests_on(name, stale))
        )

    def _as_before(self, name: str, identity: str, stale: set[int], dirty: set[str]) -> Outcome | None:
        """The outcome of a target that is as the last run left it; none if it is not."""
        if not self._unchanged(name, identity, stale, dirty):
            return None
        refused = self._state.remarks.get(name)
        if refused is None:
            return Outcome(name, Status.SKIPPED)
        record = self._state.target(name)
        if record is None:
            return None
        return Outcome(name, Status.REFUSED if refused else Status.SKIPPED, notes=record.notes)

    def _run(self, changed: list[tuple[Target, str]], executor: Executor, checkpoint: Callable[[], object]) -> None:
        """Targets that have begun go before new ones, which are opened one by one: so few are in memory at a time."""
        new, begun = self._jobs(changed), list[Job]()
        flying: dict[int, tuple[Job, Step]] = {}
        numbers = itertools.count()
        while True:
            while executor.room > 0 and (job := begun.pop() if begun else next(new, None)) is not None:
                step = job.next_step()
                if step is None:
                    self._complete(job)
                    checkpoint()
                else:
                    number = next(numbers)
                    flying[number] = (job, step)
                    self._submit(number, job, step, executor)
            if not flying:
                return
            for answer in executor.wait():
                job, step = flying.pop(answer.number)
                if self._take(job, step, answer):
                    begun.append(job)

    def _jobs(self, changed: list[tuple[Target, str]]) -> Iterator[Job]:
        """The longest first, so that no worker is left with it when the others are done."""
        for target, identity in sorted(changed, key=lambda each: -self._state.seconds(each[0].name)):
            yield Job(target, identity, self._state.target(target.name), self._around)

    def _submit(self, number: int, job: Job, step: Step, executor: Executor) -> None:
        self._tell(Started(job.target.name, step.name))
        label = f"{job.target.name}: {step.name}"
        executor.submit(Task(number, label, step.function, job.arguments(step), self._world, step.warm))

    def _take(self, job: Job, step: Step, answer: Answer) -> bool:
        """Take in an answer; whether the target goes on."""
        for path, (signature, found) in answer.signatures.items():
            self._state.saw_input(path, signature, self._around.now, found)
        self._state.saw_entries(answer.trace, answer.signatures)
        failure = job.finish(step, answer)
        self._tell(Answered(job.target.name, step.name, answer))
        if failure is not None:
            self._fail(job, failure)
        return failure is None

    def _complete(self, job: Job) -> None:
        """Write what a target's steps have made, and remember it."""
        name = job.target.name
        if job.refused:
            self._state.record(name, job.record())
            self._end(self._outcome(job, Status.REFUSED))
            return
        self._state.forget(name)  # so that half of it, if more is not written, is never taken for the whole
        try:
            written = self._write(name, job)
        except (CannotWrite, Misplaced) as fault:
            self._fail(job, Failure(FailureKind.UNWRITABLE, str(fault)))
            return
        self._state.record(name, job.record())
        status = Status.BUILT if job.why else Status.SKIPPED
        self._end(self._outcome(job, status)._replace(outputs=tuple(written)))

    def _write(self, name: str, job: Job) -> list[str]:
        contents = {path: content for made in job.made.values() for path, content in made.outputs.items()}
        for path in contents:
            self._check(path, name)
        written = [path for path, content in contents.items() if self._around.outputs.write(path, name, content)]
        kept = {path for record in job.records.values() for path in record.outputs}
        self._take_away(self._state.owned_by(name) - kept)
        return written

    def _take_away(self, paths: Iterable[str]) -> None:
        for path in sorted(paths):
            (self.removed if self._around.outputs.remove(path) else self.left).append(path)

    def _check(self, path: str, name: str) -> None:
        if not within(path):
            raise Misplaced(f"output {path} is not in the output folder")
        owner = self._state.details.owners.get(path, name)
        if owner != name and owner in self._names:
            raise Misplaced(f"output {path} is already made by {owner}")

    def _fail(self, job: Job, failure: Failure) -> None:
        self._end(self._outcome(job, Status.BROKEN)._replace(failure=failure))

    def _outcome(self, job: Job, status: Status) -> Outcome:
        notes = tuple(note for record in job.records.values() for note in record.notes)
        return Outcome(job.target.name, status, tuple(job.ran), job.why, notes, seconds=job.seconds)

    def _end(self, outcome: Outcome) -> None:
        self._outcomes[outcome.target] = outcome
        self._tell(Ended(outcome))

    def prune(self) -> None:
        """Take away what targets that have vanished left."""
        for name in self._state.identities.keys() - self._names:
            self._state.forget(name)
        for name in sorted(self._state.owners() - self._names):
            self._take_away(self._state.owned_by(name))


class Identities:
    """Texts that tell how a target is made. Steps are shared by many targets, so theirs is made once."""

    def __init__(self) -> None:
        self._steps: dict[int, str] = {}

    def __call__(self, target: Target) -> str:
        steps = self._steps.get(id(target.steps))
        if steps is None:
            steps = " ".join(f"{step.name}={step.identity}({','.join(step.takes)})" for step in target.steps)
            self._steps[id(target.steps)] = steps
        return f"{steps} {target.values!r}"


class Misplaced(ValueError):
    """An output that a target may not write."""


class Saver:
    """Saves the state: at the end, and now and then on the way, so that a build that is killed keeps most of its work."""

    def __init__(self, path: Path, state: State, holding: Lock) -> None:
        self._path = path
        self._state = state
        self._lock = holding
        self._due = time.perf_counter() + PAUSE

    def save(self) -> None:
        if self._state.changed:
            self._state.settle(self._lock.now())
            statefile.save(self._path, self._state)

    def checkpoint(self) -> None:
        start = time.perf_counter()
        if start > self._due:
            self.save()
            end = time.perf_counter()
            self._due = end + max(PAUSE, CHECKPOINT * (end - start))
