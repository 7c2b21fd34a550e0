"""Finds every problem of a project without publishing it, on demand those of laid-out pages."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from generator.engine import Made, Reads
from generator.engine.processes import pool
from generator.engine.processes.calls import in_batches
from generator.engine.trace import World
from generator.evidence.checks import check_library
from generator.evidence.editions import check_gone
from generator.model import Brief
from generator.pipeline.check_brief import Examined, editions_of, examine
from generator.pipeline.inputs.load_project import load_library, misnamed, with_shared
from generator.pipeline.inputs.source_files import damage, duplicates, places, project_indexes
from generator.pipeline.pdf_files.edition_files import check_names
from generator.pipeline.publish_brief import no_libraries, world_of
from generator.pipeline.versions import can_draw, versions
from generator.problems import Problem
from generator.project import Project, with_twins

Look = Callable[[Reads, str, str, str], Examined]
"""Examines a brief, as `generator.pipeline.check_brief.examine` does."""
Seen = tuple[tuple[Problem, ...], Brief | None]
"""The problems of a brief, and the brief if it could be read."""


FEW = 100
"""Up to this number of briefs are checked in this process, because starting others takes longer."""
BATCH, LAYOUT_BATCH = 50, 5
"""Briefs that another process checks, or lays out, in one batch."""


def inspect(
    project: Project,
    slugs: Iterable[str],
    today: datetime.date | None = None,
    look: Look | None = None,
) -> tuple[Problem, ...]:
    """Return every problem of the named briefs and of the shared files. Publishes nothing.

    Unused sources and experts are reported only if all briefs are named. `look` replaces `examine`, for callers that cache its
    results.
    """
    fact_files = project.fact_files()
    library, problems = load_library(project.open)
    all_problems, briefs = [*problems, *misnamed(project)], []
    for problems, brief in _looked_at(project, slugs, today, look):
        all_problems += problems
        briefs += [brief] if brief else []
    if len(briefs) == len(fact_files):
        library, damaged = with_shared(library, project.open)
        indexes, unreadable = project_indexes(project)
        all_problems += damaged
        all_problems += [*unreadable, *duplicates(library, indexes), *damage(indexes, Reads(_world(project, today)))]
        all_problems += check_library(library, briefs, places(indexes))
        all_problems += check_names(project, briefs)
        all_problems += check_gone(editions_of(project)[0], (slug for slug, _ in fact_files))
    return tuple(all_problems)


def _looked_at(
    project: Project, slugs: Iterable[str], today: datetime.date | None, look: Look | None
) -> Iterable[Seen]:
    """Return problems and brief for each slug. Many briefs are divided among processes."""
    names = sorted(set(slugs))
    if look is not None or len(names) <= FEW or pool.processors() < 2:
        return ((one.problems, one.brief) for one in examined(project, names, today, look))
    batches = [(project.folder.resolve(), names[at : at + BATCH], today) for at in range(0, len(names), BATCH)]
    return (seen for batch in in_batches(look_at_batch, batches) for seen in batch)


def look_at_batch(folder: Path, slugs: Sequence[str], today: datetime.date | None) -> list[Seen]:
    """Return the results for some briefs. Runs in a worker."""
    return [(one.problems, one.brief) for one in examined(Project(folder), slugs, today)]


def examined(
    project: Project, slugs: Iterable[str], today: datetime.date | None = None, look: Look | None = None
) -> Iterator[Examined]:
    """Yield each named brief with everything that it refers to, read and checked as for publishing."""
    look, names, world = look or examine, set(slugs), _world(project, today)
    return (
        look(Reads(world), slug, file, twin) for slug, file, twin in with_twins(project.fact_files()) if slug in names
    )


def _world(project: Project, today: datetime.date | None) -> World:
    """Return what the checks of a project may read, with the cache of its builds if there was one."""
    world = world_of(project, today)
    return world._replace(cache=str(project.store / "cache")) if project.store.is_dir() else world


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
    if not can_draw(versions()):
        raise no_libraries()
    names = sorted(set(slugs))
    batches = [
        (project.folder.resolve(), names[at : at + LAYOUT_BATCH], today) for at in range(0, len(names), LAYOUT_BATCH)
    ]
    batches_of_problems = in_batches(check_batch, batches, lambda done: tell(min(done * LAYOUT_BATCH, len(names))))
    return tuple(problem for problems in batches_of_problems for problem in problems)


def check_batch(folder: Path, slugs: Sequence[str], today: datetime.date | None) -> list[Problem]:
    """Return the problems of the pages of some briefs. Runs in a worker."""
    project = Project(folder)
    names, world = set(slugs), world_of(project, today)
    problems: list[Problem] = []
    for slug, file, twin in with_twins(project.fact_files()):
        if slug in names:
            problems += _faults(Reads(world), slug, file, twin)
    return problems


def _faults(reads: Reads, slug: str, file: str, twin: str) -> Sequence[Problem]:
    from generator.pipeline.page_step import make_page
    from generator.pipeline.pdf_steps import lay_out_brief

    made = make_page(reads, slug, file, twin)
    if not isinstance(made, Made):
        return ()
    printed, about, pictures = (made.parts[name] for name in ("print", "about", "pictures"))
    _, problems = lay_out_brief(reads, printed, about, pictures, judged=True)
    return problems
