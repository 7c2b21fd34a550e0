"""What the state remembers of each target. Frozen records without behaviour; knows not how they are stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.build.reads import Read
    from generator.build.step import Plain


@dataclass(frozen=True, slots=True)
class StepRecord:
    """A step that was run, and what came of it."""

    name: str
    key: str
    """Digest of what the step is and what it was given."""
    trace: tuple[Read, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    """Digest of each part."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """Digest of each output, by path relative to the output folder."""
    notes: tuple[Plain, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TargetRecord:
    identity: str
    """Text of its steps and values; another text means that the target is made in another way now."""
    steps: tuple[StepRecord, ...]
    """As far as they were run: the last one refused, if `refused`."""
    refused: bool = False

    def step(self, name: str) -> StepRecord | None:
        return next((step for step in self.steps if step.name == name), None)

    @property
    def seconds(self) -> float:
        """What making it cost."""
        return sum(step.seconds for step in self.steps)

    @property
    def notes(self) -> tuple[Plain, ...]:
        return tuple(note for step in self.steps for note in step.notes)
