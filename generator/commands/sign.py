"""`brief sign`: adds a signature to a PDF."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from generator.console.context import FINE
from generator.system.regular_files import read_regular, reason_of

PASSWORD = "BRIEF_KEY_PASSWORD"  # noqa: S105 - the name of the variable that holds it


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--key",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The private key: PKCS#12 (.p12, .pfx) with its certificate, or PEM together with --cert.",
)
@click.option(
    "--cert",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The certificate of a PEM key.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Output file; default: FILE.signed.pdf.",
)
def sign(file: Path, key: Path, cert: Path | None, output: Path | None) -> int:
    """Sign FILE and write the signed PDF next to it. The built bytes do not change; the signature is added after them.

    The key's password is read from the environment variable BRIEF_KEY_PASSWORD, or the program asks for it.
    This needs an extra: pip install 'policy-brief-generator[sign]'.
    """
    from generator.engine import atomic
    from generator.pipeline.pdf_files.pdf_contents import MAX_PDF
    from generator.provenance import signatures

    to = output or file.with_suffix(".signed.pdf")
    if to.exists():
        raise click.UsageError(f"{to} exists already")
    try:
        signed = signatures.sign(read_regular(file, MAX_PDF), key, cert, _password(key))
    except OSError as error:
        raise click.ClickException(f"cannot sign {file}: {reason_of(error)}") from None
    except signatures.CannotSign as error:
        raise click.ClickException(f"cannot sign {file}: {error}") from None
    atomic.write(to, signed)
    click.echo(f"{to}")
    return FINE


def _password(key: Path) -> str:
    from generator.provenance.signatures import needs_password

    if not needs_password(key):
        return ""
    if PASSWORD in os.environ:
        return os.environ[PASSWORD]
    if not sys.stdin.isatty():
        raise click.UsageError(f"{key} may need a password: set {PASSWORD}, empty if it has none")
    return str(click.prompt(f"Password of {key}", hide_input=True, default="", show_default=False, err=True))
