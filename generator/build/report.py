"""What a build did: an outcome for each target, with its reasons. Knows nothing of how it was done."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.build.reasons import Reason
    from generator.build.step import Plain
    from generator.build.task import Failure


class Status(StrEnum):
    BUILT = "built"
    SKIPPED = "skipped"
    """Nothing that it read has changed, and its outputs are as they were left."""
    REFUSED = "refused"
    """The content does not allow it, now or since an earlier run; outputs are the last good ones."""
    BROKEN = "broken"
    """A step crashed, was stopped at a limit, or could not write; tried again on each run."""


class Outcome(NamedTuple):
    target: str
    status: Status
    ran: tuple[str, ...] = ()
    """Names of the steps that were run; none if all was found unchanged."""
    why: tuple[Reason, ...] = ()
    """Why steps were run."""
    notes: tuple[Plain, ...] = ()
    """What the steps remarked, in this run or in the one that is still good."""
    failure: Failure | None = None
    outputs: tuple[str, ...] = ()
    """Paths that were written in this run, relative to the output folder."""
    seconds: float = 0.0
    """Time spent in its steps, in whatever process."""


class Report(NamedTuple):
    outcomes: tuple[Outcome, ...] = ()
    """In the order of the targets; without those that an interruption left unsettled."""
    removed: tuple[str, ...] = ()
    """Outputs that no target makes any more, taken away."""
    left: tuple[str, ...] = ()
    """Such outputs that were altered since, or cannot be removed."""
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        return not self.interrupted and {outcome.status for outcome in self.outcomes} <= {Status.BUILT, Status.SKIPPED}
