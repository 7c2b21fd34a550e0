"""Runs a function over batches in worker processes.

For reports on many briefs, which leave no outputs. A batch that fails in a worker is run again in this process, so its
exception is raised here.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from typing import TypeVar

from generator.engine.pool import Pool
from generator.engine.step import Made
from generator.engine.task import Answer, Task
from generator.engine.trace import Reads, World
from generator.engine.worker import Limits

NO_LIMITS = Limits(0, 0.0, 0.0, 0)
T = TypeVar("T")


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))


def in_batches(
    function: Callable[..., T], batches: Sequence[tuple[object, ...]], tell: Callable[[int], object] = lambda done: None
) -> list[T]:
    """Return the function's result for each batch of arguments, in order; `tell` is called with the number of finished ones.

    The function must be importable by its name; arguments and results must be picklable.
    """
    results: dict[int, T] = {}
    with Pool(min(processors(), len(batches)), NO_LIMITS) as pool:
        waiting = list(enumerate(batches))[::-1]
        while len(results) < len(batches):
            while waiting and pool.room > 0:
                number, arguments = waiting.pop()
                pool.submit(Task(number, "batch", _answered, (function, arguments), World()))
            for answer in pool.wait():
                results[answer.number] = _result(answer, function, batches[answer.number])
                tell(len(results))
    return [results[number] for number in range(len(batches))]


def _result(answer: Answer, function: Callable[..., T], arguments: tuple[object, ...]) -> T:
    if not isinstance(answer.result, Made):
        return function(*arguments)
    result: T = pickle.loads(answer.result.parts["answer"])  # noqa: S301 - our own child's, made of our own records
    return result


def _answered(_: Reads, function: Callable[..., object], arguments: tuple[object, ...]) -> Made:
    return Made(parts={"answer": pickle.dumps(function(*arguments))})
