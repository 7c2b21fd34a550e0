"""Reports invisible characters in a file, in escapes and in character references."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice

from generator.problems import Code, Location, Problem, Severity
from generator.syntax.characters import Invisible, invisible

INVISIBLE_CHARACTER = Code("invisible-character", Severity.ERROR)
CODES = (INVISIBLE_CHARACTER,)

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_MOST = 200
"""Most invisible characters that are reported in one file."""


def in_file(text: str, file: str) -> tuple[Problem, ...]:
    """Return the invisible characters of a whole file, comments included, each at its place."""
    return tuple(_problem(one, _place(text, one.offset, file)) for one in islice(invisible(text), _MOST))


def escaped(value: str, raw: str, place: Location) -> Iterator[Problem]:
    r"""Yield those that a double-quoted scalar writes as escapes (`"\u202E"`), at the place of the scalar."""
    if "\\" in raw and not any(invisible(raw)):
        yield from (_problem(one, place) for one in islice(invisible(value), 1))


def referenced(value: str, text: str, start: int, end: int, place: Location) -> Iterator[Problem]:
    """Yield the first one that a character reference (`&#x202E;`) in a scalar means, as Markdown prints it.

    The scalar is `text[start:end]` and begins at `place`.
    """
    if "&" not in value:
        return
    references: dict[int, str] = {}
    plain, at, length = [], 0, 0
    for match in _REFERENCE.finditer(value):
        plain += [value[at : match.start()], html.unescape(match[0])]
        references[length + match.start() - at] = match[0]
        length, at = length + match.start() - at + len(plain[-1]), match.end()
    for one in invisible("".join((*plain, value[at:]))):
        if written := references.get(one.offset):
            offset = text.find(written, start, end)
            found_at = place if offset < 0 else _place(text, offset, place.file, len(written))
            yield _problem(one, found_at, f"{written} means the invisible character {one.name}")
            return


def _place(text: str, offset: int, file: str, length: int = 1) -> Location:
    line_start = text.rfind("\n", 0, offset) + 1
    return Location(file, text.count("\n", 0, offset) + 1, offset - line_start + 1, length)


def _problem(one: Invisible, place: Location, message: str = "") -> Problem:
    hint = "delete it; to set a quotation from right to left, use `direction: rtl`" if one.turns else "delete it"
    return INVISIBLE_CHARACTER.at(place, message or f"there is an invisible character here: {one.name}", hint)
