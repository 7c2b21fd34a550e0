"""What happens during a build, told as it happens. Plain records for whoever draws progress; knows not who that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from generator.build.report import Outcome
    from generator.build.task import Answer


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
