"""Worker side of the pool: receives tasks, runs them and answers.

The kernel enforces the limits with signals that end the process by default, so they also apply to C code.
"""

from __future__ import annotations

import gc
import resource
import signal
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engine.step import Failure, FailureKind, Task, TaskAnswer, run
from generator.system.garbage_collection import collect_seldom

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one task; zero means no limit."""

    cpu_seconds: int = 120
    wall_seconds: float = 300.0
    stall_seconds: float = 20.0
    """Seconds of waiting for something other than a disk, without processor time. The parent enforces it, if there is /proc."""
    memory_bytes: int = 4 << 30
    """Address space beyond what the worker has when it starts."""


NO_LIMITS = Limits(cpu_seconds=0, wall_seconds=0.0, stall_seconds=0.0, memory_bytes=0)

limits_here: list[Limits] = []
"""Limits of this process, if it is a worker."""

WARM = None
"""Message of a worker that has run its warm-ups."""


def serve(pipe: Connection, limits: Limits, ahead: Sequence[Callable[[], object]]) -> None:
    """Run tasks until the pipe closes. While there is none, run the warm-ups `ahead`, one after another.

    `limits.memory_bytes` is in addition to the memory used now.
    """
    limits_here.append(limits)
    limit_memory(limits.memory_bytes)
    collect_seldom()
    warmed: list[Callable[[], object]] = []
    waiting = deque(ahead)
    with suppress(EOFError, OSError):
        while True:
            while waiting and not pipe.poll():
                warm(waiting.popleft(), warmed)
                if not waiting:
                    pipe.send(WARM)
            reply(pipe, answer(pipe.recv(), limits, warmed))


def is_limited() -> bool:
    """Whether this process is a worker with limits of time and memory."""
    return any(limits.memory_bytes and limits.cpu_seconds for limits in limits_here)


def warm(function: Callable[[], object], warmed: list[Callable[[], object]]) -> None:
    """Run a warm-up before a task needs it. If it fails, it fails again with the task, where that is reported."""
    with suppress(Exception):
        if function not in warmed:
            function()
            warmed.append(function)
            gc.freeze()


def answer(task: Task, limits: Limits, warmed: list[Callable[[], object]]) -> TaskAnswer:
    """Run a task within the limits of time."""
    limit_time(limits)
    before = len(warmed)
    try:
        return run(task, warmed)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if len(warmed) > before:
            gc.freeze()


def reply(pipe: Connection, answer: TaskAnswer) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise
    except MemoryError:
        pipe.send(TaskAnswer(answer.number, Failure(FailureKind.MEMORY, "it needed more memory than it may use")))
    except Exception as fault:
        pipe.send(TaskAnswer(answer.number, Failure(FailureKind.CRASHED, f"its result cannot be sent: {fault}")))


def limit_memory(allowed: int) -> None:
    used = address_space()
    if allowed and used:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = used + allowed
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def address_space() -> int:
    """Return the mapped bytes; zero if the system does not report them."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0


def limit_time(limits: Limits) -> None:
    """Limit the time from now on. The kernel counts processor time from the start of the process, so the used time is added."""
    if limits.cpu_seconds:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(usage.ru_utime + usage.ru_stime) + limits.cpu_seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)
