"""`brief sources`: what is known of each source."""

from __future__ import annotations

import datetime

import click

from generator.commands.completing import source_keys
from generator.commands.context import FINE, PROBLEMS, Context


@click.command()
@click.option(
    "--stale", metavar="PERIOD", help="Only cited sources captured longer ago than this (180d, 26w, 6m, 1y), or never."
)
@click.option(
    "--paragraphs",
    "key",
    metavar="KEY",
    shell_complete=source_keys,
    help="Show the numbered paragraphs or pages of one capture.",
)
@click.pass_obj
def sources(context: Context, stale: str | None, key: str | None) -> int:
    """List each source: captured when, how much of it is verified, locked or open, and where it is cited.

    With --stale, exit 1 if there are such sources.
    """
    if key is not None:
        return _paragraphs(context, key)
    from generator.commands.lock import examined
    from generator.evidence import listing
    from generator.evidence.captures import Captures

    period = listing.days(stale) if stale is not None else None
    if stale is not None and period is None:
        raise click.UsageError(f"'{stale}' is no period: write 180d, 26w, 6m or 1y")
    loaded, _, _, examinations = examined(context)
    captures = Captures(context.project.open)
    found = listing.rows(loaded.briefs, loaded.library, captures, examinations, datetime.date.today())
    if period is not None:
        found = listing.stale(found, period)
    for line in listing.table(found):
        click.echo(line)
    return PROBLEMS if period is not None and found else FINE


def _paragraphs(context: Context, key: str) -> int:
    from generator.evidence.captures import Capture, Captures
    from generator.evidence.documents import visible
    from generator.evidence.listing import paragraphs
    from generator.loading import load_library

    capture = Captures(context.project.open).get(key)
    if not isinstance(capture, Capture):
        raise click.UsageError(
            f"there is no capture of '{key}' here" if capture is None else visible(f"{key}: {capture.reason}")
        )
    source = load_library(context.project.open)[0].sources.get(key)
    for line in paragraphs(capture, str(source.csl.get("page", "")) if source else ""):
        click.echo(line)
    return FINE
