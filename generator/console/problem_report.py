"""Prints the problems of a subcommand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.console.context import FINE, PROBLEMS, Context

if TYPE_CHECKING:
    from generator.problems import Problem


def show(problems: Iterable[Problem], context: Context, form: str = "text", *, err: bool = False) -> int:
    """Print problems in a format and return the exit code."""
    from generator.console import formatters  # imported here, because a build without problems does not need it

    ordered = formatters.ordered(problems)
    if form == "json":
        click.echo(formatters.draw_json(ordered, context.shown))
    elif form == "sarif":
        from generator.console.codes import codes

        click.echo(formatters.draw_sarif(ordered, context.shown, codes(), __version__))
    elif ordered and form == "github":
        click.echo(formatters.draw_github(ordered, context.shown))
    elif ordered:
        click.echo(
            formatters.draw_text(ordered, context.folder, context.shown, colour=context.colour),
            err=err,
            color=context.colour,
        )
    return PROBLEMS if any(problem.is_error for problem in ordered) else FINE
