"""`brief check`: everything that is wrong with the content, without publishing."""

from __future__ import annotations

import click

from generator.console import shell_completion
from generator.console.context import PROBLEMS, Context
from generator.console.formatters import FORMATS, count, ordered
from generator.console.problem_report import show
from generator.counts import counted


@click.command()
@click.argument("slugs", nargs=-1, shell_complete=shell_completion.slugs)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="How to print the problems.")
@click.option("--strict", is_flag=True, help="Let warnings fail the check as errors do.")
@click.option("--fix", "fixing", is_flag=True, help="Write [they|we] for [they] where only one reading is possible.")
@click.pass_obj
def check(context: Context, slugs: tuple[str, ...], form: str, strict: bool, fixing: bool) -> int:
    """Check the fact files named by SLUGS, or all, and report every problem in one run."""
    from generator.console.selection import chosen
    from generator.pipeline.publish_brief import inspect

    names = chosen(context.project, slugs)
    if fixing:
        from generator.commands.fixing import fix

        fix(context, names)
    problems = ordered(inspect(context.project, names))
    status = show(problems, context, form)
    if form == "text":
        click.echo(f"{counted(len(names), 'brief')} checked: {count(problems)}")
    return PROBLEMS if strict and problems else status
