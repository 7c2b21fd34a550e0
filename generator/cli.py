"""Command line: shared options, exit codes, and the one error boundary.

Exit codes: 0 fine, 1 problems in the content, 2 wrong use, 3 a bug, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from generator import __version__
from generator.console import shell_completion
from generator.console.context import FINE, INTERRUPTED, OUR_FAULT, SHARED, WRONG_USE, Group, context_of
from generator.project import NoProject

COMMANDS = {
    "build": "generator.commands.build:build",
    "capture": "generator.commands.capture:capture",
    "check": "generator.commands.check:check",
    "completion": "generator.commands.completion:completion",
    "coverage": "generator.commands.coverage:coverage",
    "explain": "generator.commands.explain:explain",
    "extract": "generator.commands.extract:extract",
    "import": "generator.commands.import_:import_",
    "init": "generator.commands.init:init",
    "lock": "generator.commands.lock:lock",
    "lsp": "generator.commands.lsp:lsp",
    "new": "generator.commands.new:new",
    "presets": "generator.commands.presets:presets",
    "publish": "generator.commands.publish:publish",
    "quote": "generator.commands.quote:quote",
    "review": "generator.commands.review:review",
    "schema": "generator.commands.schema:schema",
    "serve": "generator.commands.serve:serve",
    "sign": "generator.commands.sign:sign",
    "sources": "generator.commands.sources:sources",
    "verify": "generator.commands.verify:verify",
    "watch": "generator.commands.watch:watch",
}
"""Module of each subcommand, which is imported when it is called."""


class _Commands(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def named(self, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "see 'brief --help'"
            ctx.fail(f"there is no command '{args[0]}': {hint}")
        return super().resolve_command(ctx, args)


@click.command(
    cls=_Commands,
    params=list(SHARED),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="You can write options before or after the command.",
)
@click.version_option(__version__, prog_name="brief")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Publish policy briefings from fact files, with every quotation checked against its source."""
    ctx.obj = context_of(ctx)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code. No exception leaves it."""
    if shell_completion.VARIABLE in os.environ:
        return shell_completion.answer(cli, "brief")
    try:
        result = cli.main(list(arguments), prog_name="brief", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else FINE
    except (click.exceptions.Exit, click.exceptions.Abort, KeyboardInterrupt) as error:
        return error.exit_code if isinstance(error, click.exceptions.Exit) else INTERRUPTED
    except click.ClickException as error:
        error.show()
        return WRONG_USE
    except NoProject as error:
        click.echo(f"brief: {error}; start one with 'brief init', or name its folder with -C", err=True)
        return WRONG_USE
    except BrokenPipeError:
        # the reader of our output has closed it (`brief check | head`): the content is not wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as error:  # the boundary: every other exception is a bug and is reported as one
        if isinstance(error, OSError) and error.errno in _OF_THE_SYSTEM:
            return _refused(error)
        click.echo(_report(error, arguments), err=True)
        return OUR_FAULT


_OF_THE_SYSTEM = frozenset(
    {
        errno.EACCES, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EISDIR, errno.EMFILE, errno.ENAMETOOLONG, errno.ENFILE,
        errno.ENOSPC, errno.ENOTDIR, errno.EPERM, errno.EROFS,
    }
)  # fmt: skip
"""Errors that users can put right: no permission, a full or read-only disk, a file where a folder is needed."""


def _refused(error: OSError) -> int:
    """Report what the system refused. Without a file it was our own output, which is then given up."""
    reason = (error.strerror or str(error)).lower()
    if error.filename is None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    what = "the output" if error.filename is None else error.filename
    click.echo(f"brief: cannot read or write {what}: {reason}", err=True)
    return WRONG_USE


def _report(error: Exception, arguments: Sequence[str]) -> str:
    import platform
    import traceback

    trace = "".join(traceback.format_exception(error)).rstrip()
    return (
        "brief: this is a bug in the program, not a mistake in your files. No unfinished output was published.\n"
        "Please report it with the lines below.\n\n"
        f"  brief {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"  command: brief {' '.join(arguments)}\n\n" + "\n".join(f"  {line}" for line in trace.splitlines())
    )
