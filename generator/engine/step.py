"""Targets, the steps that make them, and one run of a step: its task, its result and its answer.

Targets and steps are plain tuples, because a run with nothing to do may have ten thousand targets.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from generator.engine import digest
from generator.engine.errors import DuplicateTarget
from generator.engine.plain_data import Plain
from generator.engine.stat import FileStat
from generator.engine.trace import Read, Reads, World

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


@dataclass(frozen=True, slots=True)
class Deferred:
    """A function by its address, `package.module:name`. The process that calls it imports the module, and no other does."""

    address: str

    def __call__(self, *arguments: object) -> Any:
        module, _, name = self.address.partition(":")
        return getattr(import_module(module), name)(*arguments)


class Step(NamedTuple):
    """One step of a target. All targets that are made in the same way share it."""

    name: str
    function: Function
    """Importable from the top of its module, or deferred. Called as `function(reads, *target.values)`, or, when the step takes
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
        function = self.function
        return function.address if isinstance(function, Deferred) else f"{function.__module__}:{function.__qualname__}"


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


# ---------------------------------------------------------------- one run of a step


class FailureKind(StrEnum):
    CRASHED = "crashed"
    """The step raised an exception: a bug."""
    DIED = "died"
    CPU = "cpu"
    WALL = "wall"
    STUCK = "stuck"
    """Its process waited without progress."""
    MEMORY = "memory"
    UNWRITABLE = "unwritable"
    """The outputs could not be written."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a target could not be made, other than wrong content."""

    kind: FailureKind
    message: str
    """One sentence for people."""
    detail: str = ""
    """The traceback, if there was one."""


@dataclass(frozen=True, slots=True)
class Task:
    """Picklable: a function, plain values and bytes."""

    number: int
    label: str
    """`target: step`, for people."""
    function: Function
    arguments: tuple[object, ...]
    world: World
    warm: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    number: int
    result: Made | Rejected | Failure
    trace: tuple[Read, ...] = ()
    stats: Mapping[str, tuple[FileStat, str]] = field(default_factory=dict)
    seconds: float = 0.0


def run(task: Task, warmed: list[Callable[[], object]], reads: Reads | None = None) -> TaskAnswer:
    """Run a step in this process, after its warm-up if needed. Exceptions become failures, except Ctrl-C and similar."""
    reads = reads or Reads(task.world)
    start = time.perf_counter()
    result: Made | Rejected | Failure
    try:
        if task.warm is not None and task.warm not in warmed:
            task.warm()
            warmed.append(task.warm)
        result = checked(task.function(reads, *task.arguments))
    except MemoryError:
        result = Failure(FailureKind.MEMORY, "it needed more memory than it may use")
    except Exception as fault:
        message = f"{type(fault).__name__}: {fault}".strip().removesuffix(":")
        result = Failure(FailureKind.CRASHED, message, _traceback())
    return TaskAnswer(task.number, result, reads.lines(), reads.stats, time.perf_counter() - start)


def _traceback() -> str:
    from traceback import format_exc  # imported here, because few runs need it

    return format_exc()


def checked(result: object) -> Made | Rejected:
    """Return a result. Raises TypeError if the database could not store it."""
    if not isinstance(result, Made | Rejected):
        raise TypeError(f"a step must return Made or Rejected, not {type(result).__name__}")
    digest.canonical(list(result.notes))
    return result
