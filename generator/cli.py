"""Command line: shared options, exit codes, and the one error boundary.

Exit codes: 0 fine, 1 problems in the content, 2 wrong use, 3 a bug, 130 interrupted.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.console import shell_completion
from generator.console.context import FINE, INTERRUPTED, OUR_FAULT, SHARED, WRONG_USE, Group, context_of
from generator.project import NoProject
from generator.system.garbage_collection import collect_seldom
from generator.system.regular_files import reason_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SECTIONS = {
    "Start": {
        "init": "start a project, with an example that can be built",
        "new": "write a fact file with comments to fill in",
        "import": "add sources from Zotero, EndNote and other programs",
        "capture": "store the text of a source, to compare quotations with it",
    },
    "Write and check": {
        "check": "report all problems of the briefs",
        "explain": "explain a problem, and say what to do",
        "quote": "find passages to quote, and verify quotations elsewhere",
        "sources": "list the sources with their captures and quotations",
        "coverage": "list which experts have a position on each question",
        "review": "mark positions as reviewed after a fact has changed",
        "watch": "build the briefs again each time they change",
        "serve": "do the same, and show the pages in a browser",
    },
    "Publish": {
        "lock": "verify all quotations, and record the result for others",
        "build": "make the PDFs, the web pages and the site",
        "publish": "record an edition, so that later changes are reported",
        "sign": "add a signature to a PDF",
        "presets": "list the page designs",
    },
    "Examine a PDF": {
        "verify": "check whether it was changed since it was built",
        "extract": "unpack the files that it was made from",
    },
    "Set up editors and shells": {
        "lsp": "report problems and complete words while you write",
        "schema": "print the fields of a kind of file as JSON Schema",
        "completion": "let the Tab key complete commands and names",
    },
}
"""What `brief --help` says of each command. `NAME` is the function of this name in `commands/NAME.py`, imported when it is called."""
COMMANDS = {name: summary for commands in SECTIONS.values() for name, summary in commands.items()}


class _Commands(Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def named(self, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        name = "import_" if name == "import" else name  # a word of Python
        command = getattr(import_module(f"generator.commands.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by what they are for. No command is imported."""
        with formatter.section("Commands"):
            for title, commands in SECTIONS.items():
                with formatter.section(title):
                    formatter.write_dl(list(commands.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        named = [CompletionItem(name, help=text) for name, text in COMMANDS.items() if name.startswith(incomplete)]
        return [*named, *click.Command.shell_complete(self, ctx, incomplete)]

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
    epilog="'brief COMMAND --help' explains a command. BRIEF is a name such as chip-controls, the path of a fact file, or a folder of "
    "briefs. You can write options before or after the command. docs/words.md explains the words of the program.",
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
    collect_seldom()
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
    except Exception as error:  # the boundary: an exception that no user can put right is a bug and is reported as one
        return _ended_by(error, arguments)


def _ended_by(error: Exception, arguments: Sequence[str]) -> int:
    from generator.engine import BuildError  # imported here, because few commands run the engine

    if isinstance(error, BuildError):
        click.ClickException(str(error)).show()
        return WRONG_USE
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
    reason = reason_of(error)
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
