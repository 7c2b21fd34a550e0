"""`brief sources`: lists sources with their captures and quotations."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from generator.console.context import FINE, PROBLEMS, Context
from generator.console.shell_completion import source_keys

if TYPE_CHECKING:
    from generator.evidence.verification.verify_brief import Examination
    from generator.pipeline.inputs.load_project import Loaded


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
    """List each source: date of capture, number of verified, locked and open quotations, and where it is cited.

    With --stale, exit 1 if there are such sources.
    """
    if key is not None:
        return _paragraphs(context, key)
    from generator.evidence import source_listing
    from generator.evidence.captures.capture_store import Captures

    period = source_listing.days(stale) if stale is not None else None
    if stale is not None and period is None:
        raise click.UsageError(f"'{stale}' is not a period: write 180d, 26w, 6m or 1y")
    loaded, examinations = _examined(context)
    captures = Captures(context.project.open)
    rows = source_listing.rows(loaded.briefs, loaded.library, captures, examinations, datetime.date.today())
    if period is not None:
        rows = source_listing.stale(rows, period)
    for line in source_listing.table(rows):
        click.echo(line)
    return PROBLEMS if period is not None and rows else FINE


def _examined(context: Context) -> tuple[Loaded, list[Examination]]:
    """Verify every brief of the project against captures and lock."""
    from generator.evidence.capture_lock import open_lock
    from generator.evidence.captures.capture_store import Captures
    from generator.evidence.captures.originals import Audited
    from generator.evidence.verification.verify_brief import examination
    from generator.pipeline.inputs.load_project import load

    loaded = load(context.folder)
    lock, _ = open_lock(context.project.open)
    captures = Audited(Captures(context.project.open), lock, originals=True)
    return loaded, [examination(brief, loaded.library, captures, lock) for brief in loaded.briefs]


def _paragraphs(context: Context, key: str) -> int:
    """Print the paragraphs of a capture with their numbers."""
    from generator.evidence.captures.capture_store import Capture, Captures
    from generator.evidence.captures.document_limits import visible
    from generator.evidence.source_listing import paragraphs
    from generator.pipeline.inputs.load_project import load_library

    capture = Captures(context.project.open).get(key)
    if not isinstance(capture, Capture):
        raise click.UsageError(
            f"there is no capture of '{key}' here" if capture is None else visible(f"{key}: {capture.reason}")
        )
    source = load_library(context.project.open)[0].sources.get(key)
    for line in paragraphs(capture, str(source.csl.get("page", "")) if source else ""):
        click.echo(line)
    return FINE
