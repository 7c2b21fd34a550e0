"""Executor that runs tasks in worker processes of this machine.

A worker is a fresh interpreter (`child.py`) that receives tasks one by one over a pipe (`worker.py` is its side), and stays until
`close`. If a worker ends, only its current task fails, with the reason.
"""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from generator.engine.executor import Executor
from generator.engine.processes import child
from generator.engine.processes.worker import WARM, Limits, serve
from generator.engine.step import Failure, FailureKind, Task, TaskAnswer

SECONDS_A_WORKER = 100.0
"""Seconds of work after which a worker is replaced, because libraries leak memory. A new one loads them again, for about a second."""
GRACE = 2.0
"""Seconds between the kernel's limit and the parent's, for a worker that the first one did not end."""
PULSE = 1.0
"""Seconds between two checks whether busy workers make progress."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """The last look at a worker."""

    ticks: int
    """Processor time of the worker and of the processes that it started."""
    at: float
    """On the monotonic clock, in seconds."""
    idle: float = 0.0
    """Seconds for which no look found a sign of life: processor time, or a wait for a disk."""


@dataclass(slots=True)
class Worker:
    child: child.Child
    task: Task | None = None
    warm: bool = False
    """Whether it has run all its warm-ups."""
    seconds: float = 0.0
    """Time that its tasks took."""
    deadline: float = float("inf")
    """When it is ended if its task is not done, on the monotonic clock."""
    pulse: Pulse = Pulse(0, 0.0)


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


class Pool(Executor):
    """Executor with worker processes, which are started when first needed and stay until `close`."""

    def __init__(
        self, workers: int = 0, limits: Limits | None = None, ahead: Sequence[Callable[[], object]] = ()
    ) -> None:
        """Use this many workers, or as many as this process may use processors.

        A worker runs the warm-ups `ahead` while it has no task. With warm-ups, one more worker than is busy is started, so the
        next task has a warm one.
        """
        self._size = workers or processors()
        self._limits = limits or Limits()
        self._ahead = tuple(ahead)
        self._workers: list[Worker] = []
        self._waiting: deque[Task] = deque()
        self._answers: list[TaskAnswer] = []
        self._alarm = os.pipe()
        self._interrupted = False

    @property
    def room(self) -> int:
        """One more than there are workers, so none waits while the build processes its result."""
        return 1 + self._size - len(self._waiting) - sum(worker.task is not None for worker in self._workers)

    def submit(self, task: Task) -> None:
        self._waiting.append(task)
        self._dispatch()

    def wait(self) -> Sequence[TaskAnswer]:
        """Return answers as the protocol says. Raises KeyboardInterrupt after `interrupt`."""
        while not self._answers and not self._interrupted:
            self._dispatch()
            if not self._answers:
                self._listen()
        if self._interrupted:
            raise KeyboardInterrupt
        answers, self._answers = self._answers, []
        return answers

    def interrupt(self, *_: object) -> None:
        """Interrupt `wait` and nothing else, as Ctrl-C would, now and until `resume`. It can be a signal handler."""
        self._interrupted = True
        os.write(self._alarm[1], b"!")

    def resume(self) -> None:
        self._interrupted = False

    def prepare(self) -> None:
        """Start workers before there is a task, so they can run their warm-ups."""
        while self._ahead and len(self._workers) < self._size:
            if not self._start():
                return

    def drop(self) -> None:
        self._waiting.clear()
        self._answers.clear()
        for worker in [worker for worker in self._workers if worker.task is not None]:
            self._end(worker)
        self._keep_spare()

    def close(self) -> None:
        self._waiting.clear()
        for worker in list(self._workers):
            self._end(worker)
        for end in self._alarm:
            os.close(end)

    def _dispatch(self) -> None:
        while self._waiting and (worker := self._free(self._waiting[0])) is not None:
            self._hand(self._waiting.popleft(), worker)
        self._keep_spare()

    def _keep_spare(self) -> None:
        if self._ahead and self._workers and all(worker.task is not None for worker in self._workers):
            self._start()

    def _hand(self, task: Task, worker: Worker) -> None:
        """Send a task to a free worker, and start its clocks."""
        worker.task = task
        now = time.monotonic()
        worker.deadline = now + (self._limits.wall_seconds or float("inf")) + GRACE
        worker.pulse = Pulse(child.processor_time(worker.child.process.pid), now)
        try:
            worker.child.pipe.send(task)
        except OSError:
            self._bury(worker)
        except Exception as fault:
            worker.task = None
            self._answer(task, FailureKind.CRASHED, f"it cannot be sent to a worker: {fault}")

    def _free(self, task: Task) -> Worker | None:
        """Return a free worker, preferably a warm one or the oldest; start one if more are allowed."""
        free = [worker for worker in self._workers if worker.task is None and self._lives(worker)]
        if free:
            return next((worker for worker in free if worker.warm), free[0])
        if len(self._workers) < self._size and (worker := self._start()):
            return worker
        if not self._workers:
            self._waiting.popleft()
            self._answer(task, FailureKind.DIED, "no process could be started for it")
        return None

    def _lives(self, worker: Worker) -> bool:
        """Whether a free worker can take a task. Updates whether it is warm."""
        try:
            while worker.child.pipe.poll():
                worker.warm = worker.child.pipe.recv() is WARM
        except (EOFError, OSError):
            self._end(worker)
            return False
        return True

    def _start(self) -> Worker | None:
        """Start a worker; return None if the system has no process left or all are started."""
        if len(self._workers) >= self._size:
            return None
        try:
            process = child.start(serve, self._limits, self._ahead)
        except OSError:
            return None
        worker = Worker(process)
        self._workers.append(worker)
        return worker

    def _listen(self) -> None:
        """Wait until a busy worker answers, dies, exceeds its time or is stuck."""
        from multiprocessing.connection import wait

        busy: dict[object, Worker] = {w.child.pipe: w for w in self._workers if w.task is not None}
        now = time.monotonic()
        patience = min((worker.deadline for worker in busy.values()), default=now) - now
        for ready in wait([*busy, self._alarm[0]], max(0.0, min(patience, PULSE))):  # type: ignore[list-item]
            if ready in busy:
                self._hear(busy[ready])
            else:
                os.read(self._alarm[0], 1 << 10)
        self._dispatch()
        for worker in [worker for worker in self._workers if worker.task is not None]:
            if worker.deadline <= time.monotonic():
                self._bury(worker, FailureKind.WALL)
            elif self._stuck(worker):
                self._bury(worker, FailureKind.STUCK)

    def _stuck(self, worker: Worker) -> bool:
        """Whether no look at a worker found a sign of life for longer than the limit.

        A look counts for two pulses at most, so time in which this process was not run counts neither. While another worker is
        busy, this one may wait for it, as it does for the lock of a font cache.
        """
        now, pulse = time.monotonic(), worker.pulse
        if not self._limits.stall_seconds or now - pulse.at < PULSE:
            return False
        ticks = child.processor_time(worker.child.process.pid)
        still = ticks == pulse.ticks and not any(other.child.at_work for other in self._workers)
        worker.pulse = Pulse(ticks, now, pulse.idle + min(now - pulse.at, 2 * PULSE) if still else 0.0)
        return worker.pulse.idle > self._limits.stall_seconds

    def _hear(self, worker: Worker) -> None:
        """Take a message of a busy worker: an answer, or that it is warm."""
        try:
            answer = worker.child.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if answer is WARM:
            worker.warm = True
            return
        self._answers.append(answer)
        worker.task, worker.deadline = None, float("inf")
        worker.seconds += answer.seconds
        self._workers.remove(worker)
        self._workers.append(worker)  # so they stay in the order in which they became free
        if worker.seconds >= SECONDS_A_WORKER or isinstance(answer.result, Failure):
            self._end(worker)

    def _bury(self, worker: Worker, kind: FailureKind | None = None) -> None:
        """Remove a worker that is dead or must end, and fail its task. With `kind`, this process kills it for that reason."""
        task, process = worker.task, worker.child
        if kind is None:
            _wait_until(lambda: not process.running, GRACE)
        else:
            process.ask_where()
            _wait_until(lambda: process.where() != "", GRACE)
        where, stack = process.where(), process.stack_text()
        self._end(worker)
        if task is not None:
            code = process.process.returncode
            kind, message = (kind, limit_exceeded(kind, self._limits)) if kind else cause(code, self._limits)
            self._answer(task, kind, message + (f", in {where}" if where else ""), stack)

    def _answer(self, task: Task, kind: FailureKind, message: str, detail: str = "") -> None:
        self._answers.append(TaskAnswer(task.number, Failure(kind, message, detail)))

    def _end(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.child.kill()


OUT_OF_MEMORY = (signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV)
"""Signals with which C libraries end a process that gets no more memory."""


def cause(exitcode: int | None, limits: Limits) -> tuple[FailureKind, str]:
    """Return what ended a worker, from its exit code, which is minus the signal's number if it was a signal."""
    if exitcode == -signal.SIGXCPU:
        return FailureKind.CPU, limit_exceeded(FailureKind.CPU, limits)
    if exitcode == -signal.SIGALRM:
        return FailureKind.WALL, limit_exceeded(FailureKind.WALL, limits)
    if exitcode == -signal.SIGKILL:
        return FailureKind.DIED, "its process was killed, perhaps because the system had no memory left"
    if exitcode is not None and exitcode < 0:
        hint = ", as happens when memory runs out" if -exitcode in OUT_OF_MEMORY else ""
        return FailureKind.DIED, f"its process was ended by {signal.Signals(-exitcode).name}{hint}"
    return FailureKind.DIED, f"its process ended with exit code {exitcode}"


def limit_exceeded(kind: FailureKind, limits: Limits) -> str:
    """Return one sentence about a limit that was exceeded."""
    if kind is FailureKind.CPU:
        return f"it took more than {limits.cpu_seconds} s of processor time"
    if kind is FailureKind.STUCK:
        return f"it hung: it did nothing for {limits.stall_seconds:g} s"
    return f"it took longer than {limits.wall_seconds:g} s"


def _wait_until(true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.01)
