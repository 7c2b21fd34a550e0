"""Progress of a build: a moving line on a terminal, plain lines, or JSON.

`problem_report.py` shows problems at the end of the build.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath
from types import TracebackType
from typing import Protocol, Self

import click

from generator.console.context import Context
from generator.engine import Begun, Ended, Event, Outcome, Report, Started, Status, Waiting
from generator.problems import Problem
from generator.problems.message_words import counted

Echo = Callable[[str], object]

MANY = 10
"""Number of built briefs from which a terminal shows only the slowest."""
NAMED = 5
"""Number of slowest briefs that are shown."""
WORDS = {
    Status.BUILT: "built",
    Status.SKIPPED: "up to date",
    Status.REJECTED: "not published because of errors",
    Status.BROKEN: "could not be built",
}


class Display(Protocol):
    """Shows events of a build."""

    def tell(self, event: Event) -> None: ...

    def close(self) -> None:
        """End the display; also called when the build was interrupted."""


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


# ---------------------------------------------------------------- displays


def _complain(text: str) -> None:
    click.echo(text, err=True)


class Quiet:
    """Prints only failures, and why a build waits."""

    def __init__(self, complain: Echo = _complain) -> None:
        self._complain = complain

    def tell(self, event: Event) -> None:
        if isinstance(event, Waiting):
            self._complain("waiting for another build in this folder")
        elif isinstance(event, Ended):
            self.ended(event.outcome)

    def ended(self, outcome: Outcome) -> None:
        if outcome.status is Status.BROKEN and outcome.failure:
            self._complain(f"{outcome.target}: could not be built: {outcome.failure.message}")

    def close(self) -> None:
        """Nothing is open."""


class Lines(Quiet):
    """Prints a line for each brief, for logs, pipes and CI."""

    def __init__(self, context: Context, say: Echo = click.echo, complain: Echo = _complain) -> None:
        super().__init__(complain)
        self._context = context
        self._say = say

    def ended(self, outcome: Outcome) -> None:
        super().ended(outcome)
        if outcome.status is Status.BUILT and outcome.outputs and is_brief(outcome):
            made = ", ".join(self._context.shown(f"build/{path}") for path in own_outputs(outcome))
            if made:
                self._say(f"{outcome.target}: {made}  ({outcome.seconds:.1f} s)")


class Events:
    """Prints one JSON object per line, for programs. `docs/command-line.md` documents the events."""

    def tell(self, event: Event) -> None:
        if isinstance(event, Waiting):
            self._say("waiting")
        elif isinstance(event, Begun):
            self._say("begun", total=event.total, unchanged=event.unchanged)
        elif isinstance(event, Started):
            self._say("started", target=event.target, step=event.step)
        elif isinstance(event, Ended):
            self._ended(event.outcome)

    def close(self) -> None:
        """Nothing is open."""

    def _ended(self, outcome: Outcome) -> None:
        outputs = own_outputs(outcome)
        failure = {"kind": outcome.failure.kind, "message": outcome.failure.message} if outcome.failure else None
        self._say("ended", target=outcome.target, status=outcome.status, steps=outcome.ran, outputs=outputs,
                  seconds=round(outcome.seconds, 3), failure=failure)  # fmt: skip

    @classmethod
    def problems(cls, problems: Iterable[Problem], context: Context) -> None:
        from generator.console import formatters  # imported here, because a build without problems does not need it

        for problem in json.loads(formatters.draw_json(formatters.ordered(problems), context.shown)):
            cls._say("problem", **problem)

    @classmethod
    def finished(cls, report: Report) -> None:
        counts = _counts(report)
        cls._say("finished", **counts, removed=report.removed, left=report.left, interrupted=report.interrupted,
                 seconds=round(report.seconds, 3))  # fmt: skip

    @staticmethod
    def _say(event: str, **values: object) -> None:
        click.echo(json.dumps({"event": event, **values}, ensure_ascii=False))


# ---------------------------------------------------------------- words


def is_brief(outcome: Outcome) -> bool:
    """Whether a target is a brief; the others make shared files."""
    return outcome.target.endswith(".yaml")


def own_outputs(outcome: Outcome) -> list[str]:
    """The outputs that people ask for: not what the build keeps for itself, style sheets, and pages for frames."""
    return [path for path in outcome.outputs if not path.startswith((".", "assets/", "embed/"))]


def removals(report: Report, context: Context) -> Iterator[str]:
    """Yield a line for each output that was removed, with the reason."""
    slugs = {PurePath(outcome.target).stem for outcome in report.outcomes if is_brief(outcome)}
    for path in report.removed:
        why = "it is no longer built" if PurePath(path).stem in slugs else "its fact file was removed"
        yield f"removed {context.shown(f'build/{path}')}: {why}"


def _counts(report: Report) -> dict[Status, int]:
    """Return the number of briefs by result."""
    counts = Counter([outcome.status for outcome in report.outcomes if is_brief(outcome)])
    return {status: counts[status] for status in Status}


def _sum(report: Report) -> str:
    counts = _counts(report)
    total = sum(counts.values())
    parts = ", ".join(f"{number} {WORDS[status]}" for status, number in counts.items() if number)
    if report.interrupted:
        return f"interrupted: {parts or 'nothing finished yet'}; finished outputs are kept"
    if counts[Status.SKIPPED] < total:
        return f"{_briefs(total)}: {parts}"
    return (
        f"nothing to do: {_briefs(total)} up to date" if total else "nothing to do: there are no fact files in briefs/"
    )


def _slowest(report: Report) -> list[Outcome]:
    """Return the slowest briefs of a large build."""
    built = [outcome for outcome in report.outcomes if outcome.status is Status.BUILT and is_brief(outcome)]
    if len(built) < MANY:
        return []
    return sorted(built, key=lambda outcome: -outcome.seconds)[:NAMED]


def _briefs(number: int) -> str:
    return counted(number, "brief")
