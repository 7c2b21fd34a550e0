"""`brief import`: adds sources from bibliographies of other programs."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console.context import Context, show
from generator.console.shell_completion import keys_in_file, source_keys
from generator.problems.message_words import counted
from generator.project import SOURCE_FOLDER, SOURCES
from generator.system.garbage_collection import garbage_left

if TYPE_CHECKING:
    from generator.cite.bibliographies import Bibliography
    from generator.cite.entry_files import Files, Placed


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show the changes, but do not write them.")
@click.option(
    "--update",
    "update",
    metavar="KEY",
    multiple=True,
    shell_complete=source_keys,
    help="Write the imported values of this source; can be repeated.",
)
@click.option("--cited", is_flag=True, help="Import only sources that a brief cites.")
@click.option("--keys", metavar="KEY,KEY", shell_complete=keys_in_file, help="Import only sources with these keys.")
@click.pass_obj
@garbage_left()  # all entries of a large library stay in memory until they are written
def import_(context: Context, file: Path, dry_run: bool, update: tuple[str, ...], cited: bool, keys: str | None) -> int:
    """Add the sources of FILE to the project. Existing sources do not change.

    FILE is BibTeX (.bib), RIS, CSL-JSON, PubMed's .nbib, EndNote's .enw or .xml, or RefWorks' tagged .txt. New sources are
    written to briefs/sources.yaml, and those of a large library to a separate file in briefs/sources/.
    """
    from generator.cite.entry_files import file_name, place
    from generator.cite.merge_entries import NotMergeable

    wanted = _wanted(context, cited, keys)
    read = _read(context, file, wanted)
    files = _files(context)
    try:
        placed = place(files, read.entries, file_name(file.stem), update, read.made)
    except NotMergeable as refused:
        return show((*read.problems, refused.problem), context, err=True)
    code = show((*read.problems, *placed.problems()), context, err=True)
    _warn_unknown(update, placed, read, keys)
    if dry_run:
        _show_changes(context, files, placed)
    else:
        _write(context, placed)
    click.echo(_summary(placed, read, dry_run=dry_run))
    return code


def _wanted(context: Context, cited: bool, keys: str | None) -> set[str] | None:
    """Return the keys to import; None for all."""
    if not cited and keys is None:
        return None
    wanted = {key.strip().removeprefix("@") for key in (keys or "").split(",") if key.strip()}
    if cited:
        from generator.pipeline.inputs.load_project import load
        from generator.syntax.citations import citations

        loaded = load(context.folder)
        records = (*loaded.briefs, loaded.library.house, *loaded.library.houses.values())
        wanted |= {citation.key for record in records for citation, _ in citations(record)}
    return wanted


def _read(context: Context, file: Path, wanted: set[str] | None) -> Bibliography:
    """Read the file to import: only the `wanted` entries, if given. Raises click.ClickException."""
    from generator.cite.bibliographies import FORMATS, read_bibliography
    from generator.cite.pandoc import PandocFailed
    from generator.console.task_progress import Counting

    if file.suffix.lower() not in FORMATS:
        raise click.UsageError(f"{file.name} has a format that cannot be imported; these can: {', '.join(FORMATS)}")
    name = Path(os.path.relpath(file.absolute(), context.folder)).as_posix()
    try:
        with Counting(f"reading {file.name}", "entry", "entries") as counting:
            return read_bibliography(file.read_bytes(), name, wanted, counting.tell)
    except (PandocFailed, OSError) as error:
        raise click.ClickException(f"cannot read {file}: {error}") from None


def _files(context: Context) -> Files:
    from generator.cite.entry_files import Files
    from generator.pipeline.inputs.source_files import project_indexes

    indexes, unreadable = project_indexes(context.project)
    if unreadable:
        raise click.ClickException(unreadable[0].message)
    return Files(SOURCES, _text(context.folder / SOURCES), SOURCE_FOLDER, indexes)


def _text(target: Path) -> str:
    """Return the file with its line endings; empty if it does not exist yet."""
    if not target.exists():
        return ""
    try:
        return target.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise click.ClickException(f"cannot read {target}: {error}") from None


def _write(context: Context, placed: Placed) -> None:
    from generator.engine.atomic import write

    for file, text in sorted(placed.texts.items()):
        write(context.folder / file, text.encode("utf-8"), durable=True)


def _warn_unknown(update: tuple[str, ...], placed: Placed, read: Bibliography, keys: str | None) -> None:
    for key in sorted(set(update) - {*placed.updated, *placed.unchanged}):
        click.echo(f"--update {key}: this source is not in both the file and the project", err=True)
    asked = {key.strip().removeprefix("@") for key in (keys or "").split(",") if key.strip()}
    for key in sorted(asked - {str(entry["id"]) for entry in read.entries}):
        click.echo(f"--keys {key}: the file has no such source", err=True)


def _show_changes(context: Context, files: Files, placed: Placed) -> None:
    before = {SOURCES: files.text} | {index.file: index.text for index in files.indexes}
    for file, text in sorted(placed.texts.items()):
        if file in placed.further:
            click.echo(f"{context.shown(file)} would have {counted(text.count(chr(10)), 'line')}")
        else:
            click.echo(_diff(before.get(file, ""), text, context.shown(file)), nl=False)


def _summary(placed: Placed, read: Bibliography, *, dry_run: bool) -> str:
    differing = len({one.key for differences in placed.differing.values() for one in differences})
    where = f" to {', '.join(sorted(placed.further))}" if placed.further else ""
    bad = sum(problem.code == "bad-import-entry" for problem in read.problems)
    return (
        f"{'would add' if dry_run else 'added'} {len(placed.added):,}{where}, updated {len(placed.updated):,}, "
        f"kept {len(placed.unchanged):,} that are the same and {differing:,} that differ"
        + (f"; {bad:,} could not be read" if bad else "")
    )


def _diff(before: str, after: str, file: str) -> str:
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), file, f"{file} (after the import)", lineterm=""
    )
    return "".join(f"{line}\n" for line in lines)
