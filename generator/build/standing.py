"""How things stand before a build: what is to be made, and what the state knows that holds no more. Knows nothing of making."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from generator.build.identity import listing
from generator.build.report import Outcome, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.build.state import State
    from generator.build.step import Target


class Standing(NamedTuple):
    targets: Sequence[Target]
    identities: Mapping[str, str]
    """Of each target, by name."""
    stale: set[int]
    """Numbers of lines of traces."""
    altered: Sequence[str]
    """Outputs that are not there as they were made."""

    def as_left(self, state: State) -> bool:
        """Whether these are the targets that the state knows, and nothing that they rest on or made has changed."""
        if self.stale or self.altered or state.strays:
            return False
        return state.listing == listing(self.identities)


def as_left(state: State, name: str) -> Outcome:
    """The outcome of a target that is as the last run left it."""
    remark = state.remarks.get(name)
    if remark is None:
        return Outcome(name, Status.SKIPPED)
    return Outcome(name, Status.REFUSED if remark.refused else Status.SKIPPED, notes=remark.notes)
