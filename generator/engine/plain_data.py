"""Checks that values read from a file, a cache or a network have the shape that was written.

A digest shows that bytes are whole, not who wrote them. So every value is checked for its type before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Plain: TypeAlias = "bool | int | float | str | Sequence[Plain] | Mapping[str, Plain] | None"
"""What JSON can hold. Only such values are written to the database, so that reading it back can run no code."""

IsNote: TypeAlias = "Callable[[Plain], bool]"
"""Whether a note is one that the steps of this build leave."""


class WrongShape(ValueError):
    """A value is not what this program writes."""


def expect(fits: object) -> None:
    """Raises WrongShape where a check fails."""
    if not fits:
        raise WrongShape


def any_note(_: Plain) -> bool:
    return True


def texts(values: Any) -> list[str]:
    """Return a list of strings as it is. Raises WrongShape for anything else."""
    expect(type(values) is list and set(map(type, values)) <= {str})
    found: list[str] = values
    return found


def text_map(value: Any) -> dict[str, str]:
    """Return a JSON object whose values are strings as it is. Raises WrongShape for anything else."""
    expect(type(value) is dict and set(map(type, value.values())) <= {str})
    found: dict[str, str] = value
    return found


def numbers(values: Any, below: int) -> list[int]:
    """Return a list of whole numbers from 0 to `below` as it is. Raises WrongShape for anything else."""
    expect(type(values) is list and set(map(type, values)) <= {int})
    expect(not values or (min(values) >= 0 and max(values) < below))
    found: list[int] = values
    return found


def notes(values: Any, is_note: IsNote) -> tuple[Plain, ...]:
    """Return notes as a tuple. Raises WrongShape where one is not what `is_note` knows."""
    expect(type(values) is list and all(map(is_note, values)))
    return tuple(values)


def seconds(value: Any) -> float:
    """Return a duration as it is. Raises WrongShape where it is no number from 0 to a year."""
    expect(type(value) in (int, float) and 0 <= value < 3.2e7)
    return float(value)


def within(path: str) -> bool:
    """Whether a path names something below the folder that it is relative to, in the shortest way."""
    try:
        path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return "\0" not in path and not {"", ".", ".."}.intersection(path.split("/"))


def all_within(paths: Iterable[str]) -> None:
    """Raises WrongShape where a path leads out of the folder that it is relative to."""
    expect(all(map(within, paths)))


def sizes(contents: Mapping[str, bytes]) -> list[tuple[str, int]]:
    return [(name, len(content)) for name, content in contents.items()]


def cut(body: bytes, sizes: Any) -> list[tuple[str, bytes]]:
    """The named bytes that a body is made of. Raises WrongShape unless the sizes add up to the whole body.

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
