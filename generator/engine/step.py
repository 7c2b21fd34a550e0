"""What there is to do: targets, the steps that make them, and what a step hands back.

Plain tuples, for there may be ten thousand targets on a run that has nothing to do. Knows not how steps are run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from generator.engine import digest
from generator.engine.errors import DuplicateTarget
from generator.engine.plain_data import Plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Function: TypeAlias = "Callable[..., Made | Rejected]"
    Accepts: TypeAlias = Callable[[Mapping[str, bytes]], bool]
    """Whether parts, by name, are such as a step makes."""


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
class Rejected:
    """The content does not allow the target to be made: the same reads would be refused again."""

    notes: Sequence[Plain] = ()
    """Why, for people; kept, and shown again until something that the step read changes."""


def accept_all(_: Mapping[str, bytes]) -> bool:
    return True


class Step(NamedTuple):
    """One link of the chain that makes a target; shared by all targets that are made alike."""

    name: str
    function: Function
    """Importable from the top of its module. Called as `function(reads, *target.values)`, or, when the step takes
    parts, as `function(reads, *parts)`."""
    inputs: tuple[str, ...] = ()
    """Parts of earlier steps, `"page.print"` for part `print` of step `page`, handed over as bytes in this order."""
    cached: bool = False
    """Keep what it makes in the cache, under the digest of what it was given."""
    warm: Callable[[], object] | None = None
    """Called once in each process that runs the step, before the first run: imports, fonts."""
    accepts: Accepts = accept_all
    """Called with the parts in an entry of the cache, before they are used. Somebody else may have written the entry."""

    @property
    def identity(self) -> str:
        return f"{self.function.__module__}:{self.function.__qualname__}"


class Target(NamedTuple):
    """Something to be made."""

    name: str
    """Unique, and what people call it: the path of its fact file."""
    steps: tuple[Step, ...]
    values: tuple[Plain, ...] = ()
    """Given to each step that takes no parts."""


def split_part(address: str) -> tuple[str, str]:
    """`"page.print"` as step and part."""
    step, _, part = address.partition(".")
    return step, part


def identities(targets: Sequence[Target]) -> dict[str, str]:
    """The text of each target, by name. Steps are shared by many targets, so theirs is made once. Raises DuplicateTarget."""
    ways: dict[int, str] = {}
    for _, steps, _ in targets:
        if id(steps) not in ways:
            ways[id(steps)] = _way(steps)
    found = {name: f"{ways[id(steps)]} {values!r}" for name, steps, values in targets}
    if len(found) < len(targets):
        raise DuplicateTarget(
            next(name for name, times in Counter(target.name for target in targets).items() if times > 1)
        )
    return found


def _way(steps: Iterable[Step]) -> str:
    """A digest, which is shorter: there may be ten thousand texts that begin with it."""
    text = " ".join(f"{step.name}={step.identity}({','.join(step.inputs)})" for step in steps)
    return digest.of_text(text)[:16]
