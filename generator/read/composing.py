"""YAML text -> PyYAML's nodes, within limits that come before the parser's own.

libyaml builds nodes by recursion: some hundred thousand brackets would end the process. Its events need no recursion, so they are
counted first. This takes a seventh of the time of building the nodes.
"""

from __future__ import annotations

from typing import Any

import yaml

MAX_NODES = 100_000
MAX_DEPTH = 60
DEEP = f"nested more than {MAX_DEPTH} levels deep"


class TooMuch(yaml.YAMLError):
    """The text holds more values or levels than a file may, from this line and column on, both counted from 1."""

    def __init__(self, message: str, mark: Any) -> None:
        super().__init__(message)
        self.line: int = mark.line + 1 if mark else 1
        self.column: int = mark.column + 1 if mark else 1


def compose(text: str) -> yaml.Node | None:
    """Return the root node; None where the text holds nothing. Raises yaml.YAMLError, also TooMuch."""
    try:
        _count(text)
    except yaml.MarkedYAMLError as error:  # newer versions of libyaml have a limit of their own
        if "nesting depth" in f"{error.problem} {error.context}":
            raise TooMuch(DEEP, error.problem_mark or error.context_mark) from None
        raise
    root: yaml.Node | None = yaml.compose(text, Loader=yaml.CSafeLoader)
    return root


def _count(text: str) -> None:
    depth = nodes = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            if depth > MAX_DEPTH:
                raise TooMuch(DEEP, event.start_mark)
            if nodes > MAX_NODES:
                raise TooMuch(f"more than {MAX_NODES:,} values", event.start_mark)
