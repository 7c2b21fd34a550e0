"""`brief presets`: lists the page designs."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.console.context import FINE, PROBLEMS, Context, show
from generator.project import NoProject

if TYPE_CHECKING:
    from generator.problems import Problem
    from generator.render.preset import Preset

_WIDTH = 100
"""Width of a line of a description, in characters."""


@click.command()
@click.option(
    "--thumbnails",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Print the example of 'brief init' in each design, as PDF and pictures, in this folder.",
)
@click.pass_obj
def presets(context: Context, folder: Path | None) -> int:
    """List the page designs of the project and of the program, with their paper and limits."""
    designs, problems = _load(_project(context))
    for preset in designs:
        click.echo(_line(preset))
    status = show(problems, context, err=True) if problems else FINE
    if folder is None:
        return status
    return max(status, _write_gallery(designs, context, folder))


def _project(context: Context) -> Path | None:
    """Return the project folder, or the start folder outside a project."""
    try:
        return context.folder
    except NoProject:
        return None


def _load(project: Path | None) -> tuple[list[Preset], list[Problem]]:
    from generator.render.preset import load_preset, preset_names

    designs: list[Preset] = []
    problems: list[Problem] = []
    for name in preset_names(project):
        preset, own_problems = load_preset(name, project)
        problems += own_problems
        designs += [preset] if preset else []
    return designs, problems


def _line(preset: Preset) -> str:
    from generator.pipeline.gallery import room

    builtin = preset.folders[0].is_relative_to(preset.folders[-1])
    whose = "" if builtin else "; from this project"
    about = textwrap.fill(preset.description, _WIDTH, initial_indent="    ", subsequent_indent="    ")
    return f"{preset.name} ({room(preset)}{whose})\n{about}"


def _write_gallery(designs: list[Preset], context: Context, folder: Path) -> int:
    """Write PDFs, pictures and a page with all of them. If a preset has problems, report them and write the others."""
    from generator.engine.atomic import write
    from generator.pipeline import gallery

    status, pictured, drawing = FINE, [], True
    for sample in gallery.samples(designs, _project(context)):
        if sample.pdf is None:
            why = sample.failure or "; ".join(problem.message for problem in sample.problems if problem.is_error)
            click.echo(f"{sample.preset.name}: the example could not be printed: {why}", err=True)
            status = PROBLEMS
            continue
        name = sample.preset.name
        write(folder / f"{name}.pdf", sample.pdf)
        drawn = _pictures(sample.pdf) if drawing else None
        drawing = drawn is not None
        names = [f"{name}-{number}.png" for number in range(1, len(drawn or ()) + 1)]
        for file, picture in zip(names, drawn or (), strict=True):
            write(folder / file, picture)
        pictured.append((sample.preset, names))
    write(folder / "index.html", gallery.index(pictured).encode())
    click.echo(f"wrote {folder / 'index.html'}")
    return status


def _pictures(pdf: bytes) -> list[bytes] | None:
    """Return pictures of the first pages; None, with a message, if the extra for them is not installed."""
    from generator.pipeline import gallery

    try:
        return gallery.pictures(pdf)
    except gallery.NoRasteriser:
        message = (
            "no pictures: install 'policy-brief-generator[thumbnails]' (pypdfium2) to draw pages; the PDFs were written"
        )
        click.echo(message, err=True)
        return None
