"""Making a brief again from its attachments alone, in a folder that is gone afterwards.

It is made in a child process with limits, which the kernel keeps from all other files and from the network where it can. What
the result is compared with is not known here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.engine import BuildError, Reads, Serial, Status
from generator.engine.trace import World
from generator.model import Evidence
from generator.problems import Problem
from generator.project import Project, slug_of
from generator.provenance.extracting import lay_out
from generator.provenance.faults import Unreadable
from generator.provenance.landlock import Unrestrictable, restrict
from generator.provenance.limited_reading import confined
from generator.provenance.statements import Statement, statements_of
from generator.provenance.workspace import workspace


class Cage(StrEnum):
    """Whether the kernel has to keep the child from files and network."""

    NEEDED = "needed"
    """For what a stranger's design decides: nothing is made without it."""
    IF_POSSIBLE = "if possible"


@dataclass(frozen=True, slots=True)
class Remade:
    """What a brief's attachments make."""

    pdf: bytes | None
    """None where they make none; then `reason` says why, and `problems` too if it is the content."""
    evidence: tuple[Evidence, ...]
    """Every quotation and passage of the brief with what the lock says of it."""
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    statements: tuple[Statement, ...] = ()
    """What the data state, in the order in which a page prints it."""
    design: str = ""
    """Digest of the design that was attached; empty for none."""
    in_default: bool = False
    """Whether the default design was used in its place."""


NOTHING = Remade(None, ())


def remake(files: Mapping[str, bytes], file: str, cage: Cage = Cage.IF_POSSIBLE) -> Remade:
    """Make the brief of a fact file from these files, by their paths in the project. Raises OSError where there is no room for it."""
    with workspace() as folder:
        lay_out(files, folder)
        try:
            return confined("its fact file", made_in, str(folder), file, cage)
        except Unreadable as fault:
            return Remade(None, (), reason=str(fault))


def made_in(folder: str, file: str, cage: Cage) -> Remade:
    """Make a brief in a folder without captures; restricts this process for good. Raises Unreadable."""
    from generator.pipeline import publish_brief

    if cage is Cage.NEEDED:
        _restrict(Path(folder))
    else:
        with suppress(Unreadable):
            _restrict(Path(folder))
    evidence, statements = examined(folder, file)
    project = Project(Path(folder))
    try:
        outcome = publish_brief.remake(project, file, Serial())
    except BuildError as fault:
        raise Unreadable(str(fault)) from None
    if outcome.status is Status.BUILT:
        (pdf,) = (path for path in outcome.outputs if path.endswith(".pdf"))
        return Remade((project.output / pdf).read_bytes(), evidence, statements=statements)
    problems = tuple(problem for problem in publish_brief.problems_of(outcome.notes) if problem.is_error)
    failed = outcome.failure.message if outcome.failure else "the fact file that is attached has errors"
    return Remade(None, evidence, problems, failed)


def _restrict(folder: Path) -> None:
    try:
        restrict(folder)
    except Unrestrictable as fault:
        raise Unreadable(f"a stranger's design is not used here: {fault}") from None


def examined(folder: str, file: str) -> tuple[tuple[Evidence, ...], tuple[Statement, ...]]:
    """The evidence and the statements of a brief in a folder without captures."""
    from generator.pipeline.check_brief import examine
    from generator.read.entries import entry_digests

    world = World(folder, {"today": datetime.date.min.isoformat()}, entry_digests)
    found = examine(Reads(world), slug_of(file), file)
    if found.brief is None or found.preset is None:
        return found.evidence, ()
    return found.evidence, statements_of(found.brief, found.library, found.preset)
