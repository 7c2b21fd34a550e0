"""Runs a function on untrusted input in a limited child process."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, TypeVar

from generator.engine.pool import Pool
from generator.engine.step import Made
from generator.engine.task import Failure, Task
from generator.engine.trace import Reads, World
from generator.engine.worker import Limits, is_limited

if TYPE_CHECKING:
    from collections.abc import Callable


LIMITS = Limits(cpu_seconds=120, wall_seconds=300.0, memory_bytes=2 << 30)
"""Limits for each operation on an untrusted file."""

T = TypeVar("T")


class GivenUp(Exception):
    """The child exceeded a limit, died or failed. The message is one sentence that begins with `what`."""


def sandboxed(
    what: str,
    function: Callable[..., T],
    *arguments: object,
    limits: Limits = LIMITS,
    raises: type[Exception] | tuple[type[Exception], ...] = (),
) -> T:
    """Run `function(*arguments)` in a child process; return its result, or raise its exception if that is among `raises`.

    In a worker with limits of its own the function is called directly, because such a worker cannot start processes.
    Function, arguments, result and exception must be picklable, and the function importable by its name. `what` is the subject of
    the message. Raises GivenUp if the child exceeded a limit, died, or failed in another way.
    """
    if is_limited():
        return _here(what, function, arguments, raises)
    with Pool(1, limits) as executor:
        executor.submit(Task(0, what, _answer, (function, arguments, raises), World()))
        (answer,) = executor.wait()
    if isinstance(answer.result, Failure):
        raise GivenUp(f"{what} was given up: {answer.result.message}")
    assert isinstance(answer.result, Made)
    value, error = pickle.loads(answer.result.parts["answer"])  # noqa: S301 - our own child's, made of our own records
    if error is not None:
        raise error
    result: T = value
    return result


def _here(
    what: str,
    function: Callable[..., T],
    arguments: tuple[object, ...],
    raises: type[Exception] | tuple[type[Exception], ...],
) -> T:
    try:
        return function(*arguments)
    except raises:
        raise
    except Exception as error:  # as in a child: a broken file can make a parser raise anything
        raise GivenUp(f"{what} was given up: {type(error).__name__}") from None


def _answer(
    _: Reads,
    function: Callable[..., object],
    arguments: tuple[object, ...],
    raises: type[Exception] | tuple[type[Exception], ...],
) -> Made:
    try:
        outcome: tuple[object, Exception | None] = (function(*arguments), None)
    except raises as error:
        outcome = (None, error)
    return Made(parts={"answer": pickle.dumps(outcome)})
