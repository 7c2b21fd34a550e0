"""`brief watch`: builds briefs again when they change.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

import click

from generator.console import shell_completion
from generator.console.context import INTERRUPTED, Context


@click.command()
@click.argument("slugs", nargs=-1, shell_complete=shell_completion.slugs)
@click.option(
    "--jobs", "-j", type=click.IntRange(0), default=0, help="Number of processes; 0 means one for each processor."
)
@click.pass_obj
def watch(context: Context, slugs: tuple[str, ...], jobs: int) -> int:
    """Build the briefs named by SLUGS, or all, and build them again whenever their files change.

    Press Ctrl-C to stop. `brief serve` does the same and shows the pages in a browser.
    """
    from generator.console.context import chosen
    from generator.preview.builder import Builder
    from generator.preview.watcher import Watcher, WatchLog

    named = chosen(context.project, slugs) if slugs else ()
    with Builder(context.project, jobs) as builder:
        watcher = Watcher(context.project, builder, WatchLog(context).tell, slugs=named)
        try:
            watcher.run()
        except KeyboardInterrupt:
            return INTERRUPTED
