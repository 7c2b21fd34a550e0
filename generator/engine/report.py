"""What a build did and does: events as they happen, an outcome for each target, and the reasons, as data and as text.

Knows nothing of how it is done, nor of whoever draws progress.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from generator.engine.plain_data import Plain
    from generator.engine.task import Answer, Failure


class Why(StrEnum):
    NEW = "new"
    FORCED = "forced"
    REMADE = "remade"
    """The target's steps or values are others."""
    CHANGED = "changed"
    APPEARED = "appeared"
    GONE = "gone"
    PART = "part"
    """An earlier step made something else."""
    OUTPUT = "output"
    NEEDED = "needed"
    """Unchanged, but a later step needs what it makes."""


class Reason(NamedTuple):
    why: Why
    kind: str = ""
    """Of the read (`reads.Kind`), or `output`, or empty."""
    name: str = ""
    step: str = ""


SENTENCES = {
    Why.NEW: "never built",
    Why.FORCED: "asked for",
    Why.REMADE: "made in another way than last time",
    Why.CHANGED: "{name} changed",
    Why.APPEARED: "{name} appeared",
    Why.GONE: "{name} is gone",
    Why.PART: "{name} changed",
    Why.OUTPUT: "output {name} missing or altered",
    Why.NEEDED: "unchanged, but {name} needs what it makes",
}


def sentence(reason: Reason) -> str:
    text = SENTENCES[reason.why].format(name=reason.name)
    return f"{reason.kind} {text}" if reason.kind in ("entry", "folder") else text


def explain(report: Report) -> str:
    """A line for each target, and below it one for each reason."""
    return "\n".join(line for outcome in report.outcomes for line in _lines(outcome))


def _lines(outcome: Outcome) -> list[str]:
    if not outcome.why:
        return [f"{outcome.target}: {outcome.status}, nothing that it read has changed"]
    return [f"{outcome.target}: {outcome.status}", *map(_line, outcome.why)]


def _line(reason: Reason) -> str:
    return f"  {reason.step}: {sentence(reason)}" if reason.step else f"  {sentence(reason)}"


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


class Waiting(NamedTuple):
    """Another build runs in this folder; this one begins when that one ends."""


class Begun(NamedTuple):
    total: int
    """Targets."""
    unchanged: int
    """Of these, settled at once: as the last run left them. Each of the others will have an `Ended`."""


class Started(NamedTuple):
    """A step was handed to the executor."""

    target: str
    step: str


class Answered(NamedTuple):
    """A step was run, and this came of it; nothing of it is written before its target has ended."""

    target: str
    step: str
    answer: Answer


class Ended(NamedTuple):
    """A target that was not unchanged is settled."""

    outcome: Outcome


Event: TypeAlias = Waiting | Begun | Started | Answered | Ended
