"""`brief verify`: whether a PDF is what its attachments make."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.context import FINE, PROBLEMS


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--json", "as_object", is_flag=True, help="Print all that was found out as one JSON object.")
@click.option("--text", "words_do", is_flag=True, help="Where other versions made the file, be content with its words.")
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CERT",
    help="A certificate (PEM or DER) that a signature has to lead to; can be repeated.",
)
def verify(file: Path, as_object: bool, words_do: bool, trust: tuple[Path, ...]) -> int:
    """Tell whether FILE is, byte for byte, what is attached to it, and what its quotations were verified against.

    The brief is made again from the attachments in a temporary folder. Exit code 0: it is as made. 1: it was altered, or
    that cannot be told.
    """
    from generator.provenance import telling
    from generator.provenance.contents import read_pdf
    from generator.provenance.verifying import Finding
    from generator.provenance.verifying import verify as verified

    try:
        found = verified(read_pdf(file), trust=[path.read_bytes() for path in trust])
    except OSError as error:
        raise click.ClickException(f"cannot verify {file}: {(error.strerror or str(error)).lower()}") from None
    click.echo(telling.as_json(str(file), found) if as_object else telling.told(str(file), found))
    enough = {Finding.AS_MADE, Finding.SAME_WORDS} if words_do else {Finding.AS_MADE}
    return FINE if found.finding in enough and found.signatures_hold else PROBLEMS
