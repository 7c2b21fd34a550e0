"""How things stand before a build: what is to be made, and what the state knows that holds no more. Knows nothing of making."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.build.report import Outcome, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.build.state import Remark
    from generator.build.step import Target


class Standing(NamedTuple):
    targets: Sequence[Target]
    identities: Mapping[str, str]
    """Of each target, by name."""
    stale: set[int]
    """Numbers of lines of traces."""
    altered: Sequence[str]
    """Outputs that are not there as they were made."""

    same: bool
    """Whether these targets, and no others, are those that the state has records of."""

    @property
    def as_left(self) -> bool:
        return self.same and not self.stale and not self.altered


def as_left(name: str, remark: Remark | None) -> Outcome:
    """The outcome of a target that is as the last run left it, and of which there was something to remark, or nothing."""
    if remark is None:
        return Outcome(name, Status.SKIPPED)
    return Outcome(name, Status.REFUSED if remark.refused else Status.SKIPPED, notes=remark.notes)
