"""Protocol of executors, which run tasks, and two simple executors."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol, Self

from generator.engine.step import Task, TaskAnswer, run


class Executor(Protocol):
    """Runs tasks in any order. A task that cannot be finished is answered with a `Failure`, never dropped."""

    @property
    def room(self) -> int:
        """How many more tasks are useful now. The build submits no more, so memory stays flat."""

    def submit(self, task: Task) -> None: ...

    def wait(self) -> Sequence[TaskAnswer]:
        """Block until at least one submitted task has an answer, or there is more room than before."""

    def drop(self) -> None:
        """Abandon submitted tasks without an answer, because the build was interrupted."""

    def close(self) -> None:
        """Release processes. The executor is not used afterwards."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Serial(Executor):
    """Runs each task in this process when its answer is requested, without limits. For tests and debuggers."""

    def __init__(self) -> None:
        self._waiting: deque[Task] = deque()
        self._warmed: list[Callable[[], object]] = []

    @property
    def room(self) -> int:
        return 1 - len(self._waiting)

    def submit(self, task: Task) -> None:
        self._waiting.append(task)

    def wait(self) -> Sequence[TaskAnswer]:
        return [run(self._waiting.popleft(), self._warmed)]

    def drop(self) -> None:
        self._waiting.clear()

    def close(self) -> None:
        self.drop()


class LazyExecutor(Executor):
    """Creates the executor with `make` when it is first needed. An exception of `make` ends the build."""

    def __init__(self, make: Callable[[], Executor]) -> None:
        self._make = make
        self._made: Executor | None = None

    @property
    def room(self) -> int:
        return self._executor().room

    def submit(self, task: Task) -> None:
        self._executor().submit(task)

    def wait(self) -> Sequence[TaskAnswer]:
        return self._executor().wait()

    def drop(self) -> None:
        if self._made is not None:
            self._made.drop()

    def close(self) -> None:
        if self._made is not None:
            self._made.close()

    def _executor(self) -> Executor:
        if self._made is None:
            self._made = self._make()
        return self._made
