"""Worker side of the pool: takes a task, runs it, answers, until the pipe is closed.

The limits are kept by the kernel, with signals whose default is to end the process, so that they hold in C code too.
"""

from __future__ import annotations

import gc
import resource
import signal
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.engine.task import Answer, Failure, FailureKind, Task, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use; zero lifts a limit."""

    cpu_seconds: int = 120
    wall_seconds: float = 300.0
    stall_seconds: float = 20.0
    """Of waiting for something that is no disk, without any use of a processor. Kept by the parent; where there is no /proc, not at all."""
    memory_bytes: int = 4 << 30
    """Address space beyond what the worker has when it starts."""


limits_here: list[Limits] = []
"""Of this process, where it is a worker."""

WARM = None
"""Message: this worker has run the warm-ups that it was given."""


def serve(pipe: Connection, limits: Limits, ahead: Sequence[Callable[[], object]]) -> None:
    """Run tasks until the pipe closes. While there is none, run the warm-ups `ahead`, one after another.

    `limits.memory_bytes` counts from here.
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
    """Run a warm-up that no task has asked for yet. One that fails will fail again where that can be reported."""
    with suppress(Exception):
        if function not in warmed:
            function()
            warmed.append(function)
            gc.freeze()


def answer(task: Task, limits: Limits, warmed: list[Callable[[], object]]) -> Answer:
    """Run a task within the limits of time."""
    limit_time(limits)
    before = len(warmed)
    try:
        return run(task, warmed)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        if len(warmed) > before:
            gc.freeze()


def reply(pipe: Connection, answer: Answer) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise
    except MemoryError:
        pipe.send(Answer(answer.number, Failure(FailureKind.MEMORY, "it needed more memory than it may use")))
    except Exception as fault:
        pipe.send(Answer(answer.number, Failure(FailureKind.CRASHED, f"its result cannot be sent: {fault}")))


def collect_seldom() -> None:
    """Look for garbage less often; what warm-ups leave behind, which stays, is passed over altogether (`gc.freeze`).

    Layouts make objects by the million, few of which are garbage that only the collector can free: looking for it at
    Python's own pace takes a tenth of a layout's time.
    """
    gc.set_threshold(10_000, 10, 10)


def limit_memory(allowed: int) -> None:
    used = address_space()
    if allowed and used:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = used + allowed
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def address_space() -> int:
    """Bytes that are mapped now; zero where that cannot be told."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    return 0


def limit_time(limits: Limits) -> None:
    """From now on: the limit of processor time counts from the start of the process, so what is used is added."""
    if limits.cpu_seconds:
        usage = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(usage.ru_utime + usage.ru_stime) + limits.cpu_seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    signal.setitimer(signal.ITIMER_REAL, limits.wall_seconds)
