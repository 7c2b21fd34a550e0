"""Verifies all quotations of a project for `brief lock`; many briefs are divided among processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from generator.evidence.capture_lock import Entry, Lock, open_lock
from generator.evidence.captures.capture_store import Captures
from generator.evidence.captures.originals import Audited
from generator.evidence.verification.verify_brief import LOCK_BEHIND, Examination, examination
from generator.model import Verdict
from generator.pipeline.load_project import load, load_library, misnamed
from generator.pipeline.verified_before import Noting, Recorder, Verified, recall, remember
from generator.problems import Problem
from generator.project import Project, is_fact_file, slug_of

BATCH, BATCHES = 100, 40
"""Fewest briefs that a process takes at once, and into how many batches a large project is divided: each searches its folders."""
FEW = 150
"""For up to this number of briefs, starting processes takes longer than it saves."""

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
    verified: tuple[Verified, ...] = field(default=(), compare=False)
    """Briefs that need not be verified again until something changes."""


class Ground(NamedTuple):
    """Captures and lock with which the briefs of a project are compared."""

    captures: Audited
    lock: Lock
    noting: Noting
    """The recorded reads of captures."""


def pinned(project: Project, tell: Tell = lambda done, all_: None) -> Pinned:
    """Verify every claim of a project, except in briefs that were verified before and have not changed.

    `tell` is called with the number of finished briefs and the number of briefs to verify.
    """
    facts = project.fact_files()
    before = {one.file: one for one in recall(project, (file for _, file in facts))}
    again = sorted({slug for slug, file in facts if file not in before})
    unchanged = [before[file] for slug, file in facts if file in before and slug not in again]
    new = _divided(project.folder.resolve(), again, tell)
    remember(project, [*unchanged, *new.verified])
    library = frozenset(_library_problems(project.folder, project.open))
    whole = Pinned(
        len(unchanged),
        sum(one.claims for one in unchanged),
        frozenset(entry for one in unchanged for entry in one.entries),
        library,
        needs_old=False,
        verified=tuple(unchanged),
    )
    return _joined([whole, new])


def _divided(folder: Path, slugs: list[str], tell: Tell) -> Pinned:
    from generator.engine.batches import in_batches, processors

    if len(slugs) <= FEW or processors() < 2:
        return _verified(folder, slugs, _ground(folder), tell) if slugs else _joined([])
    size = max(BATCH, len(slugs) // BATCHES)
    batches = [(folder, slugs[start : start + size]) for start in range(0, len(slugs), size)]
    return _joined(in_batches(verify_batch, batches, lambda done: tell(min(done * size, len(slugs)), len(slugs))))


def _joined(results: Sequence[Pinned]) -> Pinned:
    return Pinned(
        sum(one.briefs for one in results),
        sum(one.claims for one in results),
        frozenset[Entry]().union(*(one.entries for one in results)),
        frozenset[Problem]().union(*(one.problems for one in results)),
        any(one.needs_old for one in results),
        tuple(one for result in results for one in result.verified),
    )


def verify_batch(folder: Path, slugs: Sequence[str]) -> Pinned:
    """Verify a batch. Runs in a worker, which opens a capture and compares it with its documents once for all its batches."""
    return _verified(folder, slugs, _ground_of_worker(folder), lambda done, all_: None)


def _verified(folder: Path, slugs: Sequence[str], ground: Ground, tell: Tell) -> Pinned:
    noting = Noting(Project(folder).open)
    loaded = load(folder, slugs, noting.open)
    wrong = {problem.place.file for problem in set(loaded.problems) - _library_problems(folder, noting.open)}
    elsewhere = {file for file in wrong if not is_fact_file(slug_of(file), file)}
    recorder = Recorder(folder, noting, ground.noting, ground.captures)
    examinations, verified = [], []
    for number, brief in enumerate(loaded.briefs):
        tell(number, len(slugs))
        recorder.begin()
        one = examination(brief, loaded.library, ground.captures, ground.lock)
        examinations.append(one)
        if not elsewhere and brief.file not in wrong and not any(_gate_problems(one)):
            verified += recorder.recorded(brief, loaded.library, len(one.claims_checked), one.entries)
    return Pinned(
        len(loaded.briefs),
        sum(len(one.claims_checked) for one in examinations),
        frozenset(entry for one in examinations for entry in one.entries),
        frozenset((*loaded.problems, *(problem for one in examinations for problem in _gate_problems(one)))),
        any(map(_needs_old, examinations)),
        tuple(verified),
    )


def _gate_problems(one: Examination) -> Iterator[Problem]:
    return (problem for problem in one.problems if problem.code != LOCK_BEHIND.name)


def _library_problems(folder: Path, opener: Callable[[str], bytes]) -> frozenset[Problem]:
    """Return the problems of the project outside its briefs."""
    return frozenset((*load_library(opener)[1], *misnamed(Project(folder))))


def _ground(folder: Path) -> Ground:
    project = Project(folder)
    lock, _ = open_lock(project.open)
    noting = Noting(project.open)
    return Ground(Audited(Captures(noting.open), lock, originals=True), lock, noting)


@lru_cache(maxsize=1)
def _ground_of_worker(folder: Path) -> Ground:
    return _ground(folder)


def _needs_old(one: Examination) -> bool:
    return any(
        checked.verdict is Verdict.UNCHECKED and checked.claim.citations and checked.match is None
        for checked in one.claims_checked
    )
