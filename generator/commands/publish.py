"""`brief publish`: records published editions, so that changes are detected."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from generator.console import shell_completion
from generator.console.context import FINE, PROBLEMS, Context
from generator.problems.message_words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.evidence.edition_lock import Editions, Recorded
    from generator.pipeline.check_brief import Examined
    from generator.problems import Problem


@click.command()
@click.argument("slugs", nargs=-1, shell_complete=shell_completion.slugs)
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit 1 if an edition differs from the record."
)
@click.option("--list", "listing", is_flag=True, help="List the recorded editions; change nothing.")
@click.option(
    "--forget",
    metavar="SLUG",
    help="Remove all editions of a brief from the record, if it was published by mistake.",
)
@click.pass_obj
def publish(context: Context, slugs: tuple[str, ...], only_check: bool, listing: bool, forget: str | None) -> int:
    """Record the content of published editions in briefs/editions.lock: of the briefs named by SLUGS, or of all.

    A recorded edition can change only by a correction or a new edition; `brief check` and `brief build` report other changes.
    Nothing is recorded if a brief has errors, a named brief is a draft, or a quotation is not in the lock.
    """
    from generator.console.context import chosen, show
    from generator.pipeline.check_brief import editions_of

    if (forget is not None) + listing + only_check > 1 or (forget is not None and slugs):
        raise click.UsageError("use only one of --check, --list and --forget SLUG")
    editions, damage = editions_of(context.project)
    if damage:
        return show(damage, context, err=True)
    if forget is not None:
        return _forget(context, editions, forget)
    names = chosen(context.project, slugs)
    if listing:
        return _list(editions, names if slugs else ())
    return _record(context, editions, names, named=bool(slugs), only_check=only_check)


def _record(context: Context, editions: Editions, names: Sequence[str], *, named: bool, only_check: bool) -> int:
    from generator.console.context import show
    from generator.evidence.checks.references import check_numbers
    from generator.evidence.edition_lock import write_editions
    from generator.model import Status
    from generator.pipeline.inspect_project import examined

    checked = list(examined(context.project, names))
    published = [one for one in checked if one.brief is None or one.brief.status is Status.PUBLISHED]
    problems = [problem for one in published for problem in _in_the_way(one)]
    problems += check_numbers(one.brief for one in checked if one.brief)
    if problems:
        show(problems, context, err=True)
        click.echo("nothing was recorded", err=True)
        return PROBLEMS
    left = [one.brief for one in checked if one.brief and one.brief.status is not Status.PUBLISHED]
    if named and left:
        states = ", ".join(
            f"'{brief.slug}' is {'a draft' if brief.status is Status.DRAFT else 'withdrawn'}" for brief in left
        )
        click.echo(f"nothing was recorded: {states}; only briefs with `status: published` are recorded", err=True)
        return PROBLEMS
    new = [entry for one in published if (entry := _entry(one, editions)) is not None]
    if only_check:
        return _say_missing(new)
    if new:
        gone = {(entry.slug, entry.edition) for entry in new}
        remaining = [entry for entry in editions.entries if (entry.slug, entry.edition) not in gone]
        _write(context, write_editions([*remaining, *new]))
    _say(context, new, published)
    return FINE


def _in_the_way(one: Examined) -> Iterable[Problem]:
    """Return the problems that prevent recording: errors, and quotations that a clone could not verify."""
    from generator.evidence.verification.verify_brief import LOCK_BEHIND

    return (problem for problem in one.problems if problem.is_error or problem.code == LOCK_BEHIND.name)


def _entry(one: Examined, editions: Editions) -> Recorded | None:
    """Return the record of the edition; None if it is recorded already."""
    from generator.evidence.edition_changes import is_recorded
    from generator.evidence.edition_content import content
    from generator.evidence.edition_lock import Recorded

    brief = one.brief
    if brief is None or is_recorded(brief, editions.latest(brief.slug)):
        return None
    fields = {field.path: field.digest for field in content(brief, one.library)}
    return Recorded(brief.slug, brief.edition, datetime.date.today().isoformat(), len(brief.corrections), fields)


def _say_missing(new: Sequence[Recorded]) -> int:
    for entry in new:
        click.echo(
            f"{entry.slug}: edition {entry.edition} is not in the record, or differs from it; run 'brief publish {entry.slug}'"
        )
    if not new:
        click.echo("every published edition is in the record")
    return PROBLEMS if new else FINE


def _say(context: Context, new: Sequence[Recorded], published: Sequence[Examined]) -> None:
    for entry in new:
        corrected = f" with {counted(entry.corrections, 'correction')}" if entry.corrections else ""
        click.echo(f"{entry.slug}: edition {entry.edition} recorded{corrected}")
    if new:
        from generator.project import EDITIONS

        click.echo(f"{context.shown(EDITIONS)} written; commit it")
    else:
        click.echo(
            "nothing to record: no brief is published"
            if not published
            else "nothing to record: everything is recorded already"
        )


def _list(editions: Editions, names: Sequence[str]) -> int:
    shown = [entry for entry in editions.entries if not names or entry.slug in names]
    for entry in sorted(shown, key=lambda one: (one.slug, one.edition)):
        corrections = f", {counted(entry.corrections, 'correction')}" if entry.corrections else ""
        click.echo(
            f"{entry.slug}: edition {entry.edition}, recorded {entry.day}, {counted(len(entry.fields), 'field')}{corrections}"
        )
    if not shown:
        click.echo("no edition is recorded")
    return FINE


def _forget(context: Context, editions: Editions, slug: str) -> int:
    from generator.evidence.edition_lock import write_editions

    remaining = [entry for entry in editions.entries if entry.slug != slug]
    gone = len(editions.entries) - len(remaining)
    if not gone:
        from generator.problems.message_words import did_you_mean

        hint = did_you_mean(slug, {entry.slug for entry in remaining}, "see 'brief publish --list'")
        raise click.UsageError(f"no edition of '{slug}' is recorded: {hint}")
    _write(context, write_editions(remaining))
    click.echo(f"{slug}: {counted(gone, 'edition')} removed from the record")
    return FINE


def _write(context: Context, text: str) -> None:
    from generator.engine import atomic
    from generator.engine.errors import CannotWrite
    from generator.project import EDITIONS

    try:
        atomic.write(context.folder / EDITIONS, text.encode(), durable=True)
    except CannotWrite as fault:
        raise click.ClickException(str(fault)) from None
