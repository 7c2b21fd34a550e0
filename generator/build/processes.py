"""Tasks in processes of this machine: forked from this one, warm, or spawned where forking is not to be had.

A worker takes one task after another over a pipe (`worker.py` is its side). Whatever ends a worker ends the task that it was at,
as a failure with the reason, and nothing else. Knows tasks; knows neither targets nor traces.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator.build.task import Answer, Failure, FailureKind, Task
from generator.build.worker import Limits, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection
    from types import TracebackType
    from typing import Self

TASKS_A_WORKER = 200
"""After so many a worker is replaced, to give back what libraries leak."""

GRACE = 2.0
"""Seconds between the limit that the kernel keeps and the parent's own, for a worker that the first one did not end."""


@dataclass(slots=True)
class Worker:
    process: Any
    """A `multiprocessing` process; its class differs with the way of starting."""
    pipe: Connection
    warmth: int
    """How many warm-ups its parent had done when it was started."""
    task: Task | None = None
    done: int = 0
    deadline: float = float("inf")
    """Of its task, on the monotonic clock."""


class Processes:
    """An executor of worker processes, which are started when first needed and kept until `close`."""

    method = "spawn"
    """How `multiprocessing` starts a process."""

    def __init__(self, workers: int = 0, limits: Limits | None = None) -> None:
        """As many workers as this process may use processors, unless told."""
        self._size = workers or len(os.sched_getaffinity(0))
        self._limits = limits or Limits()
        self._workers: list[Worker] = []
        self._waiting: deque[Task] = deque()
        self._warmed: list[Callable[[], object]] = []
        self._answers: list[Answer] = []

    @property
    def room(self) -> int:
        """One more than there are workers, so that none waits while the build takes in what it has made."""
        return 1 + self._size - len(self._waiting) - sum(worker.task is not None for worker in self._workers)

    def submit(self, task: Task) -> None:
        self._waiting.append(task)
        self._dispatch()

    def wait(self) -> Sequence[Answer]:
        while not self._answers:
            self._dispatch()
            self._listen()
        answers, self._answers = self._answers, []
        return answers

    def drop(self) -> None:
        self._waiting.clear()
        self._answers.clear()
        for worker in [worker for worker in self._workers if worker.task is not None]:
            self._end(worker)

    def close(self) -> None:
        self._waiting.clear()
        for worker in list(self._workers):
            self._end(worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _dispatch(self) -> None:
        while self._waiting and (worker := self._free(self._waiting[0])) is not None:
            self._hand(self._waiting.popleft(), worker)

    def _hand(self, task: Task, worker: Worker) -> None:
        worker.task = task
        worker.deadline = time.monotonic() + (self._limits.wall_seconds or float("inf")) + GRACE
        try:
            worker.pipe.send(task)
        except OSError:
            self._bury(worker)
        except Exception as fault:
            worker.task = None
            self._answer(task, FailureKind.CRASHED, f"it cannot be sent to a worker: {fault}")

    def _free(self, task: Task) -> Worker | None:
        """A worker that is free and warm enough for a task; one is started if there may be more."""
        warmth = self._warm(task)
        for worker in [worker for worker in self._workers if worker.task is None]:
            if worker.warmth >= warmth and worker.process.is_alive():
                return worker
            self._end(worker)
        return self._start() if len(self._workers) < self._size else None

    def _warm(self, task: Task) -> int:
        """How warm a worker has to be for a task; a spawned one warms itself."""
        return 0

    def _start(self) -> Worker:
        from multiprocessing import get_context  # here, because a run with nothing to do needs none of it

        context: Any = get_context(self.method)
        ours, theirs = context.Pipe()
        arguments = (theirs, [worker.pipe for worker in self._workers], os.getpid(), self._limits, list(self._warmed))
        process = context.Process(target=serve, args=self._portable(arguments), daemon=True)
        process.start()
        theirs.close()
        worker = Worker(process, ours, len(self._warmed))
        self._workers.append(worker)
        return worker

    def _portable(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        """Without the pipes of other workers, which only a forked one inherits."""
        theirs, _, *rest = arguments
        return (theirs, [], *rest)

    def _listen(self) -> None:
        """Wait until a busy worker says something, dies, or has had its time."""
        from multiprocessing.connection import wait

        busy = {worker.pipe: worker for worker in self._workers if worker.task is not None}
        now = time.monotonic()
        patience = min((worker.deadline for worker in busy.values()), default=now) - now
        for pipe in wait(list(busy), None if patience == float("inf") else max(0.0, patience)):
            self._hear(busy[pipe])  # type: ignore[index]
        self._dispatch()
        for worker in [worker for worker in self._workers if worker.deadline <= time.monotonic()]:
            self._bury(worker, FailureKind.WALL)

    def _hear(self, worker: Worker) -> None:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        self._answers.append(answer)
        worker.task, worker.deadline = None, float("inf")
        worker.done += 1
        if worker.done >= TASKS_A_WORKER or isinstance(answer.result, Failure):
            self._end(worker)

    def _bury(self, worker: Worker, kind: FailureKind | None = None) -> None:
        """A worker is dead, or has to be: its task fails."""
        task = worker.task
        if kind is None:
            worker.process.join(GRACE)
        self._end(worker)
        if task is not None:
            found, message = cause(worker.process.exitcode, self._limits)
            self._answer(task, kind or found, message if kind is None else too_long(self._limits))

    def _answer(self, task: Task, kind: FailureKind, message: str) -> None:
        self._answers.append(Answer(task.number, Failure(kind, message)))

    def _end(self, worker: Worker) -> None:
        """End a worker and whatever processes it started. It leads a group of its own."""
        self._workers.remove(worker)
        worker.pipe.close()
        for kill in (os.killpg, os.kill):
            with suppress(ProcessLookupError, PermissionError):
                kill(worker.process.pid, signal.SIGKILL)
        worker.process.join()


class Spawned(Processes):
    """Fresh processes: slower to start and warmed one by one, but safe in a program that has threads."""


class Forked(Processes):
    """Children of this process, which warms itself first: they start in milliseconds, with all that was imported and loaded."""

    method = "fork"

    def _warm(self, task: Task) -> int:
        """Warm this process; should that fail, the worker fails in the same way, and says so."""
        if task.warm is None:
            return 0
        if task.warm not in self._warmed:
            with suppress(Exception):
                task.warm()
                self._warmed.append(task.warm)
                return len(self._warmed)
            return 0
        return self._warmed.index(task.warm) + 1

    def _portable(self, arguments: tuple[Any, ...]) -> tuple[Any, ...]:
        return arguments


OUT_OF_MEMORY = (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV)
"""What C libraries end a process with that gets no more memory."""


def cause(exitcode: int | None, limits: Limits) -> tuple[FailureKind, str]:
    """What ended a worker, from its exit code: minus the signal's number, if it was a signal."""
    if exitcode == -signal.SIGXCPU:
        return FailureKind.CPU, f"it took more than {limits.cpu_seconds} s of processor time"
    if exitcode == -signal.SIGALRM:
        return FailureKind.WALL, too_long(limits)
    if exitcode == -signal.SIGKILL:
        return FailureKind.DIED, "its process was killed, perhaps by the system for want of memory"
    if exitcode is not None and exitcode < 0:
        hint = ", as happens when memory runs out" if -exitcode in OUT_OF_MEMORY else ""
        return FailureKind.DIED, f"its process was ended by {signal.Signals(-exitcode).name}{hint}"
    return FailureKind.DIED, f"its process ended with exit code {exitcode}"


def too_long(limits: Limits) -> str:
    return f"it took longer than {limits.wall_seconds:g} s"
