"""Showing problems to whoever ran a subcommand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.console.context import FINE, PROBLEMS, Context

if TYPE_CHECKING:
    from generator.problems import Problem


def show(problems: Iterable[Problem], context: Context, form: str = "text", *, err: bool = False) -> int:
    """Print problems in a format and return the exit code that they call for."""
    from generator.console import formatters  # here, because a build that finds nothing wrong needs none of it

    found = formatters.ordered(problems)
    if form == "json":
        click.echo(formatters.draw_json(found, context.shown))
    elif form == "sarif":
        from generator.console.codes import codes

        click.echo(formatters.draw_sarif(found, context.shown, codes(), __version__))
    elif found and form == "github":
        click.echo(formatters.draw_github(found, context.shown))
    elif found:
        click.echo(
            formatters.draw_text(found, context.folder, context.shown, colour=context.colour),
            err=err,
            color=context.colour,
        )
    return PROBLEMS if any(problem.is_error for problem in found) else FINE
