"""One build: what is unchanged is skipped, and if that is not all, the rest takes its course (`course.py`).

Here is what each run does, so that one with nothing to do imports and opens nothing else.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from generator.build import lock, statefile
from generator.build.events import Begun, Event, Waiting
from generator.build.identity import identities, listing
from generator.build.outputs import Outputs
from generator.build.reads import World
from generator.build.report import Report
from generator.build.saver import Saver
from generator.build.shapes import any_note
from generator.build.signature import SECOND, changed_files
from generator.build.standing import Standing, as_left
from generator.build.verify import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from generator.build.executor import Executor
    from generator.build.reads import Probe
    from generator.build.shapes import IsNote
    from generator.build.state import State
    from generator.build.step import Target


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
    wait: bool = True,
    cache_bytes: int = 1 << 30,
) -> Report:
    """Bring all targets up to date.

    `root` is what reads are relative to, `out` what outputs are relative to; `store` is the engine's own folder: state, lock, and the
    cache, unless `cache` names another folder or an fsspec address, or is empty for none. The engine's own is trimmed to
    `cache_bytes`, once a day. With `prune`, targets that the state knows and that are not among these have vanished: their
    outputs are taken away. `is_note` tells the notes that the steps leave from anything else that a state or a cache may hold.
    `wait` for another build in the same store, or raise Busy.

    Raises BuildFault for whatever ends the run; all that ends one target is in the report.
    """
    start = time.perf_counter()
    tell = on_event or (lambda event: None)
    folder = store.resolve()
    with lock.held(folder / "lock", wait=wait, on_wait=lambda: tell(Waiting())) as holding:
        if holding.abandoned:
            _sweep(out, folder)
        now = holding.now()
        state = statefile.load(folder / "state", is_note)
        saver = Saver(folder / "state", state, holding)
        world = World(str(root.resolve()), values or {}, probe, str(folder / "cache") if cache is None else cache)
        verifier, outputs = Verifier(state, world, now), Outputs(state, out.resolve())
        try:
            standing = _look(targets, state, verifier, outputs)
        except KeyboardInterrupt:
            return Report(interrupted=True, seconds=time.perf_counter() - start)
        if standing.as_left and not force:
            report = _nothing_to_do(standing, state, tell)
            saver.save()
        else:
            from generator.build.cache import Cache, trim_daily
            from generator.build.course import Course
            from generator.build.job import Surroundings

            around = Surroundings(verifier, outputs, Cache.at(world.cache), now, force, is_note)
            report = Course(state, around, world, tell).take(standing, executor, saver, prune=prune)
            if cache is None and any(outcome.ran for outcome in report.outcomes):
                trim_daily(folder / "cache", cache_bytes, now / SECOND)
        return report._replace(seconds=time.perf_counter() - start)


def _sweep(*folders: Path) -> None:
    """Take away what a killed build left unfinished."""
    from generator.build import atomic

    for folder in folders:
        for place, _, _ in os.walk(folder):
            atomic.sweep(place)


def _look(targets: Iterable[Target], state: State, verifier: Verifier, outputs: Outputs) -> Standing:
    """See what has changed since the state was saved."""
    listed = list(targets)
    known = identities(listed)
    same = state.listing == listing(known) and not state.strays
    read = changed_files(verifier.root, state.marks.items())
    made = changed_files(outputs.folder, state.output_marks.items())
    return Standing(listed, known, verifier.stale(read), outputs.altered(made), same)


def _nothing_to_do(standing: Standing, state: State, tell: Callable[[Event], object]) -> Report:
    tell(Begun(len(standing.targets), len(standing.targets)))
    remark = state.remarks.get
    return Report(tuple([as_left(name, remark(name)) for name in standing.identities]))
