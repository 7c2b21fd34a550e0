"""Shared by all subcommands: context, exit codes, options, selection of briefs, output of problems.

An option may be given before or after the subcommand: a group passes options that it does not have to the subcommand, if the
subcommand has them. Each subcommand also has the shared options.
"""

from __future__ import annotations

import copy
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import click

from generator import __version__
from generator.problems import Problem
from generator.project import FOLDER, Project, find_project

FINE, PROBLEMS, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130


class Context:
    """Context of a subcommand, `ctx.obj`."""

    def __init__(self, start: Path, colour: bool) -> None:
        self.start = start
        """The folder that `-C` names, or the current one."""
        self.colour = colour
        self._project: Project | None = None

    @property
    def project(self) -> Project:
        """Return the project that contains `start`. Raises NoProject."""
        if self._project is None:
            self._project = find_project(self.start)
        return self._project

    @property
    def folder(self) -> Path:
        return self.project.folder

    def shown(self, file: str) -> str:
        """Return a file of the project as a path relative to the current folder."""
        return os.path.relpath(self.project.folder / file)


def _work_in(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is not None:
        before = context_of(ctx)
        start = before.start / folder
        if not start.is_dir():
            raise click.UsageError(f"{folder} is not a folder")
        ctx.obj = Context(start, before.colour)


def _colour(ctx: click.Context, _: click.Parameter, choice: str | None) -> None:
    if choice is not None:
        ctx.obj = Context(context_of(ctx).start, _wants_colour(choice))


def _wants_colour(choice: str) -> bool:
    """Use colour only on a terminal, and never if NO_COLOR is set (no-color.org)."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


SHARED = (
    click.Option(
        ["-C", "work_in"],
        type=click.Path(path_type=Path, file_okay=False),
        callback=_work_in,
        expose_value=False,
        help="Work as if started in this folder.",
    ),
    click.Option(
        ["--color", "colour_when"],
        type=click.Choice(["auto", "always", "never"]),
        callback=_colour,
        expose_value=False,
        help="Use of colour; default: auto (only on a terminal).",
    ),
)
"""Options of all subcommands."""
jobs_option = click.option(
    "--jobs", "-j", type=click.IntRange(0), default=0, help="Number of processes; 0 means one for each processor."
)


def context_of(ctx: click.Context) -> Context:
    """Return the context from the options parsed so far."""
    return ctx.find_object(Context) or Context(Path.cwd(), _wants_colour("auto"))


class Group(click.Group):
    """Group whose subcommands' options are also allowed before their names."""

    def named(self, name: str) -> click.Command | None:
        """Return the subcommand as it was defined."""
        return self.commands.get(name)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = self.named(cmd_name)
        if command is not None:
            command = copy.copy(command)
            command.params = [*command.params, *SHARED]
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, self._ordered(ctx, args))

    def _ordered(self, ctx: click.Context, words: list[str]) -> list[str]:
        """Return the words with the options before the subcommand moved after its name.

        A subcommand's name can also be an option's value, as in `brief -C build check`. The subcommand is the first one that can
        parse all words before it.
        """
        eager = {name for option in self.get_params(ctx) if option.is_eager for name in option.opts}
        if not words or not words[0].startswith("-") or words[0] in eager:
            return words
        names = self.list_commands(ctx)
        places = [place for place, word in enumerate(words) if word in names]
        fitting = (place for place in places if _reads(self.get_command(ctx, words[place]), ctx, words[:place]))
        place = next(fitting, places[0] if places else 0)
        return [*words[place : place + 1], *words[:place], *words[place + 1 :]]


def _reads(command: click.Command | None, above: click.Context, words: Sequence[str]) -> bool:
    """Whether all words are options, with values, of the command or one of its subcommands."""
    if command is None:
        return False
    ctx = click.Context(command, parent=above)
    if isinstance(command, click.Group):
        return any(_reads(command.get_command(ctx, name), ctx, words) for name in command.list_commands(ctx))
    try:
        _, rest, _ = command.make_parser(ctx).parse_args(list(words))
    except click.UsageError:
        return False
    return not rest


def chosen(project: Project, names: Iterable[str]) -> tuple[str, ...]:
    """Return the slugs of names, paths or folders (`chip-controls`, `briefs/2024/chip-controls.yaml`, `2024/`); all if none is given.

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
        from generator.problems.message_words import did_you_mean

        slugs = [slug for slug, _ in fact_files]
        hint = did_you_mean(parts[-1] if parts else "", slugs) if slugs else "there are no fact files in briefs/"
        raise click.UsageError(f"there is no brief '{name.removesuffix('.yaml')}'" + (f": {hint}" if hint else ""))
    return matching


def _below_briefs(name: str) -> list[str]:
    """Return the parts of a path from `briefs` on, if it has that part, because users name files relative to the current folder."""
    parts = [part for part in PurePosixPath(name.removesuffix(".yaml")).parts if part not in ("..", "/")]
    at = max((number for number, part in enumerate(parts) if part == FOLDER), default=0)
    return parts[at:]


def show(problems: Iterable[Problem], context: Context, form: str = "text", *, err: bool = False) -> int:
    """Print problems in a format and return the exit code."""
    from generator.console import formatters  # imported here, because a build without problems does not need it

    ordered = formatters.ordered(problems)
    if form == "json":
        click.echo(formatters.draw_json(ordered, context.shown))
    elif form == "sarif":
        from generator.console.codes import codes

        click.echo(formatters.draw_sarif(ordered, context.shown, codes(), __version__))
    elif ordered and form == "github":
        click.echo(formatters.draw_github(ordered, context.shown))
    elif ordered:
        click.echo(
            formatters.draw_text(ordered, context.folder, context.shown, colour=context.colour),
            err=err,
            color=context.colour,
        )
    return PROBLEMS if any(problem.is_error for problem in ordered) else FINE
