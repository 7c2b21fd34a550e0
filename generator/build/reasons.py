"""Why a step was run, as data and as text. Knows nothing of how reasons are found."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from generator.build.report import Outcome, Report


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
