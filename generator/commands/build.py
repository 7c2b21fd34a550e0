"""`brief build`: builds changed briefs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console import shell_completion
from generator.console.context import (
    FINE,
    INTERRUPTED,
    OUR_FAULT,
    PROBLEMS,
    WRONG_USE,
    Context,
    chosen,
    jobs_option,
    show,
)

if TYPE_CHECKING:
    from generator.engine import Executor, Limits
    from generator.problems import Problem


@click.command()
@shell_completion.briefs_argument
@jobs_option
@click.option(
    "--self-contained", is_flag=True, help="Embed styles and fonts in each page instead of writing separate files."
)
@click.option(
    "--cluster", metavar="ADDRESS", help="Build on a Dask cluster: its address, or its scheduler file (.json)."
)
@click.option(
    "--cache", metavar="ADDRESS", help="Cache results here: a folder, or an fsspec address that machines can share."
)
@click.option(
    "--cpu-limit", type=click.IntRange(1), default=120, show_default=True, help="Processor seconds that a step may use."
)
@click.option(
    "--time-limit", type=click.IntRange(1), default=300, show_default=True, help="Seconds that a step may take."
)
@click.option(
    "--stall-limit", type=click.IntRange(0), default=20, show_default=True,
    help="Seconds that a step may wait without using a processor; 0 means no limit.",
)  # fmt: skip
@click.option(
    "--memory-limit", type=click.IntRange(64), default=4096, show_default=True, help="Megabytes that a step may use."
)
@click.option("--depfile", type=click.Path(path_type=Path), help="Write the inputs of each output, for make or ninja.")
@click.option("--depfile-syntax", type=click.Choice(["make", "ninja"]), default="make", help="Syntax of this file.")
@click.option("--force", is_flag=True, help="Also build what has not changed.")
@click.option("--explain", "explaining", is_flag=True, help="Print why each brief was built or skipped.")
@click.option("--site/--no-site", default=True, help="Make the site around the briefs, or remove it.")
@click.option("--drafts/--no-drafts", default=True, help="Build drafts too, or leave them out and remove their pages.")
@click.option("--quiet", "-q", is_flag=True, help="Print only problems.")
@click.option("--json", "as_json", is_flag=True, help="Print events as JSON, one object in each line.")
@click.pass_obj
def build(
    context: Context,
    slugs: tuple[str, ...],
    jobs: int,
    self_contained: bool,
    cluster: str | None,
    cache: str | None,
    cpu_limit: int,
    time_limit: int,
    stall_limit: int,
    memory_limit: int,
    depfile: Path | None,
    depfile_syntax: str,
    force: bool,
    explaining: bool,
    site: bool,
    drafts: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Build the named briefs, or all, as HTML and PDF in build/. Unchanged briefs are skipped.

    A brief with errors is not published; its last good output stays.
    """
    from generator.console.build_progress import Progress
    from generator.engine import Limits, Pool, TargetStatus
    from generator.pipeline.brief_steps import WARM_UPS, problems_of
    from generator.pipeline.publish_brief import publish

    names = chosen(context.project, slugs) if slugs else None
    limits = Limits(cpu_limit, time_limit, stall_limit, memory_limit << 20)
    progress = Progress(context, quiet=quiet, as_json=as_json)
    with Pool(jobs, limits, WARM_UPS) as pool, _workers_at(cluster, jobs, limits) as workers, progress:
        report = publish(
            context.project,
            names,
            executor=workers or pool,
            on_event=progress.tell,
            self_contained=self_contained,
            force=force,
            cache=cache,
            site=site,
            drafts=drafts,
            site_executor=pool,
        )
    if depfile is not None:
        _write_depfile(context, depfile, depfile_syntax)
    problems = [problem for outcome in report.outcomes if outcome.notes for problem in problems_of(outcome.notes)]
    problems = list(dict.fromkeys(problems))  # an error in a template of the site is reported by all its pages
    left_out = _left_out(context) if names is None else ()
    problems += left_out
    if problems and not progress.problems(problems):
        show(problems, context, err=True)
    if explaining and not as_json:
        from generator.engine import explain

        click.echo(explain(report))
    progress.summarise(report)
    if report.interrupted:
        return INTERRUPTED
    if report.ok:
        return PROBLEMS if left_out else FINE
    if any(outcome.status is TargetStatus.BROKEN for outcome in report.outcomes):
        return OUR_FAULT
    return WRONG_USE if any(problem.code == "pdf-libraries" for problem in problems) else PROBLEMS


def _left_out(context: Context) -> Sequence[Problem]:
    """Return problems for files below `briefs/` that look like fact files and are not read."""
    if context.project.brief_files().complete:
        return ()
    from generator.pipeline.inputs.load_project import misnamed

    return tuple(misnamed(context.project))


def _workers_at(cluster: str | None, jobs: int, limits: Limits) -> AbstractContextManager[Executor | None]:
    """Return the workers of a cluster, which is asked for them when there is something to build; None without a cluster."""
    if cluster is None:
        return nullcontext()
    from generator.engine import LazyExecutor
    from generator.pipeline.brief_inputs import cluster_at

    return LazyExecutor(lambda: cluster_at(cluster, lambda message: click.echo(message, err=True), limits, jobs))


def _write_depfile(context: Context, path: Path, syntax: str) -> None:
    """Write the dependencies of outputs, with paths relative to the current folder."""
    from generator.engine import depfile

    project = context.project
    root, out = os.path.relpath(project.folder), os.path.relpath(project.output)
    depfile.write(path, store=project.store, root=root, out=out, syntax=depfile.Syntax(syntax))
