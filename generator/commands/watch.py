"""`brief watch`: builds briefs again when they change.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

import click

from generator.console import shell_completion
from generator.console.context import INTERRUPTED, Context, chosen, jobs_option


@click.command()
@shell_completion.briefs_argument
@jobs_option
@click.pass_obj
def watch(context: Context, slugs: tuple[str, ...], jobs: int) -> int:
    """Build the named briefs, or all, and build them again whenever their files change.

    Press Ctrl-C to stop. `brief serve` does the same and shows the pages in a browser.
    """
    from generator.preview.builder import Builder
    from generator.preview.watcher import Watcher, WatchLog

    named = chosen(context.project, slugs) if slugs else ()
    with Builder(context.project, jobs) as builder:
        watcher = Watcher(context.project, builder, WatchLog(context).tell, slugs=named)
        try:
            watcher.run()
        except KeyboardInterrupt:
            return INTERRUPTED
