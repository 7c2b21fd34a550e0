"""Lays out briefs and reports faults of their pages, for `brief check --layout`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engine import Made, Reads
from generator.pipeline.brief_steps import lay_out_brief, make_page
from generator.pipeline.publish_brief import no_libraries, world_of
from generator.pipeline.versions import can_draw, versions
from generator.project import Project, twins

if TYPE_CHECKING:
    import datetime

    from generator.problems import Problem

BATCH = 5
"""Briefs in one batch of a process."""


def check_layout(
    project: Project,
    slugs: Iterable[str],
    today: datetime.date | None = None,
    tell: Callable[[int], object] = lambda done: None,
) -> tuple[Problem, ...]:
    """Return the problems of the pages of the named briefs, in the order of their names.

    A brief with errors has no pages and is left out; `inspect` reports its errors. `tell` is called with the number of finished
    briefs. Raises BuildError if the system libraries for PDFs are missing.
    """
    from generator.engine.batches import in_batches

    if not can_draw(versions()):
        raise no_libraries()
    names = sorted(set(slugs))
    batches = [(project.folder.resolve(), names[at : at + BATCH], today) for at in range(0, len(names), BATCH)]
    batches_of_problems = in_batches(check_batch, batches, lambda done: tell(min(done * BATCH, len(names))))
    return tuple(problem for problems in batches_of_problems for problem in problems)


def check_batch(folder: Path, slugs: Sequence[str], today: datetime.date | None) -> list[Problem]:
    """Return the problems of the pages of some briefs. Runs in a worker."""
    project = Project(folder)
    facts = project.fact_files()
    names, others, world = set(slugs), twins(facts), world_of(project, today)
    problems: list[Problem] = []
    for slug, file in facts:
        if slug in names:
            problems += _faults(Reads(world), slug, file, others.get(file, ""))
    return problems


def _faults(reads: Reads, slug: str, file: str, twin: str) -> Sequence[Problem]:
    made = make_page(reads, slug, file, twin)
    if not isinstance(made, Made):
        return ()
    printed, about, pictures = (made.parts[name] for name in ("print", "about", "pictures"))
    _, problems = lay_out_brief(reads, printed, about, pictures, judged=True)
    return problems
