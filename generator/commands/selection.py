"""Which briefs a subcommand is about."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import click

from generator.project import Project


def chosen(project: Project, names: Iterable[str]) -> tuple[str, ...]:
    """Return the slugs meant by names or paths (`chip-controls`, `briefs/chip-controls.yaml`); all, when none is named.

    Raises click.UsageError for a name that no fact file has.
    """
    known = [slug for slug, _ in project.fact_files()]
    wanted = [PurePath(name).name.removesuffix(".yaml") for name in names]
    for slug in wanted:
        if slug not in known:
            from generator.nearest import did_you_mean

            hint = did_you_mean(slug, known) if known else "there are no fact files in briefs/"
            raise click.UsageError(f"there is no brief '{slug}'" + (f": {hint}" if hint else ""))
    return tuple(dict.fromkeys(wanted)) or tuple(known)
