"""Calls functions in worker processes, outside the steps of a build.

A call runs one function on untrusted input, or one function over many batches.

Functions must be importable by their names; arguments, results and exceptions must be picklable.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from generator.engine.processes.pool import Pool, processors
from generator.engine.processes.worker import NO_LIMITS, Limits, is_limited
from generator.engine.step import Failure, Made, Task, TaskAnswer
from generator.engine.trace import Reads, World

Raises: TypeAlias = "type[Exception] | tuple[type[Exception], ...]"


LIMITS = Limits(memory_bytes=2 << 30)
"""Limits for each operation on an untrusted file."""

T = TypeVar("T")


class GivenUp(Exception):
    """The child exceeded a limit, died or failed. The message is one sentence that begins with `what`."""


def sandboxed(
    what: str, function: Callable[..., T], *arguments: object, limits: Limits = LIMITS, raises: Raises = ()
) -> T:
    """Run `function(*arguments)` in a child process; return its result, or raise its exception if that is among `raises`.

    In a worker with limits of its own the function is called directly, because such a worker cannot start processes. `what` is the
    subject of the message. Raises GivenUp if the child exceeded a limit, died, or failed in another way.
    """
    if is_limited():
        return _here(what, function, arguments, raises)
    with Pool(1, limits) as pool:
        pool.submit(_call(0, what, function, arguments, raises))
        (answer,) = pool.wait()
    if isinstance(answer.result, Failure):
        raise GivenUp(f"{what} was given up: {answer.result.message}")
    value, error = _outcome(answer)
    if error is not None:
        raise error
    result: T = value
    return result


def in_batches(
    function: Callable[..., T], batches: Sequence[tuple[object, ...]], tell: Callable[[int], object] = lambda done: None
) -> list[T]:
    """Return the function's result for each batch of arguments, in order; `tell` is called with the number of finished ones.

    For reports on many briefs, which leave no outputs. A batch that fails in a worker is run again in this process, so its
    exception is raised here.
    """
    results: dict[int, T] = {}
    with Pool(min(processors(), len(batches)), NO_LIMITS) as pool:
        waiting = list(enumerate(batches))[::-1]
        while len(results) < len(batches):
            while waiting and pool.room > 0:
                number, arguments = waiting.pop()
                pool.submit(_call(number, "batch", function, arguments))
            for answer in pool.wait():
                failed = isinstance(answer.result, Failure)
                results[answer.number] = function(*batches[answer.number]) if failed else _outcome(answer)[0]
                tell(len(results))
    return [results[number] for number in range(len(batches))]


def _call(
    number: int, what: str, function: Callable[..., object], arguments: tuple[object, ...], raises: Raises = ()
) -> Task:
    return Task(number, what, _called, (function, arguments, raises), World())


def _called(_: Reads, function: Callable[..., object], arguments: tuple[object, ...], raises: Raises) -> Made:
    try:
        outcome: tuple[object, Exception | None] = (function(*arguments), None)
    except raises as error:
        outcome = (None, error)
    return Made(parts={"outcome": pickle.dumps(outcome)})


def _outcome(answer: TaskAnswer) -> tuple[Any, Exception | None]:
    """Return the value of a call, or the exception that it raised."""
    assert isinstance(answer.result, Made)
    outcome: tuple[Any, Exception | None] = pickle.loads(answer.result.parts["outcome"])  # noqa: S301 - our own child's
    return outcome


def _here(what: str, function: Callable[..., T], arguments: tuple[object, ...], raises: Raises) -> T:
    try:
        return function(*arguments)
    except raises:
        raise
    except Exception as error:  # as in a child: a broken file can make a parser raise anything
        raise GivenUp(f"{what} was given up: {type(error).__name__}") from None
