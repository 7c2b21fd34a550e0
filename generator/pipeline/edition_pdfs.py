"""Makes the PDFs of editions that a project keeps in `briefs/editions/`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.engine import Made, Reads
from generator.engine.processes.calls import in_batches
from generator.pipeline.brief_steps import problems_of
from generator.pipeline.page_step import make_page
from generator.pipeline.pdf_steps import make_layout, make_pdf
from generator.pipeline.publish_brief import no_libraries, world_of
from generator.pipeline.versions import can_draw, versions
from generator.problems import Problem
from generator.project import Project, with_twins


def edition_pdfs(project: Project, slugs: Sequence[str]) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the PDF of each of these briefs by slug, as `brief build` makes it, and the problems of those that cannot be made.

    Raises BuildError if the system libraries for PDFs are missing.
    """
    if not slugs:
        return {}, ()
    if not can_draw(versions()):
        raise no_libraries()
    made = in_batches(make_edition_pdf, [(project.folder.resolve(), slug) for slug in slugs])
    pdfs = {slug: pdf for slug, (pdf, _) in zip(slugs, made, strict=True) if pdf is not None}
    return pdfs, tuple(problem for pdf, problems in made if pdf is None for problem in problems)


def make_edition_pdf(folder: Path, slug: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return the PDF of one brief, or its problems. Runs in a worker."""
    project = Project(folder)
    file, twin = next((file, twin) for name, file, twin in with_twins(project.fact_files()) if name == slug)
    reads = Reads(world_of(project, None))
    page = make_page(reads, slug, file, twin)
    if not isinstance(page, Made):
        return None, problems_of(page.notes)
    layout = make_layout(reads, page.parts["print"], page.parts["about"], page.parts["pictures"])
    if not isinstance(layout, Made):
        return None, problems_of(layout.notes)
    (pdf,) = make_pdf(reads, layout.parts["objects"], page.parts["about"], page.parts["attached"]).outputs.values()
    return pdf, ()
