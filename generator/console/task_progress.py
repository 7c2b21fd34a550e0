"""Progress of long tasks: a moving line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

import click

_FIRST = 1.0
"""Seconds of work after which progress is shown."""
_EVERY_ON_TERMINAL, _EVERY_ELSEWHERE = 0.2, 10.0


class Counting:
    """Shows the progress of a task on standard error."""

    def __init__(self, what: str, one: str, many: str) -> None:
        """`what` is the task; `one` and `many` are the noun of the counted things."""
        self._what, self._one, self._many = what, one, many
        self._terminal = sys.stderr.isatty()
        self._due = time.monotonic() + _FIRST
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def clear(self) -> None:
        """Remove the moving line before something else is printed."""
        if self._shown and self._terminal:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._shown = False

    def tell(self, share: float, number: int) -> None:
        """Show the share that is done (0 to 1) and the number so far, if enough time has passed."""
        now = time.monotonic()
        if now < self._due:
            return
        self._due = now + (_EVERY_ON_TERMINAL if self._terminal else _EVERY_ELSEWHERE)
        self._shown = True
        line = f"{self._what}: {share:.0%}, {number:,} {self._one if number == 1 else self._many}"
        click.echo(f"\r\x1b[K{line}" if self._terminal else line, nl=not self._terminal, err=True)
