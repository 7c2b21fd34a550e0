"""`brief extract`: makes a project folder from a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from generator.console.context import FINE, PROBLEMS
from generator.problems.message_words import counted
from generator.system.regular_files import reason_of


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--trust-design",
    default="",
    metavar="DIGEST",
    help="Activate the attached design if it has this SHA-256.",
)
def extract(file: Path, folder: Path, trust_design: str) -> int:
    """Unpack the attachments of FILE as a project in FOLDER, which must be new or empty.

    `brief build` there makes the same PDF; with the same versions, every byte is the same. An attached page design is not activated,
    because it decides what pages say. If attachments are damaged, nothing is written.
    """
    from generator.commands.verify import trusted_digest
    from generator.pipeline.pdf_files.pdf_contents import Unreadable, open_contents, read_pdf
    from generator.provenance.pdf_isolation import sandboxed
    from generator.provenance.rebuild_brief import ASIDE, Occupied, aside, lay_out

    trusted = trusted_digest(trust_design)
    try:
        contents = sandboxed("the file", open_contents, read_pdf(file))
        for fault in contents.faults:
            click.echo(f"{file}: {fault}", err=True)
        if contents.faults:
            click.echo("nothing was written", err=True)
            return PROBLEMS
        written = lay_out(aside(contents.files, trusted), folder)
    except Unreadable as error:
        click.echo(f"{file}: {error}", err=True)
        return PROBLEMS
    except Occupied as error:
        raise click.UsageError(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"{error.filename or folder}: {reason_of(error)}") from None
    for path in written:
        click.echo(f"{folder / path}")
    if any(path.startswith(f"{ASIDE}/") for path in written):
        click.echo(f"the page design came with the PDF and is not used: see {folder / ASIDE / 'README.txt'}")
    click.echo(f"{counted(len(written), 'file')}; build them with: brief -C {folder} build {contents.manifest.slug}")
    return FINE
