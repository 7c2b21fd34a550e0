"""Selects the briefs that a subcommand names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

import click

from generator.project import FOLDER, Project


def chosen(project: Project, names: Iterable[str]) -> tuple[str, ...]:
    """Return the slugs of names, paths or folders (`chip-controls`, `briefs/2024/chip-controls.yaml`, `2024/`), or all if none is named.

    Raises click.UsageError for a name that no fact file has.
    """
    fact_files = project.fact_files()
    wanted = [slug for name in names for slug in _meant(name, fact_files)]
    return tuple(dict.fromkeys(wanted or [slug for slug, _ in fact_files]))


def _meant(name: str, fact_files: Sequence[tuple[str, str]]) -> list[str]:
    """Return the slug of one fact file, or of all in one folder."""
    parts = _below_briefs(name)
    end = f"/{'/'.join(parts)}/"
    matching = [slug for slug, file in fact_files if f"/{file.removesuffix('.yaml')}/".endswith(end)]
    matching = matching or [slug for slug, file in fact_files if end in f"/{file.rpartition('/')[0]}/"]
    if not matching or not parts:
        from generator.problems.suggestions import did_you_mean

        slugs = [slug for slug, _ in fact_files]
        hint = did_you_mean(parts[-1] if parts else "", slugs) if slugs else "there are no fact files in briefs/"
        raise click.UsageError(f"there is no brief '{name.removesuffix('.yaml')}'" + (f": {hint}" if hint else ""))
    return matching


def _below_briefs(name: str) -> list[str]:
    """Return the parts of a path from `briefs` on, if it has that part, because users name files relative to the current folder."""
    parts = [part for part in PurePosixPath(name.removesuffix(".yaml")).parts if part not in ("..", "/")]
    at = max((number for number, part in enumerate(parts) if part == FOLDER), default=0)
    return parts[at:]
