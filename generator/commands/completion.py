"""`brief completion`: the script for shell completion.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, and the names of the project.

    docs/command-line.md says where it belongs.
    """
    from generator.console.shell_completion import script

    group = ctx.find_root().command
    assert isinstance(group, click.Group)
    click.echo(script(group, shell), nl=False)
