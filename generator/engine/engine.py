"""Runs one build: finds dirty targets, runs their steps, and records the results.

`target.py` decides which steps of a dirty target run, and states why.
"""

from __future__ import annotations

import errno
import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.engine import atomic, build_lock, db_format
from generator.engine.cache import Cache, trim_daily
from generator.engine.db import Database
from generator.engine.db_format import Checkpoint
from generator.engine.errors import CannotWrite
from generator.engine.executor import Executor, Serial
from generator.engine.outputs import Outputs
from generator.engine.plain_data import IsNote, any_note, within
from generator.engine.report import Answered, Begun, Ended, Event, Outcome, Report, Started, TargetStatus, Waiting
from generator.engine.stat import SECOND, changed_files
from generator.engine.step import Failure, FailureKind, Step, Target, Task, TaskAnswer, identities
from generator.engine.target import BuildContext, TargetBuild
from generator.engine.trace import Probe, World
from generator.engine.verifier import Verifier


def build(
    targets: Iterable[Target],
    *,
    root: Path,
    out: Path,
    store: Path,
    executor: Executor | None = None,
    values: Mapping[str, str] | None = None,
    probe: Probe | None = None,
    is_note: IsNote = any_note,
    cache: str | None = None,
    on_event: Callable[[Event], object] | None = None,
    prune: bool = True,
    force: bool = False,
    intact_below: str = "",
) -> Report:
    """Bring all targets up to date.

    Reads are relative to `root`, outputs to `out`. `store` is the engine's own folder, with the database, the lock and the cache.
    `cache` names another folder or an fsspec address for the cache; "" is for none. The cache in `store` is trimmed at most once a day.
    `executor` runs the steps; the default runs them one after another in this process. Steps may read `values`, and get the digests of
    the entries in a file from `probe`. With `force`, up-to-date targets are built too. With `prune`, the outputs of targets in the
    database that are not among `targets` are removed. `is_note` tells whether a value is a note that steps leave, because a database or
    a cache may contain anything. `on_event` is called with each event, in this process. The report lists the intact outputs in the
    folder `intact_below`, also those of earlier builds.

    Raises BuildError for a fault that ends the run. Faults that end one target are in the report.
    """
    start = time.perf_counter()
    tell = on_event or (lambda event: None)
    for own in (store, store / "cache"):
        if own.is_symlink():  # somebody else may have made it, and what is behind it is not ours
            raise CannotWrite(own, OSError(errno.EPERM, "it is a link"))
    folder = store.resolve()
    with build_lock.held(folder / "lock", lambda: tell(Waiting())) as lock:
        if lock.abandoned:
            _sweep(out, folder)
        now = lock.now()
        db = db_format.load(folder / "database", is_note)
        world = World(str(root.resolve()), values or {}, probe, str(folder / "cache") if cache is None else cache)
        context = BuildContext(
            db=db,
            verifier=Verifier(db, world, now),
            outputs=Outputs(db, out.resolve()),
            cache=Cache.at(world.cache),
            now=now,
            force=force,
            is_note=is_note,
        )
        listed = list(targets)
        scheduler = Scheduler(listed, identities(listed), context, world, tell)
        report = scheduler.run(executor or Serial(), Checkpoint(folder / "database", db, lock), prune=prune)
        if cache is None and any(outcome.ran for outcome in report.outcomes):
            trim_daily(folder / "cache", now / SECOND)
        intact = context.outputs.intact_below(intact_below) if intact_below else {}
        return report._replace(seconds=time.perf_counter() - start, intact=intact)


def _sweep(*folders: Path) -> None:
    """Remove the unfinished files of a killed build."""
    for folder in folders:
        for place, _, _ in os.walk(folder):
            atomic.sweep(place)


class Misplaced(ValueError):
    """A target may not write this output."""


class Scheduler:
    """One build of all targets. `identities` are their texts by name (`step.identities`), in the order of the report."""

    def __init__(
        self,
        targets: Sequence[Target],
        identities: Mapping[str, str],
        context: BuildContext,
        world: World,
        tell: Callable[[Event], object],
    ) -> None:
        self._targets = targets
        self._identities = identities
        self._context = context
        self._world = world
        self._tell = tell
        self._outcomes: dict[str, Outcome] = {}
        self._removed: list[str] = []
        """Paths of the removed outputs that no target makes any more."""
        self._left: list[str] = []
        """Paths of such outputs that were changed by hand, and so were not removed."""

    @property
    def _db(self) -> Database:
        return self._context.db

    def run(self, executor: Executor, checkpoint: Checkpoint, *, prune: bool) -> Report:
        """Finish all targets. An interruption leaves some unfinished and prunes nothing."""
        interrupted = False
        try:
            dirty = self._dirty()
            self._tell(Begun(len(self._targets), len(self._targets) - len(dirty)))
            if dirty:
                self._run(dirty, executor, checkpoint)
            if prune:
                self._prune()
        except KeyboardInterrupt:
            interrupted = True
        finally:
            checkpoint.save()
        settled = tuple(self._outcomes[name] for name in self._identities if name in self._outcomes)
        return Report(settled, tuple(self._removed), tuple(self._left), interrupted)

    # ---------------------------------------------------------------- which targets are dirty

    def _dirty(self) -> list[Target]:
        """Return the targets that are not up to date, and store the outcomes of the others."""
        verifier, outputs = self._context.verifier, self._context.outputs
        stale = verifier.stale(changed_files(verifier.root, self._db.fingerprints.items()))
        altered = outputs.altered(changed_files(outputs.folder, self._db.output_fingerprints.items()))
        spoilt = {self._db.owners[path] for path in altered}
        dirty = []
        for target in self._targets:
            if self._context.force or not self._up_to_date(target.name, stale, spoilt):
                dirty.append(target)
            else:
                self._outcomes[target.name] = self._as_left(target.name)
        return dirty

    def _up_to_date(self, name: str, stale: set[int], spoilt: set[str]) -> bool:
        """Whether a target is up to date. The outputs of a rejected target are the last good ones and do not count."""
        return (
            self._db.identities.get(name) == self._identities[name]
            and not (stale and self._db.rests_on(name, stale))
            and (name not in spoilt or self._as_left(name).status == TargetStatus.REJECTED)
        )

    def _as_left(self, name: str) -> Outcome:
        rejected, notes = self._db.shown_notes(name)
        return Outcome(name, TargetStatus.REJECTED if rejected else TargetStatus.SKIPPED, notes=notes)

    def _builds(self, dirty: Iterable[Target]) -> Iterator[TargetBuild]:
        """Yield a build of each target. Those that took longest last time come first, so that the last ones to end are short."""
        for target in sorted(dirty, key=lambda target: -self._db.seconds(target.name)):
            yield TargetBuild(target, self._identities[target.name], self._db.target(target.name), self._context)

    # ---------------------------------------------------------------- running

    def _run(self, dirty: Sequence[Target], executor: Executor, checkpoint: Checkpoint) -> None:
        """Run the targets. The next step of a started target goes before a new target, so that few targets are in memory at a time."""
        new, begun = self._builds(dirty), list[TargetBuild]()
        running: dict[int, tuple[TargetBuild, Step]] = {}
        numbers = itertools.count()
        try:
            while True:
                while executor.room > 0 and (build := begun.pop() if begun else next(new, None)) is not None:
                    step = build.next_step()
                    if step is None:
                        self._complete(build)
                        checkpoint.save_if_due()
                    else:
                        number = next(numbers)
                        running[number] = (build, step)
                        self._submit(number, build, step, executor)
                if not running:
                    return
                for answer in executor.wait():
                    build, step = running.pop(answer.number)
                    if self._take(build, step, answer):
                        begun.append(build)
        finally:
            executor.drop()

    def _submit(self, number: int, build: TargetBuild, step: Step, executor: Executor) -> None:
        self._tell(Started(build.target.name, step.name))
        label = f"{build.target.name}: {step.name}"
        executor.submit(Task(number, label, step.function, build.arguments(step), self._world, step.warm))

    def _take(self, build: TargetBuild, step: Step, answer: TaskAnswer) -> bool:
        """Process an answer; return whether the target has more steps."""
        for path, (stat, file_digest) in answer.stats.items():
            self._db.saw_input(path, stat, self._context.now, file_digest)
        self._db.saw_entries(answer.trace, answer.stats)
        failure = build.finish(step, answer)
        self._tell(Answered(build.target.name, step.name, answer))
        if failure is not None:
            self._fail(build, failure)
        return failure is None

    # ---------------------------------------------------------------- the end of a target

    def _complete(self, build: TargetBuild) -> None:
        """Write the outputs of a target and record them."""
        name = build.target.name
        if build.rejected:
            self._db.record(name, build.record())
            self._end(self._outcome(build, TargetStatus.REJECTED))
            return
        self._db.forget(name)  # so a partly written target is never taken for a complete one
        try:
            written = self._write(name, build)
        except (CannotWrite, Misplaced) as error:
            self._fail(build, Failure(FailureKind.UNWRITABLE, str(error)))
            return
        self._db.record(name, build.record())
        status = TargetStatus.BUILT if build.why else TargetStatus.SKIPPED
        self._end(self._outcome(build, status)._replace(outputs=tuple(written)))

    def _fail(self, build: TargetBuild, failure: Failure) -> None:
        self._end(self._outcome(build, TargetStatus.BROKEN)._replace(failure=failure))

    def _outcome(self, build: TargetBuild, status: TargetStatus) -> Outcome:
        notes = tuple(note for record in build.records.values() for note in record.notes)
        return Outcome(build.target.name, status, tuple(build.ran), build.why, notes, seconds=build.seconds)

    def _end(self, outcome: Outcome) -> None:
        self._outcomes[outcome.target] = outcome
        self._tell(Ended(outcome))

    # ---------------------------------------------------------------- outputs

    def _write(self, name: str, build: TargetBuild) -> list[str]:
        contents = {path: content for made in build.made.values() for path, content in made.outputs.items()}
        for path in contents:
            self._check(path, name)
        written = [path for path, content in contents.items() if self._context.outputs.write(path, name, content)]
        current = {path for record in build.records.values() for path in record.outputs}
        self._take_away(self._db.owned_by(name) - current)
        return written

    def _check(self, path: str, name: str) -> None:
        if not within(path):
            raise Misplaced(f"output {path} is not in the output folder")
        owner = self._db.owners.get(path, name)
        if owner != name and owner in self._identities:
            raise Misplaced(f"output {path} is already made by {owner}")

    def _take_away(self, paths: Iterable[str]) -> None:
        for path in sorted(paths):
            (self._removed if self._context.outputs.remove(path) else self._left).append(path)

    def _prune(self) -> None:
        """Remove the outputs of targets that no longer exist."""
        for name in self._db.identities.keys() - self._identities.keys():
            self._db.forget(name)
        for name in sorted(self._db.all_owners() - self._identities.keys()):
            self._take_away(self._db.owned_by(name))
