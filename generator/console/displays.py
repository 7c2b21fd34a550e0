"""Displays of the events of a build: plain lines, only failures, or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

import click

from generator.console.context import Context
from generator.engine import Begun, Ended, Event, Outcome, Report, Started, TargetStatus, Waiting
from generator.pipeline.brief_steps import LEFT_OUT
from generator.problems import Problem
from generator.project import comes_with_brief

Echo = Callable[[str], object]


class Display(Protocol):
    """Shows events of a build."""

    def tell(self, event: Event) -> None: ...

    def close(self) -> None:
        """End the display; also called when the build was interrupted."""


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
        if outcome.status is TargetStatus.BROKEN and outcome.failure:
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
        if outcome.status is TargetStatus.BUILT and outcome.outputs and is_brief(outcome):
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
        cls._say("finished", **counts_of(report), left_out=drafts_left_out(report), removed=report.removed,
                 left=report.left, interrupted=report.interrupted,
                 seconds=round(report.seconds, 3))  # fmt: skip

    @staticmethod
    def _say(event: str, **values: object) -> None:
        click.echo(json.dumps({"event": event, **values}, ensure_ascii=False))


def is_brief(outcome: Outcome) -> bool:
    """Whether a target is a brief; the others make shared files."""
    return outcome.target.endswith(".yaml")


def own_outputs(outcome: Outcome) -> list[str]:
    """The outputs that people ask for: not what the build keeps for itself, style sheets, and pages for frames."""
    return [path for path in outcome.outputs if not comes_with_brief(path)]


def counts_of(report: Report) -> dict[TargetStatus, int]:
    """Return the number of briefs by result, without the drafts that were left out."""
    counts = Counter([one.status for one in report.outcomes if is_brief(one) and not _is_left_out(one)])
    return {status: counts[status] for status in TargetStatus}


def drafts_left_out(report: Report) -> int:
    """Return the number of drafts that were left out, in this build or an earlier one."""
    return sum(map(_is_left_out, report.outcomes))


def _is_left_out(outcome: Outcome) -> bool:
    return any(isinstance(note, dict) and note["code"] == LEFT_OUT for note in outcome.notes)
