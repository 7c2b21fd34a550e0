"""`brief lsp`: runs the language server for editors.

Short, because each subcommand has a file of its own.
"""

from __future__ import annotations

from importlib.util import find_spec

import click

from generator.console.context import FINE

MISSING = (
    "the language server needs packages that are not installed; install them with: "
    "python -m pip install 'policy-brief-generator[lsp]'"
)


@click.command()
@click.option("--stdio", is_flag=True, help="Accepted because some editors pass it; this is always so.")
def lsp(stdio: bool) -> int:
    """Run the language server: problems, completion, hover, definitions and fixes, over standard input and output.

    Editors start it; see docs/editors.md. It needs an extra: pip install 'policy-brief-generator[lsp]'.
    """
    if any(find_spec(name) is None for name in ("pygls", "lsprotocol")):
        raise click.ClickException(MISSING)
    from generator.editor.language_server import serve

    serve()
    return FINE
