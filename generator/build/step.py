"""What there is to do: targets, and the steps that make them. Knows not how they are run, nor what they hand back.

Plain tuples, for there may be ten thousand targets on a run that has nothing to do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from generator.build.made import Made, Refused

    Function: TypeAlias = Callable[..., Made | Refused]
    Accepts: TypeAlias = Callable[[Mapping[str, bytes]], bool]
    """Whether parts, by name, are such as a step makes."""

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""What JSON can hold. Only such values are written to the state, so that reading it back can run no code."""


def accept_all(_: Mapping[str, bytes]) -> bool:
    return True


class Step(NamedTuple):
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
