"""The course of a build that has something to do: what has changed runs, and what came of it is written and remembered.

Knows targets and executors; what a step does, and what it is for, it does not know.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from generator.build.events import Answered, Begun, Ended, Event, Started
from generator.build.executor import Executor, Serial
from generator.build.faults import CannotWrite
from generator.build.job import Job, Surroundings
from generator.build.report import Outcome, Report, Status
from generator.build.shapes import within
from generator.build.standing import as_left
from generator.build.task import Failure, FailureKind, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from generator.build.details import Details
    from generator.build.reads import World
    from generator.build.saver import Saver
    from generator.build.standing import Standing
    from generator.build.state import State
    from generator.build.step import Step, Target
    from generator.build.task import Answer


class Course:
    """The course of one build."""

    def __init__(self, state: State, surroundings: Surroundings, world: World, tell: Callable[[Event], object]) -> None:
        self._state = state
        self._around = surroundings
        self._world = world
        self._tell = tell
        self._removed: list[str] = []
        """Outputs that no target makes any more, taken away."""
        self._left: list[str] = []
        """Such outputs that are not as they were made."""
        self._outcomes: dict[str, Outcome] = {}
        self._names: frozenset[str] = frozenset()

    @property
    def _details(self) -> Details:
        return self._state.details

    def take(self, standing: Standing, executor: Executor | None, saver: Saver, *, prune: bool) -> Report:
        """Settle all targets; an interruption leaves some unsettled, and nothing pruned."""
        self._names = frozenset(standing.identities)
        interrupted = False
        try:
            self._go(standing, executor or Serial(), saver.checkpoint)
            if prune:
                self._prune()
        except KeyboardInterrupt:
            interrupted = True
        finally:
            saver.save()
        settled = tuple(self._outcomes[name] for name in standing.identities if name in self._outcomes)
        return Report(settled, tuple(self._removed), tuple(self._left), interrupted)

    def _go(self, standing: Standing, executor: Executor, checkpoint: Callable[[], object]) -> None:
        changed = list(self._changed(standing))
        self._tell(Begun(len(standing.targets), len(standing.targets) - len(changed)))
        try:
            if changed:
                self._run(changed, standing.identities, executor, checkpoint)
        finally:
            executor.drop()

    def _changed(self, standing: Standing) -> Iterator[Target]:
        """The targets that are not as the state has them; the others are settled at once."""
        dirty = {self._details.owners.get(path, "") for path in standing.altered}  # nobody's, if the details are lost
        everything = self._around.force or "" in dirty
        for target in standing.targets:
            identity = standing.identities[target.name]
            if everything or not self._unchanged(target.name, identity, standing.stale, dirty):
                yield target
            else:
                self._outcomes[target.name] = as_left(target.name, self._state.remarks.get(target.name))

    def _unchanged(self, name: str, identity: str, stale: set[int], dirty: set[str]) -> bool:
        """Outputs of a refused target are the last good ones: nothing can be done about them before it is mended."""
        remark = self._state.remarks.get(name)
        return (
            self._details.identities.get(name) == identity
            and (name not in dirty or (remark is not None and remark.refused))
            and not (stale and self._details.rests_on(name, stale))
        )

    def _run(
        self,
        changed: Sequence[Target],
        identities: Mapping[str, str],
        executor: Executor,
        checkpoint: Callable[[], object],
    ) -> None:
        """Targets that have begun go before new ones, which are opened one by one: so few are in memory at a time."""
        new, begun = self._jobs(changed, identities), list[Job]()
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

    def _jobs(self, changed: Sequence[Target], identities: Mapping[str, str]) -> Iterator[Job]:
        """The longest first, so that no worker is left with it when the others are done."""
        for target in sorted(changed, key=lambda target: -self._details.seconds(target.name)):
            yield Job(target, identities[target.name], self._details.target(target.name), self._around)

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
        self._take_away(self._details.owned_by(name) - kept)
        return written

    def _take_away(self, paths: Iterable[str]) -> None:
        for path in sorted(paths):
            (self._removed if self._around.outputs.remove(path) else self._left).append(path)

    def _check(self, path: str, name: str) -> None:
        if not within(path):
            raise Misplaced(f"output {path} is not in the output folder")
        owner = self._details.owners.get(path, name)
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

    def _prune(self) -> None:
        """Take away what targets that have vanished left."""
        for name in self._details.identities.keys() - self._names:
            self._state.forget(name)
        for name in sorted(self._details.all_owners() - self._names):
            self._take_away(self._details.owned_by(name))


class Misplaced(ValueError):
    """An output that a target may not write."""
