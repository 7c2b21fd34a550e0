"""One run of one step: what is sent to a worker and what comes back."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from generator.engine import digest
from generator.engine.step import Made, Rejected
from generator.engine.trace import Read, Reads, World

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.engine.stat import FileStat
    from generator.engine.step import Function


class FailureKind(StrEnum):
    CRASHED = "crashed"
    """The step raised an exception: a bug."""
    DIED = "died"
    CPU = "cpu"
    WALL = "wall"
    STUCK = "stuck"
    """Its process waited without progress."""
    MEMORY = "memory"
    UNWRITABLE = "unwritable"
    """The outputs could not be written."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a target could not be made, other than wrong content."""

    kind: FailureKind
    message: str
    """One sentence for people."""
    detail: str = ""
    """The traceback, if there was one."""


@dataclass(frozen=True, slots=True)
class Task:
    """Picklable: a function, plain values and bytes."""

    number: int
    label: str
    """`target: step`, for people."""
    function: Function
    arguments: tuple[object, ...]
    world: World
    warm: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    number: int
    result: Made | Rejected | Failure
    trace: tuple[Read, ...] = ()
    stats: Mapping[str, tuple[FileStat, str]] = field(default_factory=dict)
    seconds: float = 0.0


def run(task: Task, warmed: list[Callable[[], object]], reads: Reads | None = None) -> Answer:
    """Run a step in this process, after its warm-up if needed. Exceptions become failures, except Ctrl-C and similar."""
    reads = reads or Reads(task.world)
    start = time.perf_counter()
    result: Made | Rejected | Failure
    try:
        if task.warm is not None and task.warm not in warmed:
            task.warm()
            warmed.append(task.warm)
        result = checked(task.function(reads, *task.arguments))
    except MemoryError:
        result = Failure(FailureKind.MEMORY, "it needed more memory than it may use")
    except Exception as fault:
        message = f"{type(fault).__name__}: {fault}".strip().removesuffix(":")
        result = Failure(FailureKind.CRASHED, message, _traceback())
    return Answer(task.number, result, reads.lines(), reads.stats, time.perf_counter() - start)


def _traceback() -> str:
    from traceback import format_exc  # imported here, because few runs need it

    return format_exc()


def checked(result: object) -> Made | Rejected:
    """Return a result. Raises TypeError if the database could not store it."""
    if not isinstance(result, Made | Rejected):
        raise TypeError(f"a step must return Made or Rejected, not {type(result).__name__}")
    digest.canonical(list(result.notes))
    return result
