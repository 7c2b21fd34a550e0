"""`brief new`: writes a fact file with comments.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

import click

from generator.console.context import Context
from generator.project import SHARED, misplacement, slug_of, unnamable


@click.command()
@click.argument("slug")
@click.pass_obj
def new(context: Context, slug: str) -> None:
    """Write a fact file with comments, briefs/SLUG.yaml. SLUG is the short name of the brief, also in a folder: 2024/chip-controls."""
    from generator.starters import starter, write_new

    file = f"briefs/{slug.removesuffix('.yaml').removeprefix('briefs/')}.yaml"
    slug = slug_of(file)
    _refuse(context, slug, file)
    title = slug.replace("-", " ").capitalize()
    if not write_new(context.folder / file, starter("brief.yaml").replace("TITLE", title)):
        raise click.UsageError(f"{context.shown(file)} exists already; nothing was changed")
    click.echo(f"wrote {context.shown(file)}; fill it in, then run 'brief check {slug}'")


def _refuse(context: Context, slug: str, file: str) -> None:
    """Raise click.UsageError if a fact file cannot have this path."""
    wrong = unnamable(slug, file)
    if wrong:
        raise click.UsageError(
            f"'{wrong}' cannot be part of an address: use lower-case letters, digits and single hyphens"
        )
    why = misplacement(slug, file)
    if why or slug in SHARED:
        raise click.UsageError(why or f"'{slug}.yaml' is the name of a shared file")
    twin = dict(context.project.fact_files()).get(slug, file)
    if twin != file:
        raise click.UsageError(f"{context.shown(twin)} has the name '{slug}' already; nothing was changed")
