"""Which briefs a subcommand is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

import click

from generator.project import FOLDER, Project


def chosen(project: Project, names: Iterable[str]) -> tuple[str, ...]:
    """Return the slugs meant by names, paths or folders (`chip-controls`, `briefs/2024/chip-controls.yaml`, `2024/`).

    All, when none is named. Raises click.UsageError for a name that no fact file has.
    """
    known = project.fact_files()
    wanted = [slug for name in names for slug in _meant(name, known)]
    return tuple(dict.fromkeys(wanted or [slug for slug, _ in known]))


def _meant(name: str, known: Sequence[tuple[str, str]]) -> list[str]:
    """Return the slugs of one fact file, or of all in one folder."""
    parts = _below_briefs(name)
    end = f"/{'/'.join(parts)}/"
    found = [slug for slug, file in known if f"/{file.removesuffix('.yaml')}/".endswith(end)]
    found = found or [slug for slug, file in known if end in f"/{file.rpartition('/')[0]}/"]
    if not found or not parts:
        from generator.problems.suggestions import did_you_mean

        slugs = [slug for slug, _ in known]
        hint = did_you_mean(parts[-1] if parts else "", slugs) if slugs else "there are no fact files in briefs/"
        raise click.UsageError(f"there is no brief '{name.removesuffix('.yaml')}'" + (f": {hint}" if hint else ""))
    return found


def _below_briefs(name: str) -> list[str]:
    """The parts of a path from `briefs` on, where that is among them: people name files from where they stand."""
    parts = [part for part in PurePosixPath(name.removesuffix(".yaml")).parts if part not in ("..", "/")]
    at = max((number for number, part in enumerate(parts) if part == FOLDER), default=0)
    return parts[at:]
