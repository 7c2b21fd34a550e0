"""What there is to do: targets, the steps that make them, and what a step hands back. Knows not how they are run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""What JSON can hold. Only such values are written to the state, so that reading it back can run no code."""


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


Function: TypeAlias = Callable[..., Made | Refused]


@dataclass(frozen=True, slots=True)
class Step:
    """One link of the chain that makes a target; shared by all targets that are made alike."""

    name: str
    function: Function
    """Importable from the top of its module. Called as `function(reads, *target.values)`, or, when the step takes
    parts, as `function(reads, *parts)`."""
    takes: tuple[str, ...] = ()
    """Parts of earlier steps, `"page.print"` for part `print` of step `page`, handed over as bytes in this order."""
    kept: bool = False
    """Keep what it makes in the cache, under the digest of what it was given."""
    warm: Callable[[], object] | None = None
    """Called once, in the process that forks the workers, before the first run: imports, fonts."""

    @property
    def identity(self) -> str:
        return f"{self.function.__module__}:{self.function.__qualname__}"


class Target(NamedTuple):
    """Something to be made. A plain tuple, for there may be ten thousand of them on a run that has nothing to do."""

    name: str
    """Unique, and what people call it: the path of its fact file."""
    steps: tuple[Step, ...]
    values: tuple[Plain, ...] = ()
    """Given to each step that takes no parts."""


def split_part(address: str) -> tuple[str, str]:
    """`"page.print"` as step and part."""
    step, _, part = address.partition(".")
    return step, part
