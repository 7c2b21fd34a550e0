"""What a step hands back. Knows neither the step nor what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.build.step import Plain


@dataclass(frozen=True, slots=True)
class Made:
    """What a step made."""

    parts: Mapping[str, bytes] = field(default_factory=dict)
    """For later steps, by name. A later step whose parts are as before is not run."""
    outputs: Mapping[str, bytes] = field(default_factory=dict)
    """Files to write, by path relative to the output folder; written when the whole target has succeeded."""
    notes: Sequence[Plain] = ()
    """Remarks to show now and on every later run that skips the step (warnings, say)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The content does not allow the target to be made: the same reads would be refused again."""

    notes: Sequence[Plain] = ()
    """Why, for people; kept, and shown again until something that the step read changes."""
