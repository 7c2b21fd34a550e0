"""Verifies the quotations of a project for `brief lock`, again only where something has changed.

Each brief is a target of the build engine that makes no files. The result of its one step is a note, which the engine shows again
until something that the step has read changes. The database of these targets is in the build's own folder, which people should not
accept from others (`docs/security.md`); a note of a wrong form is ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from generator.engine import (
    Begun,
    CannotWrite,
    Deferred,
    Ended,
    Event,
    LazyExecutor,
    Pool,
    Reads,
    Report,
    Serial,
    Step,
    Target,
    build,
)
from generator.engine.processes import pool
from generator.engine.processes.worker import NO_LIMITS
from generator.engine.trace import World
from generator.evidence.capture_lock import LockEntry, read_line
from generator.pipeline.brief_steps import is_problem, problems_of
from generator.pipeline.inputs.load_project import load_library, misnamed
from generator.pipeline.publish_brief import world_of
from generator.problems import Problem
from generator.project import Project, with_twins

STORE = "lock-store"
"""Database of the results, in the engine's folder."""
FEW = 150
"""For up to this number of changed briefs, starting processes takes longer than it saves."""
VERIFY = Step("verify", Deferred("generator.pipeline.quotation_step:make_entries"))
Tell = Callable[[int, int], object]


class Pinned(NamedTuple):
    """The results for all briefs of a project."""

    briefs: int
    """Number of briefs that could be read."""
    claims: int
    entries: frozenset[LockEntry]
    problems: frozenset[Problem]
    """Problems of reading and of the gate."""
    needs_old: bool
    """Whether some entries come only from the old lock, because their capture is missing."""


def pinned(project: Project, tell: Tell = lambda done, all_: None) -> Pinned:
    """Verify every claim of a project, except in briefs that were verified before and have not changed.

    `tell` is called with the number of finished briefs and the number of briefs to verify.
    """
    notes = [note for of_brief in _notes(project, tell) for note in of_brief]
    results = [note for note in notes if is_result(note)]
    problems = problems_of(note for note in notes if not is_result(note))
    return Pinned(
        len(results),
        sum(result["claims"] for result in results),
        frozenset(entry for result in results for entry in map(read_line, result["entries"]) if entry),
        frozenset((*problems, *load_library(project.open)[1], *misnamed(project))),
        any(result["needs_old"] for result in results),
    )


def _notes(project: Project, tell: Tell) -> Iterator[Sequence[Any]]:
    """Yield the notes of each brief. Without a note, its step failed, and is repeated here to raise its exception."""
    world, steps = world_of(project, None), (VERIFY,)
    targets = [Target(file, steps, (slug, file, twin)) for slug, file, twin in with_twins(project.fact_files())]
    try:
        report = _report(targets, project.store / STORE, world, tell)
    except CannotWrite:  # in a project that can only be read, nothing is stored
        with TemporaryDirectory() as folder:
            report = _report(targets, Path(folder), world, tell)
    if report.interrupted:
        raise KeyboardInterrupt
    for target, outcome in zip(targets, report.outcomes, strict=True):
        yield outcome.notes or VERIFY.function(Reads(world), *target.values).notes


def _report(targets: Sequence[Target], store: Path, world: World, tell: Tell) -> Report:
    """Run the targets: in this process if few have changed, otherwise on all processors. Raises CannotWrite."""
    changed: list[int] = []
    done: list[str] = []

    def executor() -> Pool | Serial:
        return Pool(0, NO_LIMITS) if changed[0] > FEW and pool.processors() > 1 else Serial()

    def on_event(event: Event) -> None:
        if isinstance(event, Begun):
            changed.append(event.total - event.unchanged)
        elif isinstance(event, Ended):
            done.append(event.outcome.target)
            tell(len(done), changed[0])

    with LazyExecutor(executor) as workers:
        return build(
            targets,
            root=Path(world.root),
            out=store,
            store=store,
            executor=workers,
            values=world.values,
            probe=world.probe,
            is_note=lambda note: is_result(note) or is_problem(note),
            cache="",
            on_event=on_event,
        )


def is_result(note: Any) -> bool:
    """Whether a note has the form of a result, with unchanged lines of a lock."""
    return (
        isinstance(note, dict)
        and note.keys() == {"claims", "entries", "needs_old"}
        and type(note["claims"]) is int
        and type(note["needs_old"]) is bool
        and isinstance(note["entries"], list)
        and all(isinstance(line, str) and read_line(line) for line in note["entries"])
    )
