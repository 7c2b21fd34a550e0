"""How targets are made, as texts that can be compared: one for each target, and one for all of them.

Knows targets and their steps; not what was made of them.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.build import digest
from generator.build.faults import DuplicateTarget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from generator.build.step import Step, Target


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


def listing(identities: Mapping[str, str]) -> str:
    """The digest of all targets and how they are made; their order does not count."""
    return digest.of_text("\n".join(sorted([f"{name!r} {identity}" for name, identity in identities.items()])))


def _way(steps: Iterable[Step]) -> str:
    """A digest, which is shorter: there may be ten thousand texts that begin with it."""
    text = " ".join(f"{step.name}={step.identity}({','.join(step.takes)})" for step in steps)
    return digest.of_text(text)[:16]
