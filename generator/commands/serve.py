"""`brief serve`: watches, builds, and shows a preview in the browser."""

from __future__ import annotations

from threading import Thread

import click

from generator.console import shell_completion
from generator.console.context import INTERRUPTED, Context, chosen, jobs_option

PORT = 8642


@click.command()
@shell_completion.briefs_argument
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port; 0 means any free port."
)
@jobs_option
@click.pass_obj
def serve(context: Context, slugs: tuple[str, ...], port: int, jobs: int) -> int:
    """Do the same as `brief watch`, and show HTML and PDF side by side on 127.0.0.1. The browser reloads them when they change.

    Press Ctrl-C to stop.
    """
    from generator.preview.build_state import PreviewState
    from generator.preview.builder import Builder
    from generator.preview.server import HOST, Server
    from generator.preview.watcher import Message, Watcher, WatchLog

    named = chosen(context.project, slugs) if slugs else ()
    state, log = PreviewState(context.project), WatchLog(context)

    def tell(message: Message) -> None:
        state.tell(message)
        log.tell(message)

    with Builder(context.project, jobs) as builder:
        try:
            server = Server(state, port)
        except OSError as error:
            raise click.ClickException(f"cannot listen on {HOST}:{port}: {error.strerror}; try --port 0") from None
        Thread(target=server.serve_forever, daemon=True).start()
        click.echo(f"preview at {server.address}  (Ctrl-C stops it)")
        try:
            Watcher(context.project, builder, tell, slugs=named, viewed=state.viewed).run()
        except KeyboardInterrupt:
            return INTERRUPTED
        finally:
            server.stop()
