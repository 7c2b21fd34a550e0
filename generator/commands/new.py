"""`brief new`: a commented fact file to start from."""

from __future__ import annotations

import re

import click

from generator.commands.context import Context


@click.command()
@click.argument("slug")
@click.pass_obj
def new(context: Context, slug: str) -> None:
    """Write a commented fact file briefs/SLUG.yaml to start from."""
    from generator.starters import starter, write_new

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise click.UsageError(f"'{slug}' cannot be an address: use lower-case letters, digits and single hyphens")
    file = f"briefs/{slug}.yaml"
    title = slug.replace("-", " ").capitalize()
    if not write_new(context.folder / file, starter("brief.yaml").replace("TITLE", title)):
        raise click.UsageError(f"{context.shown(file)} is there already; nothing was changed")
    click.echo(f"wrote {context.shown(file)}; fill it in, then run 'brief check {slug}'")
