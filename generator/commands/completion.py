"""`brief completion`: prints the script for shell completion.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL: it completes commands, options, and names of the project.

    docs/command-line.md says where to put it.
    """
    from generator.console.shell_completion import script

    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    click.echo(script(group, shell), nl=False)
