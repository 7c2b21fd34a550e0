"""`brief review`: records that positions were reviewed after facts changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from generator.console import shell_completion
from generator.console.context import FINE, PROBLEMS, Context, chosen, show
from generator.project import REVIEWS

if TYPE_CHECKING:
    from generator.evidence.review_record import FactLink, Review, Reviews
    from generator.model import Brief
    from generator.problems import Problem


@click.command()
@shell_completion.briefs_argument
@click.option(
    "--only",
    multiple=True,
    metavar="RECORD",
    shell_complete=shell_completion.records,
    help="Only this record, as shown by --list; can be repeated.",
)
@click.option("--list", "listing", is_flag=True, help="List what is due for review; change nothing.")
@click.pass_obj
def review(context: Context, slugs: tuple[str, ...], only: tuple[str, ...], listing: bool) -> int:
    """Mark positions and options that are based on facts (`rests_on`) as reviewed, in the named briefs or in all.

    First run --list, and compare the positions and options with the facts that they are based on. What has not changed since its
    last review keeps the date of that review.
    """
    from generator.evidence.review_record import reviewed, suspects
    from generator.pipeline.inputs.load_project import load

    loaded = load(context.folder, chosen(context.project, slugs))
    reviews, damage = read_reviews(context)
    if any(problem.is_error for problem in (*damage, *_of(loaded.briefs, loaded.problems))):
        return show((*damage, *loaded.problems), context, err=True)
    due = [
        (link, last)
        for brief in loaded.briefs
        for link, _, last in suspects(brief, reviews)
        if not only or link.record in only
    ]
    for link, last in due:
        click.echo(line(link, last))
    if listing:
        return PROBLEMS if due else FINE
    slugs_here = frozenset(slug for slug, _ in context.project.fact_files())
    write_reviews(context, reviewed(reviews, loaded.briefs, datetime.date.today(), frozenset(only)).among(slugs_here))
    click.echo(f"{len(due)} marked as reviewed" if due else "nothing is due for review")
    return FINE


def line(link: FactLink, last: Review | None) -> str:
    """`chips: position/works/ding rests on cost, which has changed since 2025-02-14`."""
    since = f"which has changed since {last.date}" if last else "not reviewed before"
    return f"{link.brief}: {link.record} rests on {link.fact}, {since}"


def read_reviews(context: Context) -> tuple[Reviews, tuple[Problem, ...]]:
    """Return the reviews; empty if there is no file yet."""
    from generator.evidence.review_record import parse

    try:
        data = context.project.open(REVIEWS)
    except FileNotFoundError:
        data = b""
    except OSError as error:
        raise click.ClickException(f"{REVIEWS} cannot be read: {error.strerror}") from None
    return parse(data.decode("utf-8", "replace"))


def write_reviews(context: Context, reviews: Reviews) -> None:
    """Write the file atomically. In a project without links to facts, no file is made."""
    from generator.engine import atomic
    from generator.evidence.review_record import write

    path = context.folder / REVIEWS
    if not reviews.entries and not path.exists():
        return
    atomic.write(path, write(reviews).encode(), durable=True)


def _of(briefs: Iterable[Brief], problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in the fact files of `briefs`, because unreadable records cannot be marked as reviewed."""
    files = {brief.file for brief in briefs}
    return [problem for problem in problems if problem.place.file in files]
