"""Allows every option before or after the name of the subcommand.

A group passes options that it does not have to the subcommand, if the subcommand has them; and each subcommand has the shared
options.
"""

from __future__ import annotations

import copy
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from generator.console.context import Context


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
        help="Coloured messages; auto, on a terminal only, unless given.",
    ),
)
"""Options of all subcommands."""


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
