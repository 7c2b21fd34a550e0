"""`brief coverage`: what the matrices hold, and where they are thin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.commands.context import FINE, Context

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.evidence.coverage import Coverage


@click.command()
@click.argument("slugs", nargs=-1)
@click.option("--csv", "as_rows", is_flag=True, help="Print one row a cell, for other programs.")
@click.pass_obj
def coverage(context: Context, slugs: tuple[str, ...], as_rows: bool) -> int:
    """Show what each cell of the briefs named by SLUGS, or of all, holds: a quotation, a paraphrase or a gap."""
    from generator.commands.report import show
    from generator.commands.selection import chosen
    from generator.evidence import coverage as counting
    from generator.loading import load

    loaded = load(context.folder, chosen(context.project, slugs))
    if as_rows:
        click.echo(counting.as_csv(loaded.briefs), nl=False)
    else:
        click.echo(drawn(counting.as_table(loaded.briefs)))
        for brief in loaded.briefs:
            click.echo(f"{brief.slug}: {summed_up(counting.coverage(brief))}")
    errors = [problem for problem in loaded.problems if problem.is_error]
    return show(errors, context, err=True) if errors else FINE


def drawn(table: Sequence[Sequence[str]]) -> str:
    """The table in columns of equal width, with a rule under its heading."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    rows = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in table]
    rows.insert(1, ["─" * width for width in widths])
    return "\n".join("  ".join(row).rstrip() for row in rows) + "\n"


def summed_up(counted: Coverage) -> str:
    """`12 cells: 7 quote, 3 paraphrase, 2 no-position-found`."""
    kinds = ", ".join(f"{number} {kind}" for kind, number in counted.kinds.items())
    return f"{counted.cells} cells" + (f": {kinds}" if kinds else "")
