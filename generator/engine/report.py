"""Events and outcomes of a build, and why each target was built, as data and as text.

`TargetBuild` in `target.py` finds the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from generator.engine.plain_data import Plain
from generator.engine.step import Failure, TaskAnswer


class Why(StrEnum):
    NEW = "new"
    FORCED = "forced"
    REMADE = "remade"
    """The target's steps or values have changed."""
    CHANGED = "changed"
    APPEARED = "appeared"
    GONE = "gone"
    PART = "part"
    """An earlier step made different parts."""
    OUTPUT = "output"
    NEEDED = "needed"
    """Unchanged, but a later step needs its parts."""


class Reason(NamedTuple):
    why: Why
    kind: str = ""
    """Kind of the read (`trace.ReadKind`), `output`, or empty."""
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
    """Return a line for each target, followed by one for each reason."""
    return "\n".join(line for outcome in report.outcomes for line in _lines(outcome))


def _lines(outcome: Outcome) -> list[str]:
    if not outcome.why:
        return [f"{outcome.target}: {outcome.status}, nothing that it read has changed"]
    return [f"{outcome.target}: {outcome.status}", *map(_line, outcome.why)]


def _line(reason: Reason) -> str:
    return f"  {reason.step}: {sentence(reason)}" if reason.step else f"  {sentence(reason)}"


class TargetStatus(StrEnum):
    BUILT = "built"
    SKIPPED = "skipped"
    """Nothing that it read has changed, and neither have its outputs."""
    REJECTED = "rejected"
    """The content is wrong, in this run or since an earlier one; outputs are the last good ones."""
    BROKEN = "broken"
    """A step crashed, exceeded a limit or could not write; it is tried again on each run."""


class Outcome(NamedTuple):
    target: str
    status: TargetStatus
    ran: tuple[str, ...] = ()
    """Names of the steps that were run; empty if nothing had changed."""
    why: tuple[Reason, ...] = ()
    """Why steps were run."""
    notes: tuple[Plain, ...] = ()
    """Notes of the steps, from this run or the last valid one."""
    failure: Failure | None = None
    outputs: tuple[str, ...] = ()
    """Paths written in this run, relative to the output folder."""
    seconds: float = 0.0
    """Time spent in its steps, in any process."""


class Report(NamedTuple):
    outcomes: tuple[Outcome, ...] = ()
    """In the order of the targets, without those that an interruption left unfinished."""
    removed: tuple[str, ...] = ()
    """Removed outputs that no target makes any more."""
    left: tuple[str, ...] = ()
    """Such outputs that were changed by hand or cannot be removed."""
    interrupted: bool = False
    seconds: float = 0.0
    intact: Mapping[str, str] = {}
    """Digests of the outputs, by path, in the folder that the caller named, which are as they were made."""

    @property
    def ok(self) -> bool:
        return not self.interrupted and {outcome.status for outcome in self.outcomes} <= {
            TargetStatus.BUILT,
            TargetStatus.SKIPPED,
        }


class Waiting(NamedTuple):
    """Another build runs in this folder; this one starts when it ends."""


class Begun(NamedTuple):
    total: int
    """Targets."""
    unchanged: int
    """Number of targets that are up to date. Each of the others will have an `Ended`."""


class Started(NamedTuple):
    """A step was handed to the executor."""

    target: str
    step: str


class Answered(NamedTuple):
    """A step was run, with this result; nothing is written before its target has ended."""

    target: str
    step: str
    answer: TaskAnswer


class Ended(NamedTuple):
    """A target that had to be built is done."""

    outcome: Outcome


Event: TypeAlias = Waiting | Begun | Started | Answered | Ended
