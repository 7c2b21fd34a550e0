"""Progress of a build, in the display that suits the output, and its summary."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from types import TracebackType
from typing import Self

import click

from generator.console.context import Context
from generator.console.displays import Display, Events, Lines, Quiet, counts_of, drafts_left_out, is_brief
from generator.engine import Begun, Event, Outcome, Report, TargetStatus
from generator.problems import Problem
from generator.problems.message_words import counted

MANY = 10
"""Number of built briefs from which a terminal shows only the slowest."""
NAMED = 5
"""Number of slowest briefs that are shown."""
WORDS = {
    TargetStatus.BUILT: "built",
    TargetStatus.SKIPPED: "up to date",
    TargetStatus.REJECTED: "not published because of errors",
    TargetStatus.BROKEN: "could not be built",
}


class Progress:
    """Passes a build's events to a suitable display, and prints the summary."""

    def __init__(self, context: Context, *, quiet: bool = False, as_json: bool = False) -> None:
        self._context = context
        self._quiet = quiet
        self._json = as_json
        self._display: Display = Events() if as_json else Quiet() if quiet else Lines(context)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._display.close()

    def tell(self, event: Event) -> None:
        if isinstance(event, Begun) and event.total > event.unchanged and self._moves():
            from generator.console.progress_bar import Bar

            self._display = Bar(self._context, few=event.total - event.unchanged <= MANY)
        self._display.tell(event)

    def summarise(self, report: Report) -> None:
        """Say how many briefs were built, were up to date, or have errors, and which took long."""
        if self._json:
            Events.finished(report)
            return
        self._tidied(report)
        if not self._quiet or not report.ok:
            click.echo(_sum(report))
        slow = _slowest(report)
        if slow and not self._quiet:
            named = ", ".join(f"{outcome.target} {outcome.seconds:.1f} s" for outcome in slow)
            click.echo(f"slowest: {named}")

    def problems(self, problems: Iterable[Problem]) -> bool:
        """Show problems as events, if this display does that; return whether it did."""
        if self._json:
            Events.problems(problems, self._context)
        return self._json

    def _moves(self) -> bool:
        """Whether the output is a terminal on which lines can be redrawn."""
        terminal = sys.stdout.isatty() and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        return terminal and not (self._json or self._quiet)

    def _tidied(self, report: Report) -> None:
        for line in removals(report, self._context):
            click.echo(line)
        for path in report.left:
            shown = self._context.shown(f"build/{path}")
            click.echo(f"kept {shown}: it is no longer built, but it was changed after the build", err=True)


def removals(report: Report, context: Context) -> Iterator[str]:
    """Yield a line for each output that was removed, with the reason."""
    slugs = (
        {PurePath(outcome.target).stem for outcome in report.outcomes if is_brief(outcome)} if report.removed else set()
    )
    for path in report.removed:
        why = "it is no longer built" if PurePath(path).stem in slugs else "its fact file was removed"
        yield f"removed {context.shown(f'build/{path}')}: {why}"


def _sum(report: Report) -> str:
    counts, drafts = counts_of(report), drafts_left_out(report)
    total = sum(counts.values()) + drafts
    left_out = [f"{counted(drafts, 'draft')} left out"] if drafts else []
    parts = ", ".join([*(f"{number} {WORDS[status]}" for status, number in counts.items() if number), *left_out])
    if report.interrupted:
        return f"interrupted: {parts or 'nothing finished yet'}; finished outputs are kept"
    if any(is_brief(outcome) and outcome.status is not TargetStatus.SKIPPED for outcome in report.outcomes):
        return f"{_briefs(total)}: {parts}"
    up_to_date = counts[TargetStatus.SKIPPED]
    parts = ", ".join([*([f"{_briefs(up_to_date)} up to date"] if up_to_date else []), *left_out])
    return f"nothing to do: {parts or 'there are no fact files in briefs/'}"


def _slowest(report: Report) -> list[Outcome]:
    """Return the slowest briefs of a large build."""
    built = [outcome for outcome in report.outcomes if outcome.status is TargetStatus.BUILT and is_brief(outcome)]
    if len(built) < MANY:
        return []
    return sorted(built, key=lambda outcome: -outcome.seconds)[:NAMED]


def _briefs(number: int) -> str:
    return counted(number, "brief")
