"""`brief coverage`: lists positions and gaps by question."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from generator.console import shell_completion
from generator.console.context import FINE, Context, chosen, show
from generator.problems.message_words import counted

if TYPE_CHECKING:
    from generator.model import Brief

_NARROWEST = 20
"""Smallest width of a line, also if the terminal is narrower."""


@click.command()
@shell_completion.briefs_argument
@click.option("--csv", "as_rows", is_flag=True, help="Print CSV with one row for each cell.")
@click.pass_obj
def coverage(context: Context, slugs: tuple[str, ...], as_rows: bool) -> int:
    """List for each question which experts have a quotation, a paraphrase or no position, in the named briefs or in all."""
    from generator.model.cell_counts import as_csv
    from generator.pipeline.inputs.load_project import load

    loaded = load(context.folder, chosen(context.project, slugs))
    if as_rows:
        click.echo(as_csv(loaded.briefs), nl=False)
    else:
        width = _width()
        click.echo("\n\n".join("\n".join(_lines(brief, width)) for brief in loaded.briefs))
    errors = [problem for problem in loaded.problems if problem.is_error]
    return show(errors, context, err=True) if errors else FINE


def _width() -> int | None:
    """Return the width of a line: that of the terminal or of `COLUMNS`; unlimited in a pipe or a file."""
    if not sys.stdout.isatty() and not os.environ.get("COLUMNS"):
        return None
    return max(shutil.get_terminal_size().columns, _NARROWEST)


def _lines(brief: Brief, width: int | None) -> Iterator[str]:
    """Yield `costs: 4 cells: 3 quote, 1 declined`, and below it, for each question, the experts of each kind."""
    from generator.model.cell_counts import by_kind, coverage

    covered = coverage(brief)
    kinds = ", ".join(f"{number} {kind}" for kind, number in covered.kinds.items())
    yield from _wrapped(f"{brief.slug}: {counted(covered.cells, 'cell')}" + (f": {kinds}" if kinds else ""), 0, width)
    for question, experts in by_kind(brief):
        yield from _wrapped(question, 2, width)
        for kind, names in experts.items():
            yield from _wrapped(f"{kind}: {', '.join(names)}", 4, width)


def _wrapped(text: str, indent: int, width: int | None) -> list[str]:
    """Return the text in lines of at most `width` characters; an id is broken only if it is longer than a line."""
    first, further = " " * indent, " " * (indent + 2)
    if width is None:
        return [first + text]
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=further, break_on_hyphens=False)
