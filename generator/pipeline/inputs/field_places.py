"""The places of fields in their files, for problems of records that only know where they begin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator import project as files
from generator.engine import Reads
from generator.problems import Location, Problem
from generator.read.shape_problems import head
from generator.read.yaml_nodes import Mapped, Node, walk_nodes
from generator.read.yaml_text import parse_bytes


def value_place(reads: Reads, file: str, key: str) -> Location | None:
    """Return the place of the value of a key of the file itself; None if it is missing or the file cannot be read."""
    root = _root(reads, file)
    value = root.entries.get(key) if isinstance(root, Mapped) else None
    return value.place if value else None


def at_fields(reads: Reads, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems, each at the field that it is about (`Code.about`) if its record has this field."""
    return tuple(replace(one, place=_field_place(reads, one)) if one.about else one for one in problems)


def _field_place(reads: Reads, problem: Problem) -> Location:
    begin = (problem.place.line, problem.place.column)
    root = _root(reads, problem.place.file)
    for node in walk_nodes(root) if root else ():
        if not isinstance(node, Mapped):
            continue
        for record in _records_at(node, begin):
            if value := record.entries.get(problem.about):
                return head(value)
    return problem.place


def _records_at(node: Mapped, begin: tuple[int, int]) -> Iterator[Mapped]:
    """Yield the record that begins here, and the one under a key that is here."""
    if (node.place.line, node.place.column) == begin:
        yield node
    for key, value in node.entries.items():
        if isinstance(value, Mapped) and (node.keys[key].line, node.keys[key].column) == begin:
            yield value


def _root(reads: Reads, file: str) -> Node | None:
    content = files.content_of(reads.file, file)
    return None if isinstance(content, OSError) else parse_bytes(content, file)[0].root
