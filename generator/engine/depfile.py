"""Writes dependencies of outputs as rules for make or ninja.

For projects whose own build calls this one. Sources of the syntax: GNU make manual, 4.2 "Rule Syntax"; ninja manual, "Depfile".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from generator.engine import atomic, db_format
from generator.engine.db import Database
from generator.engine.trace import paths_read


class Syntax(StrEnum):
    MAKE = "make"
    NINJA = "ninja"


class Rule(NamedTuple):
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]


def write(path: Path, *, store: Path, root: str = ".", out: str = "build", syntax: Syntax = Syntax.MAKE) -> None:
    """Write the rules of all targets of the last build. `root` and `out` are the folders as the other build names them.

    Raises CannotWrite.
    """
    rules = rules_of(db_format.load(store / "database"), root, out)
    atomic.write(path, text(rules, syntax).encode("utf-8", "surrogateescape"))


def rules_of(db: Database, root: str, out: str) -> list[Rule]:
    """Return one rule for each target with outputs, those in hidden folders apart, which the build keeps for itself.

    A rejected or failed target has the outputs of its last good run.
    """
    rules = []
    for name in db.identities:
        record = db.target(name)
        outputs = tuple(f"{out}/{path}" for path in sorted(db.owned_by(name)) if not path.startswith("."))
        if record and outputs:
            lines = [read for step in record.steps for read in step.trace]
            rules.append(Rule(outputs, tuple(_under(root, path) for path in paths_read(lines))))
    return rules


def text(rules: Iterable[Rule], syntax: Syntax) -> str:
    """Return the rules as text. For make, each input also gets a rule without a recipe, so a deleted input is no error."""
    written = list(rules)
    lines = [f"{_targets(rule.outputs, syntax)}: {' '.join(map(escaped, rule.inputs))}" for rule in written]
    if syntax == Syntax.MAKE:
        lines += [
            f"{_targets([path], syntax)}:" for path in dict.fromkeys(path for rule in written for path in rule.inputs)
        ]
    return "".join(f"{line}\n" for line in lines)


def escaped(path: str) -> str:
    """Return a path as one word of a rule. A backslash is doubled only if it would otherwise escape the next character.

    Raises ValueError for a path with a line break, which neither language can write.
    """
    if "\n" in path or "\r" in path:
        raise ValueError(f"a path with a line break cannot be written to a depfile: {path!r}")
    spelt = re.sub(r"(?<!\\)(\\*+)([ \t#:])", lambda match: f"{match[1]}{match[1]}\\{match[2]}", path)
    return spelt.replace("$", "$$")


def _targets(paths: Iterable[str], syntax: Syntax) -> str:
    """Escape targets. In make, a bare `%` left of the colon is a pattern."""
    words = " ".join(map(escaped, paths))
    return words.replace("%", r"\%") if syntax == Syntax.MAKE else words


def _under(root: str, path: str) -> str:
    return path if path.startswith("/") or root in ("", ".") else f"{root}/{path}"
