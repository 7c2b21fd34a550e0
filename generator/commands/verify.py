"""`brief verify`: checks whether a PDF was changed."""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator.console.context import FINE, PROBLEMS
from generator.system.regular_files import read_regular, reason_of


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--json", "as_object", is_flag=True, help="Print the result as one JSON object.")
@click.option("--text", "words_do", is_flag=True, help="Accept matching words if other versions made the file.")
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="CERT",
    help="A certificate (PEM or DER) that a signature must lead to; can be repeated.",
)
@click.option(
    "--trust-design",
    default="",
    metavar="DIGEST",
    help="Use the attached design if it has this SHA-256, in a process without access to files and network.",
)
def verify(file: Path, as_object: bool, words_do: bool, trust: tuple[Path, ...], trust_design: str) -> int:
    """Check whether FILE was changed after it was built, and list what its quotations were compared with.

    The brief is built again from the attachments in a temporary folder, with a page design of this installation. Exit code 0: the
    file is as made. 1: it was changed, or this cannot be decided, or a signature is not valid.
    """
    from generator.pipeline.pdf_files.pdf_contents import read_pdf
    from generator.provenance import verification_report
    from generator.provenance.verification import Result
    from generator.provenance.verification import verify as verified

    certificates = [_certificate(path) for path in trust]
    try:
        verification = verified(read_pdf(file), certificates, trusted_digest(trust_design))
    except OSError as error:
        raise click.ClickException(f"cannot verify {file}: {reason_of(error)}") from None
    click.echo(
        verification_report.as_json(str(file), verification)
        if as_object
        else verification_report.as_text(str(file), verification)
    )
    enough = {Result.AS_MADE, Result.SAME_WORDS} if words_do else {Result.AS_MADE}
    return FINE if verification.result in enough and verification.signatures_hold else PROBLEMS


def trusted_digest(given: str) -> str:
    """Return the digest that the user typed, in lower case. Raises UsageError."""
    digest = given.strip().lower()
    if given and not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise click.UsageError("--trust-design needs the 64 hexadecimal digits that `brief verify` prints")
    return digest


def _certificate(path: Path) -> bytes:
    """Return the bytes of a file that is a certificate. Raises click.ClickException or click.UsageError."""
    from generator.provenance.signatures import certificate

    try:
        data = read_regular(path)
    except OSError as error:
        raise click.ClickException(f"cannot read {path}: {reason_of(error)}") from None
    try:
        certificate(data)
    except ImportError:
        raise click.UsageError(
            "checking signatures needs the extra: pip install 'policy-brief-generator[sign]'"
        ) from None
    except (ValueError, TypeError):
        raise click.UsageError(f"{path} is not a certificate in PEM or DER format") from None
    return data
