"""What a build says while it runs and when it is done: a line for each brief, and a summary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import click

from generator.build import Begun, Ended, Event, Outcome, Report, Status, Waiting
from generator.commands.context import Context

if TYPE_CHECKING:
    from types import TracebackType


class Progress:
    """Plain lines, one for each brief that was built or could not be."""

    def __init__(self, context: Context, *, quiet: bool = False) -> None:
        self._context = context
        self._quiet = quiet

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def tell(self, event: Event) -> None:
        if isinstance(event, Waiting):
            click.echo("waiting for another build in this folder", err=True)
        elif isinstance(event, Ended):
            self._ended(event.outcome)
        elif isinstance(event, Begun):
            pass

    def _ended(self, outcome: Outcome) -> None:
        if outcome.status is Status.BUILT and not self._quiet and outcome.outputs and outcome.target != "assets":
            made = ", ".join(self._context.shown(f"build/{path}") for path in outcome.outputs)
            click.echo(f"{outcome.target}: {made}  ({outcome.seconds:.1f} s)")
        elif outcome.status is Status.BROKEN and outcome.failure:
            click.echo(f"{outcome.target}: could not be built: {outcome.failure.message}", err=True)

    def summarise(self, report: Report) -> None:
        """Say how many briefs were built, were up to date, or have errors."""
        counts = dict.fromkeys(Status, 0)
        for outcome in report.outcomes:
            if outcome.target != "assets":
                counts[outcome.status] += 1
        for path in report.removed:
            click.echo(f"removed {self._context.shown(f'build/{path}')}: its fact file is gone")
        for path in report.left:
            click.echo(
                f"left {self._context.shown(f'build/{path}')}: its fact file is gone, but it was changed by somebody else",
                err=True,
            )
        if self._quiet and report.ok:
            return
        total = sum(counts.values())
        if counts[Status.SKIPPED] == total:
            click.echo(
                f"nothing to do: {_briefs(total)} up to date"
                if total
                else "nothing to do: there are no fact files in briefs/"
            )
            return
        words = {
            Status.BUILT: "built",
            Status.SKIPPED: "up to date",
            Status.REFUSED: "not published because of errors",
            Status.BROKEN: "could not be built",
        }
        said = [f"{number} {words[status]}" for status, number in counts.items() if number]
        click.echo(f"{_briefs(total)}: {', '.join(said)}" + (" (interrupted)" if report.interrupted else ""))


def _briefs(number: int) -> str:
    return f"{number} brief{'s' if number != 1 else ''}"
