"""`brief publish`: records published editions, so that changes are detected."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from generator.console import shell_completion
from generator.console.context import FINE, PROBLEMS, Context, chosen, show
from generator.problems.message_words import counted
from generator.project import EDITIONS, kept_edition

if TYPE_CHECKING:
    from generator.evidence.edition_lock import Editions, Recorded
    from generator.model import Brief
    from generator.pipeline.check_brief import Examined
    from generator.problems import Problem


@click.command()
@shell_completion.briefs_argument
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; exit 1 if an edition differs from the record."
)
@click.option("--list", "listing", is_flag=True, help="List the recorded editions; change nothing.")
@click.option(
    "--forget",
    metavar="SLUG",
    help="Remove all editions of a brief from the record, if it was published by mistake.",
)
@click.option(
    "--pdf/--no-pdf", "with_pdf", default=True, help="Keep the PDF of each edition in briefs/editions/, for the site."
)
@click.pass_obj
def publish(
    context: Context, slugs: tuple[str, ...], only_check: bool, listing: bool, forget: str | None, with_pdf: bool
) -> int:
    """Record the content of published editions in briefs/editions.lock: of the named briefs, or of all.

    The PDF of each edition is kept in briefs/editions/; the site publishes it at an address that does not change. A recorded
    edition can change only by a correction or a new edition; `brief check` and `brief build` report other changes. Nothing is
    recorded if a brief has errors, a named brief is a draft, or a quotation is not in the lock.
    """
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
    return _record(context, editions, names, named=bool(slugs), only_check=only_check, with_pdf=with_pdf)


def _record(
    context: Context, editions: Editions, names: Sequence[str], *, named: bool, only_check: bool, with_pdf: bool
) -> int:
    """Record the editions of these briefs that are new, unless something is in the way; return the exit code."""
    from generator.engine import atomic
    from generator.evidence.checks.reference_checks import check_numbers
    from generator.evidence.edition_lock import write_editions
    from generator.model import Status
    from generator.pipeline.inspect_project import examined

    checked = list(examined(context.project, names))
    published = [one for one in checked if one.brief is None or one.brief.status is Status.PUBLISHED]
    problems = [problem for one in published for problem in _in_the_way(one)]
    problems += check_numbers(one.brief for one in checked if one.brief)
    if problems:
        return _nothing_recorded(context, problems)
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
    pdfs, faults = _pdfs(context, [one.brief for one in published if one.brief], new) if with_pdf else ({}, ())
    if faults:
        return _nothing_recorded(context, faults)
    for file, pdf in pdfs.items():
        atomic.write(context.folder / file, pdf, durable=True)
    if new:
        gone = {(entry.slug, entry.edition) for entry in new}
        remaining = [entry for entry in editions.entries if (entry.slug, entry.edition) not in gone]
        atomic.write(context.folder / EDITIONS, write_editions([*remaining, *new]).encode(), durable=True)
    _say(context, new, published, pdfs)
    return FINE


def _nothing_recorded(context: Context, problems: Sequence[Problem]) -> int:
    show(problems, context, err=True)
    click.echo("nothing was recorded", err=True)
    return PROBLEMS


def _pdfs(
    context: Context, briefs: Iterable[Brief], new: Iterable[Recorded]
) -> tuple[dict[str, bytes], Sequence[Problem]]:
    """Return the PDFs to keep, by path: of editions that are recorded now, and of those without a kept PDF; and their problems."""
    from generator.engine import BuildError
    from generator.pipeline.edition_pdfs import edition_pdfs

    recorded = {entry.slug for entry in new}
    files = {brief.slug: kept_edition(brief.slug, brief.edition) for brief in briefs}
    wanted = [slug for slug, file in files.items() if slug in recorded or not (context.folder / file).exists()]
    try:
        pdfs, problems = edition_pdfs(context.project, wanted)
    except BuildError as fault:
        raise click.ClickException(f"{fault}; or use --no-pdf") from None
    return {files[slug]: pdf for slug, pdf in pdfs.items()}, problems


def _in_the_way(one: Examined) -> Iterable[Problem]:
    """Return the problems that prevent recording: errors, and quotations that a clone or the present rules may not verify."""
    from generator.evidence.verification.verify_brief import LOCK_BEHIND, LOCK_RULES

    return (
        problem for problem in one.problems if problem.is_error or problem.code in (LOCK_BEHIND.name, LOCK_RULES.name)
    )


def _entry(one: Examined, editions: Editions) -> Recorded | None:
    """Return the record of the edition; None if it is recorded already."""
    from generator.evidence.edition_lock import Recorded
    from generator.evidence.editions import content, is_recorded

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


def _say(context: Context, new: Sequence[Recorded], published: Sequence[Examined], pdfs: Iterable[str]) -> None:
    """Print what was recorded and written."""
    for entry in new:
        corrected = f" with {counted(entry.corrections, 'correction')}" if entry.corrections else ""
        click.echo(f"{entry.slug}: edition {entry.edition} recorded{corrected}")
    written = [*([EDITIONS] if new else ()), *pdfs]
    if written:
        shown = ", ".join(map(context.shown, written))
        click.echo(f"{shown} written; commit {'it' if len(written) == 1 else 'them'}")
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
    """Remove the editions of a brief from the record. Raises click.UsageError if there are none."""
    from generator.engine import atomic
    from generator.evidence.edition_lock import write_editions

    remaining = [entry for entry in editions.entries if entry.slug != slug]
    gone = len(editions.entries) - len(remaining)
    if not gone:
        from generator.problems.message_words import did_you_mean

        hint = did_you_mean(slug, {entry.slug for entry in remaining}, "see 'brief publish --list'")
        raise click.UsageError(f"no edition of '{slug}' is recorded: {hint}")
    atomic.write(context.folder / EDITIONS, write_editions(remaining).encode(), durable=True)
    click.echo(f"{slug}: {counted(gone, 'edition')} removed from the record")
    return FINE
