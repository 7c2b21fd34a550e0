"""Log lines of `brief watch` and `brief serve`: changes, results and times."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import PurePath

import click

from generator.console.context import Context, show
from generator.console.formatters import count, ordered
from generator.engine import Ended, Outcome, Status, Waiting
from generator.pipeline.problem_notes import problems_of
from generator.preview.builder import Done, PageMade, Stuck
from generator.preview.watcher import Changed, Message
from generator.problems import Problem
from generator.problems.counts import counted

SHOWN = 3
"""Most names of changed files in one line; of more files, their number is shown."""


class WatchLog:
    """Prints a line for each event, and problems only if they have changed."""

    def __init__(self, context: Context, clock: Callable[[], float] = time.perf_counter) -> None:
        self._context = context
        self._clock = clock
        self._since = clock()
        self._pages: dict[str, float] = {}
        """Seconds from the change to the page, by fact file."""
        self._shown: tuple[Problem, ...] | None = None

    def tell(self, message: Message) -> None:
        if isinstance(message, Changed):
            self._changed(message.paths)
        elif isinstance(message, PageMade):
            self._pages[message.file] = self._clock() - self._since
        elif isinstance(message, Ended):
            self._ended(message.outcome)
        elif isinstance(message, Done):
            self._done(message)
        elif isinstance(message, Stuck):
            self._say(message.message)
        elif isinstance(message, Waiting):
            self._say("waiting for another build in this folder")

    def _changed(self, paths: frozenset[str]) -> None:
        self._since = self._clock()
        self._pages.clear()
        names = sorted(paths)
        self._say("changed: " + (", ".join(names) if len(names) <= SHOWN else counted(len(names), "file")))

    def _ended(self, outcome: Outcome) -> None:
        took = self._clock() - self._since
        if outcome.status is Status.BROKEN and outcome.failure:
            self._say(f"{outcome.target}: could not be built: {outcome.failure.message}")
        elif outcome.status is Status.REFUSED:
            self._say(f"{outcome.target}: not published because of errors  ({took:.2f} s)")
        elif outcome.status is Status.BUILT and outcome.outputs:
            page = self._pages.pop(outcome.target, took)
            self._say(f"{outcome.target}: page {page:.2f} s, all {took:.2f} s")

    def _done(self, done: Done) -> None:
        if done.report.interrupted:
            return
        notes = [problem for outcome in done.report.outcomes for problem in problems_of(outcome.notes)]
        problems = ordered([*notes, *done.shared])
        if problems and problems != self._shown:
            show(problems, self._context)
        self._shown = problems
        slugs = {PurePath(outcome.target).stem for outcome in done.report.outcomes}
        for path in done.report.removed:
            why = "it is no longer built" if PurePath(path).stem in slugs else "its fact file was removed"
            self._say(f"removed {self._context.shown(f'build/{path}')}: {why}")
        broken = sum(outcome.status is Status.BROKEN for outcome in done.report.outcomes)
        self._say((f"{broken} could not be built, " if broken else "") + f"{count(problems)}; waiting for changes")

    def _say(self, text: str) -> None:
        click.echo(f"{time.strftime('%H:%M:%S')}  {text}")
