"""A worker's side: take a task, run it, answer, until the pipe is closed. Knows nothing of who sends.

The limits are kept by the kernel, with signals whose default is to end the process, so that they hold in C code too.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from generator.build.task import Answer, Failure, FailureKind, Task, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Limits:
    """What one task may use; zero lifts a limit."""

    cpu_seconds: int = 120
    wall_seconds: float = 300.0
    memory_bytes: int = 4 << 30
    """Address space beyond what the worker has when it starts."""


def serve(
    pipe: Connection, others: Sequence[Connection], parent: int, limits: Limits, warmed: list[Callable[[], object]]
) -> None:
    """`others` are ends of pipes that a fork inherits, `warmed` what the parent has done already."""
    for other in others:
        other.close()
    leave_home(parent)
    limit_memory(limits.memory_bytes)
    collect_seldom()
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            reply(pipe, answer(task, limits, warmed))
        except OSError:
            return


def answer(task: Task, limits: Limits, warmed: list[Callable[[], object]]) -> Answer:
    limit_time(limits)
    try:
        return run(task, warmed)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def reply(pipe: Connection, answer: Answer) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise
    except MemoryError:
        pipe.send(Answer(answer.number, Failure(FailureKind.MEMORY, "it needed more memory than it may use")))
    except Exception as fault:
        pipe.send(Answer(answer.number, Failure(FailureKind.CRASHED, f"its result cannot be sent: {fault}")))


def leave_home(parent: int) -> None:
    """Lead a group of its own, so that Ctrl-C goes to the parent alone; and die with the parent, whatever that dies of."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGXCPU):
        signal.signal(number, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ImportError, OSError, AttributeError):
        from ctypes import CDLL

        CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def collect_seldom() -> None:
    """Let the garbage collector pass over what was there before the first task, and look for more less often.

    Layouts make objects by the million, few of which are garbage that only the collector can free: looking for it at Python's
    own pace takes a tenth of a layout's time.
    """
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


PR_SET_PDEATHSIG = 1
"""From Linux's `sys/prctl.h`; elsewhere the closed pipe has to do."""


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
