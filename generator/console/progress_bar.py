"""Progress bar of a build on a terminal. The only importer of rich."""

from __future__ import annotations

from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from generator.console.context import Context
from generator.console.displays import Lines
from generator.engine import Begun, Ended, Event, Started, TargetStatus

PAUSE = 0.05
"""Least time between two drawings, in seconds."""


class Rate(ProgressColumn):
    """Column with briefs per second, or seconds per brief, whichever is more than one."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f}/s" if speed >= 1 else f"{1 / speed:.1f} s each", style="progress.data.speed")


class Bar:
    """Bar at the bottom of the terminal, with lines of finished briefs above it.

    It is drawn only on events, without rich's thread.
    """

    def __init__(self, context: Context, *, few: bool) -> None:
        """If `few`, print a line for each target; otherwise only for failures."""
        self._few = few
        self._running: dict[str, str] = {}
        """Steps by target."""
        self._drawn = 0.0
        self._progress = Progress(
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            Rate(),
            TimeRemainingColumn(compact=True),
            TextColumn("{task.fields[running]}", markup=False),
            console=Console(stderr=True),
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
            transient=True,
        )
        self._task = self._progress.add_task("", running="")
        self._lines = Lines(context, self._print, self._print)

    def tell(self, event: Event) -> None:
        if isinstance(event, Begun):
            self._progress.update(self._task, total=event.total - event.unchanged)
            self._progress.start()
        elif isinstance(event, Started):
            self._running[event.target] = event.step
        elif isinstance(event, Ended):
            self._running.pop(event.outcome.target, None)
            self._progress.advance(self._task)
        if self._few or not isinstance(event, Ended) or event.outcome.status is TargetStatus.BROKEN:
            self._lines.tell(event)
        self._show()

    def close(self) -> None:
        self._progress.stop()

    def _show(self) -> None:
        if monotonic() - self._drawn < PAUSE:
            return
        running = ", ".join(f"{_short(target)} ({step})" for target, step in self._running.items())
        self._progress.update(self._task, running=running)
        self._progress.refresh()
        self._drawn = monotonic()

    def _print(self, text: str) -> None:
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)


def _short(target: str) -> str:
    """`briefs/chip-controls.yaml` as `chip-controls`."""
    return target.removeprefix("briefs/").removesuffix(".yaml")
