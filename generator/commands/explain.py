"""`brief explain`: explains the code of a problem, and what to do.

Short, because each subcommand has a file of its own. Why a brief was built is printed by `brief build --explain` (`engine/report.py`).
"""

from __future__ import annotations

import click

from generator.console import shell_completion


@click.command()
@click.argument("code", required=False, shell_complete=shell_completion.codes)
@click.option("--markdown", is_flag=True, help="Print the documentation page of all problems.")
def explain(code: str | None, markdown: bool) -> None:
    """Explain the problem CODE: what it means, why it matters and what to do. Without CODE, list all."""
    from generator.console import codes
    from generator.problems.message_words import did_you_mean
    from generator.problems.texts import labelled, text_of

    if markdown:
        click.echo(codes.markdown(), nl=False)
        return
    by_name = {one.name: one for one in codes.codes()}
    if code is None:
        width = max(map(len, by_name))
        for one in by_name.values():
            click.echo(f"{one.name:<{width}}  {one.severity:<7}  {text_of(one.name).title}")
        return
    if code not in by_name:
        near = did_you_mean(code, by_name)
        raise click.UsageError(f"there is no code '{code}'" + (f": {near}" if near else ""))
    text = text_of(code)
    click.echo(f"{code} ({by_name[code].severity}): {text.title}\n")
    click.echo(click.wrap_text(text.explanation, 88, preserve_paragraphs=True))
    for heading, steps in (("Wrong", text.wrong), ("Right", text.right)):
        click.echo(f"\n{heading}:")
        for label, step in labelled(steps):
            click.echo(f"\n  {label}\n" if label else "")
            click.echo("\n".join(f"    {line}" for line in step.text.splitlines()))
