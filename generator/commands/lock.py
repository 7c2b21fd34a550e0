"""`brief lock`: records verified quotations for computers without captures."""

from __future__ import annotations

import click

from generator.console.context import FINE, PROBLEMS, Context, show
from generator.problems.message_words import counted


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if the lock is not up to date.")
@click.pass_obj
def lock(context: Context, only_check: bool) -> int:
    """Compare every quotation with its captured source, and record the verified ones in briefs/captures.lock.

    With this file, others can check the briefs without the texts of the sources. Only briefs whose words, sources or captures have
    changed since the last time are verified again. What is recorded for a source whose text is not on this computer stays,
    if nothing has changed.
    """
    from generator.console.task_progress import Counting
    from generator.evidence.capture_lock import open_lock, write_lock
    from generator.pipeline.pin_quotations import pinned

    old, damage = open_lock(context.project.open)
    with Counting("verifying quotations", "brief", "briefs") as counting:
        result = pinned(context.project, lambda done, all_: counting.tell(done / all_, done))
    show([*damage, *result.problems], context, err=True)
    unread = result.briefs < len(context.project.fact_files())
    entries = result.entries | set(
        old.entries if unread else ()
    )  # entries without a claim stay if a brief could not be read
    claims = counted(result.claims, "quotation or passage", "quotations and passages")
    locked = counted(len(entries), "passage or number", "passages and numbers")
    click.echo(f"{locked} locked; {claims} in {counted(result.briefs, 'brief')}")
    if damage and result.needs_old:
        click.echo(
            "the lock was not written: the lock is damaged, and captures needed to rebuild it are missing", err=True
        )
        return PROBLEMS
    written = _write(context, write_lock(entries), only_check=only_check)
    failed = any(problem.is_error for problem in result.problems) or (only_check and written)
    return PROBLEMS if failed else FINE


def _write(context: Context, text: str, *, only_check: bool) -> bool:
    """Write the lock if it has changed; return whether it has."""
    from generator.engine import atomic

    path = context.project.lock
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    if not only_check:
        atomic.write(path, text.encode(), durable=True)
    click.echo(f"{context.shown('briefs/captures.lock')} {'is not up to date' if only_check else 'written'}")
    return True
