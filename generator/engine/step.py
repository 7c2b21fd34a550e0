"""Targets, the steps that make them, and the result of a step.

They are plain tuples, because a run with nothing to do may have ten thousand targets.
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
    """Whether parts, by name, have the form that a step makes."""


@dataclass(frozen=True, slots=True)
class Made:
    """Parts and outputs that a step made."""

    parts: Mapping[str, bytes] = field(default_factory=dict)
    """Bytes for later steps, by name. A later step with unchanged parts is not run."""
    outputs: Mapping[str, bytes] = field(default_factory=dict)
    """Contents of files by path relative to the output folder, written when the whole target has succeeded."""
    notes: Sequence[Plain] = ()
    """Values to show now and on every later run that skips the step, such as warnings."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The content is wrong, so the target cannot be made: the same reads would be rejected again."""

    notes: Sequence[Plain] = ()
    """The reasons, which are shown again until something that the step read changes."""


def accept_all(_: Mapping[str, bytes]) -> bool:
    return True


class Step(NamedTuple):
    """One step of a target. All targets that are made in the same way share it."""

    name: str
    function: Function
    """Importable from the top of its module. Called as `function(reads, *target.values)`, or, when the step takes
    parts, as `function(reads, *parts)`."""
    inputs: tuple[str, ...] = ()
    """Parts of earlier steps, `"page.print"` for part `print` of step `page`, passed as bytes in this order."""
    cached: bool = False
    """Whether to cache its result under the digest of its inputs."""
    warm: Callable[[], object] | None = None
    """Called once in each process that runs the step, before the first run, for imports and fonts."""
    accepts: Accepts = accept_all
    """Checks the parts of a cache entry before they are used, because somebody else may have written the entry."""

    @property
    def identity(self) -> str:
        return f"{self.function.__module__}:{self.function.__qualname__}"


class Target(NamedTuple):
    """Something to make."""

    name: str
    """Unique name for people: the path of its fact file."""
    steps: tuple[Step, ...]
    values: tuple[Plain, ...] = ()
    """Arguments of each step that takes no parts."""


def split_part(address: str) -> tuple[str, str]:
    """Split `"page.print"` into step and part."""
    step, _, part = address.partition(".")
    return step, part


def identities(targets: Sequence[Target]) -> dict[str, str]:
    """Return the text of each target, by name. Steps are shared by many targets, so theirs is made once. Raises DuplicateTarget."""
    ways: dict[int, str] = {}
    for _, steps, _ in targets:
        if id(steps) not in ways:
            ways[id(steps)] = _way(steps)
    texts = {name: f"{ways[id(steps)]} {values!r}" for name, steps, values in targets}
    if len(texts) < len(targets):
        raise DuplicateTarget(
            next(name for name, times in Counter(target.name for target in targets).items() if times > 1)
        )
    return texts


def _way(steps: Iterable[Step]) -> str:
    """Return a digest of the steps; it is short, because ten thousand texts may begin with it."""
    text = " ".join(f"{step.name}={step.identity}({','.join(step.inputs)})" for step in steps)
    return digest.of_text(text)[:16]
