"""Runs a function on untrusted input in a child process with limits of time and memory."""

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
"""Of each thing that is done with a stranger's file."""

T = TypeVar("T")


class GivenUp(Exception):
    """The child was stopped at a limit, died or failed: one sentence that begins with what it was about."""


def confined(
    what: str,
    function: Callable[..., T],
    *arguments: object,
    limits: Limits = LIMITS,
    raises: type[Exception] | tuple[type[Exception], ...] = (),
) -> T:
    """Return what `function(*arguments)` returns in a child process, or raise what it raises if that is among `raises`.

    In a worker that has limits itself it is called there: a worker that the kernel keeps from files can start no other.
    Function, arguments, result and exception must be picklable, the function importable by its name. `what` is the noun of the
    sentence in case of failure. Raises GivenUp where the child was stopped at a limit, died, or failed in another way.
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
    found: T = value
    return found


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
    except Exception as error:  # as in a child: whatever a broken file makes of a parser
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
