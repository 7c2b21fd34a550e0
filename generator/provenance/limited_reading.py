"""Runs a function on an untrusted PDF in a limited child process."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from generator.engine import sandbox
from generator.provenance.faults import Unreadable

LIMITS = sandbox.LIMITS

T = TypeVar("T")


def sandboxed(what: str, function: Callable[..., T], *arguments: object) -> T:
    """Return the function's result from a child process. The function must be importable, its arguments picklable.

    Raises Unreadable, also if the child exceeded a limit; `what` is the subject of that message.
    """
    try:
        return sandbox.sandboxed(what, function, *arguments, raises=Unreadable)
    except sandbox.GivenUp as fault:
        raise Unreadable(str(fault)) from None
