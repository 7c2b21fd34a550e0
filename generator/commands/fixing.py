"""`brief check --fix`: writes `[they|we]` for bare brackets where exactly one reading is possible, and shows it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import click

from generator.console.context import Context
from generator.engine import atomic
from generator.engine.errors import CannotWrite
from generator.evidence.capture_lock import open_lock
from generator.evidence.captures.capture_store import Captures
from generator.pipeline.bracket_fixes import Fix, fixed, needed_fixes
from generator.pipeline.load_project import load


def fix(context: Context, slugs: Iterable[str]) -> None:
    """Complete the bare brackets of the briefs named. Each change is printed before its file is written.

    Raises click.ClickException for a file that cannot be written.
    """
    by_file: defaultdict[str, list[Fix]] = defaultdict(list)
    for one in _fixes(context, slugs):
        by_file[one.text.place.file].append(one)
    for file, fixes in by_file.items():
        _fix_file(context, file, fixes)


def _fixes(context: Context, slugs: Iterable[str]) -> Iterator[Fix]:
    loaded = load(context.folder, slugs)
    lock, _ = open_lock(context.project.open)
    return needed_fixes(loaded.briefs, loaded.library, Captures(context.project.open), lock)


def _fix_file(context: Context, file: str, fixes: list[Fix]) -> None:
    try:
        before = context.project.open(file).decode("utf-8")
        after = before
        for one in sorted(fixes, key=lambda one: (one.text.place.line, one.text.place.column), reverse=True):
            after = fixed(after, one)
        if after != before:
            _show(context.shown(file), before, after)
            _write(context, file, after)
    except (CannotWrite, OSError, UnicodeDecodeError) as fault:
        raise click.ClickException(str(fault)) from None


def _write(context: Context, file: str, content: str) -> None:
    path = (context.folder / file).resolve()
    mode = path.stat().st_mode
    atomic.write(path, content.encode("utf-8"), durable=True)
    path.chmod(mode & 0o7777)


def _show(file: str, before: str, after: str) -> None:
    """Print the lines that change, on the error stream: the other one may carry JSON."""
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    for number, (old, new) in enumerate(lines, 1):
        if old != new:
            click.echo(f"{file}:{number}\n- {old.strip()}\n+ {new.strip()}", err=True)
