"""`brief init`: makes a new project folder.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.schema import write_schemas
from generator.console.context import Context


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.pass_obj
def init(context: Context, folder: Path | None) -> None:
    """Start a project in FOLDER, or here: house style, experts, sources, schemas and one example that can be built at once.

    Existing files do not change.
    """
    from generator.starters import FILES, starter, write_new

    target = context.start / folder if folder else context.start
    for file, name in FILES.items():
        path = target / file
        done = write_new(path, starter(name))
        click.echo(f"{'wrote' if done else 'kept '} {path if folder is None else folder / file}")
    write_schemas(target / "schemas")
    click.echo(f"wrote {Path('schemas') if folder is None else folder / 'schemas'}, for editors")
    click.echo("Now run 'brief check', then 'brief build'" + (f" in {folder}" if folder else "") + ".")
