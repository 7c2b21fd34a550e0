"""Finds which parts of a file could not be read, from the problems of reading it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from generator.problems import Location, Problem
from generator.problems.unread import END, ITSELF, NOWHERE, WHOLE_FILE, Point, Unread
from generator.read.nodes import Document, Mapped, Node, Scalar, Sequence

MOST = 100
"""Most errors of a file; with more, no conclusions are drawn from it, because finding the parts of each would take time."""

Path = tuple[int | str, ...]
Span = tuple[Point, Point]


def settle(document: Document, problems: Iterable[Problem]) -> tuple[tuple[Problem, ...], tuple[Unread, ...]]:
    """Return the problems of reading that the problems of the text did not cause, and the parts that could not be read.

    Parts are named from the records of the file down.
    """
    problems = tuple(problems)
    text = tuple(islice(_errors(document.problems), MOST))
    parts_of_text = {_part(document, problem) for problem in text}
    own = tuple(
        one
        for one in problems
        if not text
        or not (_within(_part(document, one), parts_of_text) or any(_covers(one.place, other.place) for other in text))
    )
    errors = [*_errors(document.problems), *_errors(problems)]
    if not isinstance(document.root, Mapped) or len(errors) > MOST:
        return own, (Unread(WHOLE_FILE, document.file),)
    return own, tuple(dict.fromkeys(one for problem in errors for one in _unread(document, problem)))


def of_shared_file(name: str, unread: Iterable[Unread]) -> tuple[Unread, ...]:
    """Return the parts for a file that all briefs share: named from the file down, and relevant to every record."""
    parts = [one.part for one in unread if (one.start, one.end) == (NOWHERE, END)]
    return tuple(Unread(f"/{name}" if part == WHOLE_FILE else f"/{name}.{part}") for part in parts)


def _errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    return (problem for problem in problems if problem.is_error)


def _unread(document: Document, problem: Problem) -> Iterator[Unread]:
    """Yield what a problem makes unreadable: nothing, if it depends on other parts and is reported at a record."""
    part = _part(document, problem)
    if not problem.rests_on or isinstance(_node(document, part), Scalar):
        yield from (replace(one, cause=(problem.code, problem.place)) for one in _seen(document, part))


def _node(document: Document, part: Path) -> Node | None:
    node: Node | None = document.root
    for step in part:
        node, _ = _child(node, step, (NOWHERE, END))
    return node


def _covers(place: Location, other: Location) -> bool:
    return place.line == other.line and place.column <= other.column < place.column + place.length


def _within(part: Path, wholes: Iterable[Path]) -> bool:
    return any(part[: len(whole)] == whole for whole in wholes)


def _part(document: Document, problem: Problem) -> Path:
    """Return the keys and indices that lead to what a problem makes unreadable."""
    if problem.part is not None:
        return problem.part
    return tuple(step for step, _ in _way(document.root, problem.place)) if document.root else ()


def _seen(document: Document, part: Path) -> Iterator[Unread]:
    """Yield the part as each record around it sees it, and as itself."""
    node: Node | None = document.root
    span: Span = (NOWHERE, END)
    if not part:
        yield Unread(WHOLE_FILE, document.file)
    for depth, step in enumerate(part):
        name = ".".join(str(one) for one in part[depth:] if isinstance(one, str))
        if isinstance(node, Mapped):
            yield Unread(name, document.file, *span)
        node, span = _child(node, step, span)
    if part and node is not None:
        yield Unread(ITSELF, document.file, *span)


def _way(node: Node | None, place: Location) -> Iterator[tuple[int | str, Span]]:
    """Yield the steps from a node to the innermost key or item at a place."""
    at, span = (place.line, place.column), (NOWHERE, END)
    while node is not None and not isinstance(node, Scalar):
        before = [(step, start) for step, start in _starts(node) if start <= at]
        if not before:
            return
        step = before[-1][0]
        node, span = _child(node, step, span)
        yield step, span
        if node is not None and _point(node.place) > at:
            return


def _child(node: Node | None, step: int | str, span: Span) -> tuple[Node | None, Span]:
    """Go one step down; return the node there, and the span that it covers."""
    starts = _starts(node) if node is not None else []
    ends = [*(start for _, start in starts[1:]), span[1]]
    for (one, start), end in zip(starts, ends, strict=False):
        if one == step and isinstance(node, Sequence) and isinstance(step, int):
            return node.items[step], (start, end)
        if one == step and isinstance(node, Mapped):
            return node.entries[str(step)], (start, end)
    return None, span


def _starts(node: Node) -> list[tuple[int | str, Point]]:
    """Return each key or index with its place, in the order of the file."""
    if isinstance(node, Sequence):
        return [(index, _point(item.place)) for index, item in enumerate(node.items)]
    if isinstance(node, Mapped):
        return [(key, _point(place)) for key, place in node.keys.items()]
    return []


def _point(place: Location) -> Point:
    return place.line, place.column
