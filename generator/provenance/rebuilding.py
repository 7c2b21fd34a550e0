"""Making a brief again from its attachments alone, in a folder that is gone afterwards.

Page design and citation style may be a stranger's: the steps run in a child process with limits, and load nothing from
outside the folder. What the result is compared with is not known here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build import BuildFault, Pool, Reads, Status
from generator.build.reads import World
from generator.model import Evidence
from generator.problems import Problem
from generator.project import Project
from generator.provenance.confining import LIMITS, confined
from generator.provenance.extracting import lay_out
from generator.provenance.faults import Unreadable


@dataclass(frozen=True, slots=True)
class Remade:
    """What a brief's attachments make."""

    pdf: bytes | None
    """None where they make none; then `reason` says why, and `problems` too if it is the content."""
    evidence: tuple[Evidence, ...]
    """Every quotation and passage of the brief with what the lock says of it."""
    problems: tuple[Problem, ...] = ()
    reason: str = ""


NOTHING = Remade(None, ())


def remake(files: Mapping[str, bytes], slug: str) -> Remade:
    """Make the brief that these files, by their paths in the project, are. Raises OSError where there is no room for it."""
    from generator import publish

    with TemporaryDirectory(prefix="brief-verify-") as name:
        project = Project(Path(name))
        lay_out(files, project.folder)
        try:
            evidence = confined("its fact file", examined, name, slug)
            with Pool(1, LIMITS) as executor:
                outcome = publish.remake(project, slug, executor)
        except (Unreadable, BuildFault) as fault:
            return Remade(None, (), reason=str(fault))
        if outcome.status is Status.BUILT:
            return Remade((project.output / f"{slug}.pdf").read_bytes(), evidence)
        problems = tuple(problem for problem in publish.problems_of(outcome.notes) if problem.is_error)
        failed = outcome.failure.message if outcome.failure else "the fact file that is attached has errors"
        return Remade(None, evidence, problems, failed)


def examined(folder: str, slug: str) -> tuple[Evidence, ...]:
    """The evidence of a brief in a folder without captures."""
    from generator.examine import examine
    from generator.read.entries import entry_digests

    world = World(folder, {"today": datetime.date.min.isoformat()}, entry_digests)
    return examine(Reads(world), slug, f"briefs/{slug}.yaml").evidence
