"""What a step made, as one cache entry that carries its trace. Knows neither where entries lie nor whether the trace holds.

An entry is a line of JSON and then all parts and outputs, end to end: `[trace, notes, [[part, size], ...], [[output, size], ...]]`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.build import digest
from generator.build.made import Made
from generator.build.reads import Read
from generator.build.records import StepRecord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.build.cache import Cache


def recorded(name: str, key: str, made: Made, trace: tuple[Read, ...], seconds: float = 0.0) -> StepRecord:
    """What the state remembers of a step's result."""
    return StepRecord(name, key, trace, _digests(made.parts), _digests(made.outputs), tuple(made.notes), seconds)


def put(cache: Cache, record: StepRecord, made: Made) -> None:
    header = [record.trace, list(made.notes), _sizes(made.parts), _sizes(made.outputs)]
    blobs = [*made.parts.values(), *made.outputs.values()]
    cache.put(address(record.key), b"\n".join([json.dumps(header).encode(), b"".join(blobs)]))


def get(cache: Cache, name: str, key: str) -> tuple[StepRecord, Made] | None:
    """The last result that was kept under a step's key; whether its trace still holds is for the caller to see."""
    entry = cache.get(address(key))
    if entry is None:
        return None
    head, _, body = entry.partition(b"\n")
    lines, notes, parts, outputs = json.loads(head)
    blobs = _cut(body, [*parts, *outputs])
    made = Made(dict(blobs[: len(parts)]), dict(blobs[len(parts) :]), notes)
    return recorded(name, key, made, tuple(Read(*line) for line in lines)), made


def address(key: str) -> str:
    """Where a step's result lies in the cache; the number is the version of the entry's format."""
    return digest.of_plain(["kept", 1, key])


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: digest.of_bytes(content) for name, content in contents.items()}


def _sizes(contents: Mapping[str, bytes]) -> list[tuple[str, int]]:
    return [(name, len(content)) for name, content in contents.items()]


def _cut(body: bytes, sizes: Sequence[tuple[str, int]]) -> list[tuple[str, bytes]]:
    blobs, start = [], 0
    for name, size in sizes:
        blobs.append((name, body[start : start + size]))
        start += size
    return blobs
