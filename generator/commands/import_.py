"""`brief import`: sources from BibTeX, RIS or CSL-JSON into `briefs/sources.yaml`."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import click

from generator.commands.context import Context
from generator.commands.report import show
from generator.project import SOURCES


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--update", "update", metavar="KEY", multiple=True, help="Take the imported values of this source.")
@click.pass_obj
def import_(context: Context, file: Path, dry_run: bool, update: tuple[str, ...]) -> int:
    """Add the sources of FILE (.bib, .ris or CSL .json) to briefs/sources.yaml. Nothing that is there is changed."""
    from generator.cite.bibliographies import FORMATS, read_bibliography
    from generator.cite.importing import NotMergeable, merge
    from generator.cite.pandoc import PandocFailed

    if file.suffix.lower() not in FORMATS:
        raise click.UsageError(f"{file.name} is none of the forms that can be imported: {', '.join(FORMATS)}")
    name = Path(os.path.relpath(file.absolute(), context.folder)).as_posix()
    try:
        read = read_bibliography(file.read_bytes(), name)
    except (PandocFailed, OSError) as error:
        raise click.ClickException(f"cannot read {file}: {error}") from None
    if any(problem.is_error for problem in read.problems):
        return show(read.problems, context, err=True)
    target = context.folder / SOURCES
    before = _text(target)
    try:
        result = merge(before, read.entries, update)
    except NotMergeable as refused:
        return show((*read.problems, refused.problem(SOURCES)), context, err=True)
    code = show((*read.problems, *result.problems(SOURCES)), context, err=True)
    _warn_unknown(update, (*result.updated, *result.unchanged))
    if dry_run:
        click.echo(_diff(before, result.text, context.shown(SOURCES)), nl=False)
    elif result.text != before:
        _write(target, result.text)
    kept = len({difference.key for difference in result.differences})
    click.echo(
        f"{'would add' if dry_run else 'added'} {len(result.added)}, updated {len(result.updated)}, "
        f"kept {len(result.unchanged)} that are the same and {kept} that differ"
    )
    return code


def _text(target: Path) -> str:
    """The file as it is, line ends included; nothing where there is none yet."""
    if not target.exists():
        return ""
    try:
        return target.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"cannot read {target}: {error}") from None


def _write(target: Path, text: str) -> None:
    from generator.build.atomic import write
    from generator.build.faults import CannotWrite

    try:
        write(target, text.encode("utf-8"), durable=True)
    except CannotWrite as fault:
        raise click.ClickException(str(fault)) from None


def _warn_unknown(update: tuple[str, ...], known: tuple[str, ...]) -> None:
    for key in sorted(set(update) - set(known)):
        click.echo(f"--update {key}: the import has no such source that is in {SOURCES} already", err=True)


def _diff(before: str, after: str, file: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), file, f"{file} (after the import)", lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)
