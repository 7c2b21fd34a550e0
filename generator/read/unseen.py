"""Invisible characters in what authors write, as problems: in the text of a file, and in what its escapes stand for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.problems import Code, Location, Problem, Severity
from generator.syntax.invisible import Invisible, invisible

INVISIBLE_CHARACTER = Code(
    "invisible-character",
    Severity.ERROR,
    "A character that cannot be seen",
    "A character without a form of its own can reverse the order of the letters around it, or make two words look alike that "
    "are not, so that a reader sees something else than what is checked. None is allowed in any file, in comments and keys as "
    "little as in values: direction marks, overrides and isolates, zero-width spaces and joiners, soft hyphens, control "
    "characters. What scripts need is allowed: joiners between letters of Persian, Indic and other joining scripts, and those "
    "of emoji. For a quotation that reads from right to left, set `direction: rtl` in its record; the page then marks the "
    "direction itself, at both ends.",
    'title: "Chips\\u202E and rules"',
    "title: Chips and rules",
)
CODES = (INVISIBLE_CHARACTER,)

_MOST = 200
"""How many are reported in one file."""


def in_file(text: str, file: str) -> tuple[Problem, ...]:
    """Find the invisible characters of a whole file, comments included, each at its place."""
    return tuple(_problem(one, _place(text, one.offset, file)) for one in islice(invisible(text), _MOST))


def escaped(value: str, raw: str, place: Location) -> Iterator[Problem]:
    r"""Find those that a double-quoted scalar writes as escapes (`"\u202E"`), at the place of the scalar."""
    if "\\" in raw and not any(invisible(raw)):
        yield from (_problem(one, place) for one in islice(invisible(value), 1))


def _place(text: str, offset: int, file: str) -> Location:
    line_start = text.rfind("\n", 0, offset) + 1
    return Location(file, text.count("\n", 0, offset) + 1, offset - line_start + 1)


def _problem(one: Invisible, place: Location) -> Problem:
    hint = "delete it; `direction: rtl` sets a quotation from right to left" if one.turns else "delete it"
    return INVISIBLE_CHARACTER.at(place, f"the invisible character {one.name} stands here", hint)
