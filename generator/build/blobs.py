"""Named bytes end to end, and the list of their sizes that says where each begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.build.shapes import expect, numbers, texts

if TYPE_CHECKING:
    from collections.abc import Mapping


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
