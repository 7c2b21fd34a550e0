"""Encodes a step result and its trace as one cache entry.

Somebody else may have written an entry, so an entry of another shape counts as missing and is removed.
An entry is a line of JSON followed by all parts and outputs: `[trace, notes, [[part, size], ...], [[output, size], ...]]`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.engine import digest, plain_data
from generator.engine.db import StepRecord
from generator.engine.plain_data import all_within, any_note, expect, notes, texts
from generator.engine.step import Made, accept_all
from generator.engine.trace import Read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from generator.engine.cache import Cache
    from generator.engine.plain_data import IsNote
    from generator.engine.step import Accepts


def step_record(name: str, key: str, made: Made, trace: tuple[Read, ...], seconds: float = 0.0) -> StepRecord:
    """Return the database record of a step's result."""
    return StepRecord(name, key, trace, _digests(made.parts), _digests(made.outputs), tuple(made.notes), seconds)


def put_result(cache: Cache, record: StepRecord, made: Made) -> None:
    header = [record.trace, list(made.notes), plain_data.sizes(made.parts), plain_data.sizes(made.outputs)]
    contents = [*made.parts.values(), *made.outputs.values()]
    cache.put(address(record.key), b"\n".join([json.dumps(header).encode(), b"".join(contents)]))


def get_result(
    cache: Cache, name: str, key: str, accepts: Accepts = accept_all, is_note: IsNote = any_note
) -> tuple[StepRecord, Made] | None:
    """Return the last cached result of a step's key. The caller checks whether its trace is still valid.

    `accepts` checks the form of parts, `is_note` that of a note.
    """
    entry = cache.get(address(key))
    if entry is None:
        return None
    try:
        made, trace = _opened(entry, is_note)
        expect(accepts(made.parts))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        cache.drop(address(key))
        return None
    return step_record(name, key, made, trace), made


def _opened(entry: bytes, is_note: IsNote) -> tuple[Made, tuple[Read, ...]]:
    """Decode an entry. Raises ValueError, or one of `_MALFORMED`, for an entry of another shape."""
    head, _, body = entry.partition(b"\n")
    lines, left, parts, outputs = json.loads(head)
    expect(len(parts) == len(dict(parts)) and len(outputs) == len(dict(outputs)))
    all_within(texts([path for path, _ in outputs]))
    contents = plain_data.cut(body, parts + outputs)
    made = Made(dict(contents[: len(parts)]), dict(contents[len(parts) :]), notes(left, is_note))
    return made, tuple(_line(line) for line in lines)


def _line(line: Any) -> Read:
    kind, name, recorded = texts(line)
    return Read(kind, name, recorded)


def address(key: str) -> str:
    """Return the cache key of a step's result; the number is the version of the entry's format."""
    return digest.of_plain(["kept", 2, key])


def _digests(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {name: digest.of_bytes(content) for name, content in contents.items()}
