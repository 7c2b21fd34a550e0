"""When the state is saved. Knows not what is in it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from generator.build import statefile

if TYPE_CHECKING:
    from pathlib import Path

    from generator.build.lock import Lock
    from generator.build.state import State

CHECKPOINT = 20
"""The state is saved during a build whenever this many times the cost of saving it has gone by: at most 5% of the time."""

PAUSE = 1.0
"""Seconds between two such savings at least."""


class Saver:
    """Saves the state: at the end, and now and then on the way, so that a build that is killed keeps most of its work."""

    def __init__(self, path: Path, state: State, holding: Lock) -> None:
        self._path = path
        self._state = state
        self._lock = holding
        self._due = time.perf_counter() + PAUSE

    def save(self) -> None:
        if self._state.changed:
            self._state.settle(self._lock.now())
            statefile.save(self._path, self._state)

    def checkpoint(self) -> None:
        start = time.perf_counter()
        if start > self._due:
            self.save()
            end = time.perf_counter()
            self._due = end + max(PAUSE, CHECKPOINT * (end - start))
