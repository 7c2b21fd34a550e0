"""Verifies all quotations of a project for `brief lock`.

Everything is verified again each time, because the result of another run proves nothing. Many briefs are divided among processes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from generator.evidence.capture_lock import Entry, Lock, open_lock
from generator.evidence.captures.capture_store import Captures
from generator.evidence.captures.originals import Audited
from generator.evidence.verification.verify_brief import LOCK_BEHIND, Examination, examination
from generator.model import Verdict
from generator.pipeline.load_project import load
from generator.problems import Problem
from generator.project import Project

BATCH = 100
"""Briefs in one batch of a process."""
FEW = 150
"""For up to this number of briefs, starting processes takes longer than it saves."""

Ground = tuple[Captures, Lock]
Tell = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Pinned:
    """Results for some briefs, small enough to be sent between processes."""

    briefs: int
    """Number of briefs that could be read."""
    claims: int
    entries: frozenset[Entry]
    problems: frozenset[Problem]
    """Problems of reading and of the gate."""
    needs_old: bool
    """Whether some entries come only from the old lock, because their capture is missing."""


def pinned(project: Project, tell: Tell = lambda done, all_: None) -> Pinned:
    """Verify every claim of a project. `tell` is called with the number of finished briefs and of all briefs."""
    from generator.engine.batches import in_batches, processors

    folder, slugs = project.folder.resolve(), [slug for slug, _ in project.fact_files()]
    if len(slugs) <= FEW or processors() < 2:
        return _verified(folder, slugs, _ground(folder), tell)
    batches = [(folder, slugs[start : start + BATCH]) for start in range(0, len(slugs), BATCH)]
    results = in_batches(verify_batch, batches, lambda done: tell(min(done * BATCH, len(slugs)), len(slugs)))
    return Pinned(
        sum(one.briefs for one in results),
        sum(one.claims for one in results),
        frozenset[Entry]().union(*(one.entries for one in results)),
        frozenset[Problem]().union(*(one.problems for one in results)),
        any(one.needs_old for one in results),
    )


def verify_batch(folder: Path, slugs: Sequence[str]) -> Pinned:
    """Verify a batch. Runs in a worker, which opens a capture and compares it with its documents once for all its batches."""
    return _verified(folder, slugs, _ground_of_worker(folder), lambda done, all_: None)


def _verified(folder: Path, slugs: Sequence[str], ground: Ground, tell: Tell) -> Pinned:
    loaded = load(folder, slugs)
    examinations = []
    for number, brief in enumerate(loaded.briefs):
        tell(number, len(slugs))
        examinations.append(examination(brief, loaded.library, *ground))
    gate = (problem for one in examinations for problem in one.problems if problem.code != LOCK_BEHIND.name)
    return Pinned(
        len(loaded.briefs),
        sum(len(one.claims_checked) for one in examinations),
        frozenset(entry for one in examinations for entry in one.entries),
        frozenset((*loaded.problems, *gate)),
        any(map(_needs_old, examinations)),
    )


def _ground(folder: Path) -> Ground:
    project = Project(folder)
    lock, _ = open_lock(project.open)
    return Audited(Captures(project.open), lock, originals=True), lock


@lru_cache(maxsize=1)
def _ground_of_worker(folder: Path) -> Ground:
    return _ground(folder)


def _needs_old(one: Examination) -> bool:
    return any(
        checked.verdict is Verdict.UNCHECKED and checked.claim.citations and checked.match is None
        for checked in one.claims_checked
    )
