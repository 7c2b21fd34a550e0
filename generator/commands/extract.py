"""`brief extract`: a project folder from a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.context import FINE, PROBLEMS


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
def extract(file: Path, folder: Path) -> int:
    """Unpack what is attached to FILE as a project in FOLDER, which must be new or empty.

    `brief build` there makes the same PDF, with the same versions byte for byte. Where attachments are damaged, nothing is
    written.
    """
    from generator.provenance.confining import confined
    from generator.provenance.contents import open_contents, read_pdf
    from generator.provenance.extracting import Occupied, lay_out
    from generator.provenance.faults import Unreadable

    try:
        contents = confined("the file", open_contents, read_pdf(file))
        for fault in contents.faults:
            click.echo(f"{file}: {fault}", err=True)
        if contents.faults:
            click.echo("nothing was written", err=True)
            return PROBLEMS
        written = lay_out(contents.files, folder)
    except Unreadable as error:
        click.echo(f"{file}: {error}", err=True)
        return PROBLEMS
    except Occupied as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {(error.strerror or str(error)).lower()}") from None
    for path in written:
        click.echo(f"{folder / path}")
    click.echo(f"{len(written)} files; build them with: brief -C {folder} build {contents.manifest.slug}")
    return FINE
