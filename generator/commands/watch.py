"""`brief watch`: publish briefs again when they change.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

import os

import click

from generator.console import shell_completion
from generator.console.context import INTERRUPTED, Context


@click.command()
@click.argument("slugs", nargs=-1, shell_complete=shell_completion.slugs)
@click.option("--jobs", "-j", type=click.IntRange(0), default=0, help="Processes at once; 0 means one a processor.")
@click.pass_obj
def watch(context: Context, slugs: tuple[str, ...], jobs: int) -> int:
    """Publish the briefs named by SLUGS, or all, and again whenever something that they are made from changes.

    Ctrl-C ends it. `brief serve` does the same and shows the pages in a browser.
    """
    from generator.console.context import chosen
    from generator.preview.builder import Builder
    from generator.preview.watch_log import WatchLog
    from generator.preview.watcher import Watcher

    named = chosen(context.project, slugs) if slugs else ()
    with Builder(context.project, jobs or len(os.sched_getaffinity(0))) as builder:
        watcher = Watcher(context.project, builder, WatchLog(context).tell, slugs=named)
        try:
            watcher.run()
        except KeyboardInterrupt:
            return INTERRUPTED
