"""What is known while a file is read, and which of its parts could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from generator.languages import primary
from generator.model import Text
from generator.problems import Location, Problem
from generator.problems.problem import END, ITSELF, NOWHERE, WHOLE_FILE, Point, Unread
from generator.read.yaml_nodes import Document, Mapped, Node, Scalar, Sequence

HINTS = 200
"""Problems of a file up to which the nearest known name is suggested, because each search takes time."""
UNREAD: Any = object()
"""Replaces a value that could not be read. There is a problem, unless an optional value is missing."""
Path = tuple[int | str, ...]
"""Keys and indices, from the file down."""
Values = dict[str, Any]
"""The values of the fields of a record, by their names in the record."""


@dataclass(slots=True)
class Record:
    """A record that is being read."""

    node: Mapped
    place: Location
    entry: str = ""
    """The key of the mapping entry that contains it, or contains a record around it."""
    outer: Record | None = None
    values: Values = field(default_factory=dict)
    """The fields that have been read."""
    lines: list[Text] = field(default_factory=list)
    """Its lines in which quotation marks are read as those of a quotation."""

    def around(self, name: str) -> Any:
        """Return the value of a field in the innermost record around this one that has it; None if there is none."""
        record = self.outer
        while record is not None:
            if name in record.values:
                return record.values[name]
            record = record.outer
        return None


@dataclass(frozen=True, slots=True)
class At:
    """The place of a value."""

    name: int | str
    """What messages call it: its key, or its number in a list."""
    key_place: Location | None
    path: Path
    record: Record
    quotations: bool = False
    """Whether all words in quotation marks in it are read as quotations; otherwise terms of a few words are not."""
    is_entry: bool = False
    """Whether its key is one that the author chose."""
    is_required: bool = False
    """Whether its record has to have it."""

    @property
    def place(self) -> Location:
        """Return the place of its key, or of the record that contains it."""
        return self.key_place or self.record.place

    def item(self, index: int) -> At:
        return At(index, None, (*self.path, index), self.record, self.quotations)

    def entry(self, key: str, place: Location) -> At:
        return At(key, place, (*self.path, key), self.record, self.quotations, is_entry=True)


@dataclass(slots=True)
class Languages:
    """Which of the texts that are given by language is read, and the result."""

    wanted: str
    own: str
    """The language of the file, which a text has if it is not given by language."""
    given: dict[str, None] = field(default_factory=dict)
    """All languages in which a text is given."""
    bound: list[Text] = field(default_factory=list)
    """Names and places of the texts that belong to a language."""
    missing: list[Text] = field(default_factory=list)
    """Those that are missing in the wanted language."""

    @property
    def is_own(self) -> bool:
        """Whether a text that is not given by language is in the wanted one."""
        return nearest_language([self.own], self.wanted) != ""

    def choose(self, tags: Iterable[str]) -> tuple[str, bool]:
        """Return the tag to read, of the languages in which a text is given; and whether it serves the wanted language."""
        tags = tuple(tags)
        chosen = nearest_language(tags, self.wanted)
        return chosen or nearest_language(tags, self.own) or tags[0], chosen != ""


@dataclass(slots=True)
class Reading:
    """One file while it is read."""

    document: Document
    language: str = "en"
    """The language of amounts and of the labels of locators."""
    languages: Languages | None = None
    makers: Mapping[type, Callable[[Values, Record, Reading], Any]] = field(default_factory=dict)
    """Functions that make records whose fields depend on one another; all others are made from their values alone."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def hints(self) -> bool:
        """Whether the nearest known name is suggested."""
        return len(self.problems) < HINTS


def nearest_language(tags: Iterable[str], language: str) -> str:
    """Return the BCP 47 tag that serves a language: itself, its base, or another country's; "" for none."""
    base = primary(language)
    same = [tag for tag in tags if primary(tag) == base]
    return min(same, key=lambda tag: (tag.lower() != language.lower(), tag.lower() != base), default="")


MOST = 100
"""Most errors of a file; with more, no conclusions are drawn from it, because finding the parts of each would take time."""
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
