"""What the building process tells whoever started it. Records that travel through a pipe; knows not who reads them.

Besides these it sends the engine's own events as they come, without what its steps have made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from generator.engine import Begun, Ended, Report, Started, Waiting

if TYPE_CHECKING:
    from generator.problems import Problem


class PageMade(NamedTuple):
    """A page is ready; its PDF is still to come, and until then neither is in the output folder."""

    file: str
    """The fact file."""
    outputs: dict[str, bytes]
    """By path relative to the output folder."""


class Done(NamedTuple):
    """A round is over: everything asked for is up to date, has errors, or was interrupted."""

    report: Report
    shared: tuple[Problem, ...]
    """Problems of no brief: a file that is not read because of its name."""


class Stuck(NamedTuple):
    """The round could not be done at all, for a reason that its user can mend."""

    message: str


class Crashed(NamedTuple):
    """A fault of ours; the process has ended."""

    trace: str


News: TypeAlias = Waiting | Begun | Started | Ended | PageMade | Done | Stuck | Crashed
