"""Reading a stranger's PDF in a child process: a failure there is a file that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from generator.engine import sandbox
from generator.provenance.faults import Unreadable

LIMITS = sandbox.LIMITS

T = TypeVar("T")


def confined(what: str, function: Callable[..., T], *arguments: object) -> T:
    """What a function answers in a child process. `function` and arguments must be importable and picklable.

    Raises Unreadable, also where the child was stopped at a limit; `what` is the noun of that sentence.
    """
    try:
        return sandbox.confined(what, function, *arguments, raises=Unreadable)
    except sandbox.GivenUp as fault:
        raise Unreadable(str(fault)) from None
