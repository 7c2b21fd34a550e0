"""Checks the shape of values that come from a file, a cache or a network.

A digest shows that bytes are whole, not who wrote them. So every value is checked for its type before it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""A value of JSON. Only such values are written to the database, so reading it cannot run code."""

IsNote: TypeAlias = "Callable[[Plain], bool]"
"""Whether a note has the form of the notes that steps leave."""


class WrongShape(ValueError):
    """A value does not have the shape that this program writes."""


def expect(fits: object) -> None:
    """Raise WrongShape if a check fails."""
    if not fits:
        raise WrongShape


def any_note(_: Plain) -> bool:
    return True


def texts(values: Any) -> list[str]:
    """Return a list of strings unchanged. Raises WrongShape for anything else."""
    expect(type(values) is list and set(map(type, values)) <= {str})
    checked: list[str] = values
    return checked


def text_map(value: Any) -> dict[str, str]:
    """Return a JSON object whose values are strings unchanged. Raises WrongShape for anything else."""
    expect(type(value) is dict and set(map(type, value.values())) <= {str})
    checked: dict[str, str] = value
    return checked


def numbers(values: Any, below: int) -> list[int]:
    """Return a list of whole numbers from 0 to below `below` unchanged. Raises WrongShape for anything else."""
    expect(type(values) is list and set(map(type, values)) <= {int})
    expect(not values or (min(values) >= 0 and max(values) < below))
    checked: list[int] = values
    return checked


def notes(values: Any, is_note: IsNote) -> tuple[Plain, ...]:
    """Return notes as a tuple. Raises WrongShape if `is_note` rejects one."""
    expect(type(values) is list and all(map(is_note, values)))
    return tuple(values)


def seconds(value: Any) -> float:
    """Return a duration in seconds unchanged. Raises WrongShape unless it is a number from 0 to a year."""
    expect(type(value) in (int, float) and 0 <= value < 3.2e7)
    return float(value)


def within(path: str) -> bool:
    """Whether a path is below the folder that it is relative to, and written in the shortest way."""
    return _stays(f"/{path}/")


def all_within(paths: Sequence[str]) -> None:
    """Raise WrongShape if a path leaves the folder that it is relative to. All are checked as one, which is much quicker."""
    expect(not paths or _stays(f"/{'/'.join(paths)}/"))


def _stays(path: str) -> bool:
    """Whether a path between two slashes has no empty part, `.` or `..`, and nothing that no file name can have."""
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return not any(part in path for part in ("\0", "//", "/./", "/../"))


def sizes(contents: Mapping[str, bytes]) -> list[tuple[str, int]]:
    return [(name, len(content)) for name, content in contents.items()]


def cut(body: bytes, sizes: Any) -> list[tuple[str, bytes]]:
    """Return the named parts of a body. Raises WrongShape unless their sizes add up to the whole body.

    `sizes` are pairs of name and size in bytes, as JSON gives them.
    """
    expect(type(sizes) is list and all(type(pair) is list and len(pair) == 2 for pair in sizes))
    texts([name for name, _ in sizes])
    numbers([size for _, size in sizes], len(body) + 1)
    expect(sum(size for _, size in sizes) == len(body))
    blobs, start = [], 0
    for name, size in sizes:
        blobs.append((name, body[start : start + size]))
        start += size
    return blobs
