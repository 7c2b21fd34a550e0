"""`brief explain`: what a code means and what to do about it."""

from __future__ import annotations

import click

from generator.console import shell_completion


@click.command()
@click.argument("code", required=False, shell_complete=shell_completion.codes)
@click.option("--markdown", is_flag=True, help="Print the documentation's page of all problems.")
def explain(code: str | None, markdown: bool) -> None:
    """Tell what the problem CODE means, why it matters and what to do; without CODE, list all."""
    from generator.console import codes
    from generator.nearest import did_you_mean

    if markdown:
        click.echo(codes.markdown(), nl=False)
        return
    known = {one.name: one for one in codes.codes()}
    if code is None:
        width = max(map(len, known))
        for one in known.values():
            click.echo(f"{one.name:<{width}}  {one.severity:<7}  {one.title}")
        return
    if code not in known:
        near = did_you_mean(code, known)
        raise click.UsageError(f"there is no problem '{code}'" + (f": {near}" if near else ""))
    found = known[code]
    click.echo(f"{found.name} ({found.severity}): {found.title}\n")
    click.echo(click.wrap_text(found.explanation, 88, preserve_paragraphs=True))
    for title, fragment in (("Raises it", found.wrong), ("Mended", found.right)):
        if fragment:
            click.echo(f"\n{title}:\n")
            click.echo("\n".join(f"    {line}" for line in fragment.splitlines()))
