"""Runs one build, from the lock to the report."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from generator.engine import atomic, build_lock, db_format
from generator.engine.cache import Cache, trim_daily
from generator.engine.db_format import Checkpoint
from generator.engine.executor import Executor, Serial
from generator.engine.outputs import Outputs
from generator.engine.plain_data import any_note
from generator.engine.report import Event, Report, Waiting
from generator.engine.scheduler import Scheduler
from generator.engine.stat import SECOND
from generator.engine.step import identities
from generator.engine.target import BuildContext
from generator.engine.trace import World
from generator.engine.verifier import Verifier

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from generator.engine.plain_data import IsNote
    from generator.engine.step import Target
    from generator.engine.trace import Probe


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
    intact_below: str = "",
) -> Report:
    """Bring all targets up to date.

    Reads are relative to `root`, outputs to `out`. `store` is the engine's own folder, with the database, the lock and the cache,
    unless `cache` names another folder or an fsspec address, or is "" for none. The engine's own cache is trimmed to `cache_bytes`
    once a day. With `prune`, the outputs of targets that the database has and that are not among `targets` are removed. `is_note`
    accepts only notes that steps leave, because a database or a cache may contain anything. `wait` for another build in the same
    store, or raise Busy. The report lists the intact outputs in the folder `intact_below`, also those of earlier builds.

    Raises BuildError for a fault that ends the run. Faults that end one target are in the report.
    """
    start = time.perf_counter()
    tell = on_event or (lambda event: None)
    folder = store.resolve()
    with build_lock.held(folder / "lock", wait=wait, on_wait=lambda: tell(Waiting())) as lock:
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
            trim_daily(folder / "cache", cache_bytes, now / SECOND)
        intact = context.outputs.intact_below(intact_below) if intact_below else frozenset()
        return report._replace(seconds=time.perf_counter() - start, intact=intact)


def _sweep(*folders: Path) -> None:
    """Remove the unfinished files of a killed build."""
    for folder in folders:
        for place, _, _ in os.walk(folder):
            atomic.sweep(place)
