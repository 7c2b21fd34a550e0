"""Messages of the build process, sent through a pipe.

It also sends the engine's own events, without the results of steps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from generator.engine import Begun, Ended, Report, Started, Waiting

if TYPE_CHECKING:
    from generator.problems import Problem


class PageMade(NamedTuple):
    """A page is ready and its PDF is not; until then neither is in the output folder."""

    file: str
    """The fact file."""
    outputs: dict[str, bytes]
    """By path relative to the output folder."""


class Done(NamedTuple):
    """A build has ended: every requested brief is up to date, has errors, or was interrupted."""

    report: Report
    shared: tuple[Problem, ...]
    """Problems without a brief: files that are not read because of their names."""


class Stuck(NamedTuple):
    """The build could not start, for a reason that the user can correct."""

    message: str


class Crashed(NamedTuple):
    """The process has ended because of a bug."""

    trace: str


BuilderMessage: TypeAlias = Waiting | Begun | Started | Ended | PageMade | Done | Stuck | Crashed
