"""`brief lock`: pin what the captures verify, so that a clone without them can still tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from generator.commands.context import FINE, PROBLEMS, Context
from generator.counts import counted

if TYPE_CHECKING:
    from generator.evidence.examine import Examination
    from generator.evidence.lock import Lock
    from generator.loading import Loaded
    from generator.problems import Problem


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 if the lock is not up to date.")
@click.pass_obj
def lock(context: Context, only_check: bool) -> int:
    """Verify every quotation against the captures and write briefs/captures.lock.

    What stands in the lock stays there while its capture is not here and nothing has changed.
    """
    from generator.commands.report import show
    from generator.evidence.examine import LOCK_BEHIND, relocked
    from generator.evidence.lock import write_lock

    loaded, old, damage, examinations = examined(context)
    unread = len(loaded.briefs) < len(context.project.fact_files())
    found = [problem for one in examinations for problem in one.problems if problem.code != LOCK_BEHIND.name]
    show([*loaded.problems, *damage, *found], context, err=True)
    entries = relocked(examinations, old, keep=unread)
    claims = sum(len(one.findings) for one in examinations)
    click.echo(
        f"{counted(len(entries), 'passage')} pinned; {counted(claims, 'quotation or passage', 'quotations and passages')} "
        f"in {counted(len(loaded.briefs), 'brief')}"
    )
    if damage and _needs_old(examinations):
        click.echo(
            "the lock was not written: it is not believed, and some captures are not here to make it anew", err=True
        )
        return PROBLEMS
    written = _write(context, write_lock(entries), only_check=only_check)
    failed = any(problem.is_error for problem in (*loaded.problems, *found)) or (only_check and written)
    return PROBLEMS if failed else FINE


def examined(context: Context) -> tuple[Loaded, Lock, tuple[Problem, ...], list[Examination]]:
    """Every brief of the project held against captures and lock, with what is wrong with the lock itself."""
    from generator.evidence.captures import Captures
    from generator.evidence.examine import examination
    from generator.evidence.lock import open_lock
    from generator.evidence.originals import Audited
    from generator.loading import load

    loaded = load(context.folder)
    old, damage = open_lock(context.project.open)
    captures = Audited(Captures(context.project.open), old, originals=True)
    return loaded, old, damage, [examination(brief, loaded.library, captures, old) for brief in loaded.briefs]


def _needs_old(examinations: list[Examination]) -> bool:
    """Whether something can only be known from the old lock, its capture not being here."""
    from generator.model import Verdict

    return any(finding.verdict is Verdict.UNCHECKED and finding.claim.citations and finding.found is None
               for one in examinations for finding in one.findings)  # fmt: skip


def _write(context: Context, text: str, *, only_check: bool) -> bool:
    """Write the lock if it would change; whether it would."""
    from generator.engine import atomic
    from generator.engine.errors import CannotWrite

    path = context.project.lock
    try:
        if path.is_file() and path.read_bytes() == text.encode():
            return False
        if not only_check:
            atomic.write(path, text.encode(), durable=True)
    except (CannotWrite, OSError) as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"{context.shown('briefs/captures.lock')} {'is not up to date' if only_check else 'written'}")
    return True
