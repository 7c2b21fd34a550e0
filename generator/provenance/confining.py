"""Running what a stranger's file may misuse in a child process with limits of time and memory.

The steps here are functions of the build engine's kind, so that its workers run them; they know nothing of what they read.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import TypeVar

from generator.build import Failure, Forked, Limits, Made, Reads, Refused
from generator.build.reads import World
from generator.build.task import Task
from generator.provenance.faults import Unreadable

LIMITS = Limits(cpu_seconds=120, wall_seconds=300.0, memory_bytes=2 << 30)
"""Of each thing that is done with a stranger's file."""

T = TypeVar("T")


def confined(what: str, function: Callable[..., T], *arguments: object) -> T:
    """What a function answers in a child process. `function` and arguments must be importable and picklable.

    Raises Unreadable, also where the child was stopped at a limit; `what` is the noun of that sentence.
    """
    with Forked(1, LIMITS) as executor:
        executor.submit(Task(0, what, _answer, (function, arguments), World()))
        (answer,) = executor.wait()
    result = answer.result
    if isinstance(result, Refused):
        raise Unreadable(str(result.notes[0]))
    if isinstance(result, Failure):
        raise Unreadable(f"{what} was given up: {result.message}")
    found: T = pickle.loads(result.parts["answer"])  # noqa: S301 - our own child's, made of our own records
    return found


def _answer(_: Reads, function: Callable[..., object], arguments: tuple[object, ...]) -> Made | Refused:
    try:
        return Made(parts={"answer": pickle.dumps(function(*arguments))})
    except Unreadable as error:
        return Refused([str(error)])
