"""File format of the database: a header, then a line of JSON.

    policy-brief-generator build database 4 <crc32 of the next line>
    {"paths": [...], "fingerprints": "<base64>", ...}

Why columns: ten thousand targets with three outputs and eight reads each load in a tenth of a second. One JSON object per target
takes several times as long. Rows of SQLite take as long, before any of their values is checked (`docs/benchmarks.md`). A file that
is missing, truncated, damaged, of another version or of another shape is an empty database, and everything is built again. The
checksum only detects accidents, because an attacker who can write the file can write a checksum; so the shape of every value is
checked.
"""

from __future__ import annotations

import json
import time
import zlib
from array import array
from binascii import a2b_base64, b2a_base64
from collections.abc import Iterable, Mapping
from itertools import accumulate, chain, pairwise
from operator import lt
from pathlib import Path
from typing import Any, TypeVar

from generator.engine import atomic, digest
from generator.engine.build_lock import BuildLock
from generator.engine.db import Database
from generator.engine.plain_data import IsNote, all_within, any_note, expect, numbers, text_map, texts
from generator.engine.stat import UNKNOWN
from generator.engine.trace import Read
from generator.system.garbage_collection import garbage_left
from generator.system.regular_files import open_regular

MAGIC = b"policy-brief-generator build database 4"
"""The number is the version of the format. Increase it with every change of the format."""

WIDTH = 2 * digest.SIZE

_T = TypeVar("_T")

DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""Exceptions that reading a malformed database may raise."""

MAX_BYTES = 1 << 28
"""Size of the largest database that is read, in bytes: about a hundred thousand targets."""

CHECKPOINT = 20
"""During a build, saving takes at most 5% of the time: this many times the cost of saving must pass in between."""

PAUSE = 1.0
"""Least time between two saves, in seconds."""


def load(path: Path, is_note: IsNote = any_note) -> Database:
    """Return the database in a file, or an empty one if it cannot be used. Each note in it passes `is_note`."""
    try:
        with open_regular(path, MAX_BYTES) as file, garbage_left():
            magic, _, crc = file.readline(200).rpartition(b" ")
            expect(magic == MAGIC)
            return _database(_checked(file.read(), int(crc, 16)), is_note)
    except DAMAGE:
        return Database(is_note=is_note, changed=True)


def save(path: Path, db: Database) -> None:
    """Write the database. Raises CannotWrite, and then leaves the old file."""
    db.compact()
    line = json.dumps(_columns(db), separators=(",", ":")).encode() + b"\n"
    atomic.write(path, b"%s %08x\n" % (MAGIC, zlib.crc32(line)) + line, durable=True)
    db.changed = False


class Checkpoint:
    """Saves a database at intervals and at the end, so a build that is killed keeps most of its work."""

    def __init__(self, path: Path, db: Database, lock: BuildLock) -> None:
        self._path = path
        self._db = db
        self._lock = lock
        self._due = time.perf_counter() + PAUSE

    def save(self) -> None:
        if self._db.changed:
            self._db.settle(self._lock.now())
            save(self._path, self._db)

    def save_if_due(self) -> None:
        start = time.perf_counter()
        if start > self._due:
            self.save()
            end = time.perf_counter()
            self._due = end + max(PAUSE, CHECKPOINT * (end - start))


def _checked(line: bytes, crc: int) -> Any:
    expect(zlib.crc32(line) == crc)
    return json.loads(line)


def _columns(db: Database) -> dict[str, Any]:
    """Return the database as plain values. Each long text is written once, and referred to by its number."""
    owners = list(dict.fromkeys(db.owners.values()))
    numbers = {name: number for number, name in enumerate(owners)}
    return {
        "paths": list(db.inputs),
        "inputs": _joined(db.inputs.values()),
        "fingerprints": _packed(db.inputs, db.fingerprints),
        "entries": db.entries,
        "output_paths": list(db.outputs),
        "outputs": _joined(db.outputs.values()),
        "output_fingerprints": _packed(db.outputs, db.output_fingerprints),
        "owners": owners,
        "owned": [numbers[db.owners[path]] for path in db.outputs],
        "reads": [list(column) for column in zip(*db.reads, strict=True)],
        "names": list(db.identities),
        "identities": list(db.identities.values()),
        **_trace_columns([db.traces[name] for name in db.identities]),
        "texts": [db.texts[name] for name in db.identities],
        "remarked": sorted(db.remarked),
    }


def _database(columns: Any, is_note: IsNote) -> Database:
    """Return the database from its plain values. Raises one of `DAMAGE` for values of another form."""
    paths, output_paths = texts(columns["paths"]), texts(columns["output_paths"])
    owners, names, reads = texts(columns["owners"]), texts(columns["names"]), _reads(columns["reads"])
    all_within(output_paths)
    return Database(
        inputs=_zipped(paths, _cut(columns["inputs"])),
        fingerprints=_zipped(paths, _unpacked(columns["fingerprints"])),
        entries={path: text_map(entries) for path, entries in columns["entries"].items()},
        outputs=_zipped(output_paths, _cut(columns["outputs"])),
        output_fingerprints=_zipped(output_paths, _unpacked(columns["output_fingerprints"])),
        owners=_zipped(output_paths, [owners[number] for number in numbers(columns["owned"], len(owners))]),
        reads=reads,
        identities=_zipped(names, texts(columns["identities"])),
        traces=_zipped(names, _traces(columns, len(reads))),
        texts=_zipped(names, texts(columns["texts"])),
        remarked=set(texts(columns["remarked"])),
        is_note=is_note,
    )


def _reads(columns: Any) -> list[Read]:
    """Return the lines of traces from their three columns: kinds, names, digests."""
    expect(type(columns) is list)
    kinds, names, digests = map(texts, columns) if columns else ([], [], [])
    return [Read(*line) for line in zip(kinds, names, digests, strict=True)]


def _trace_columns(traces: list[list[list[int]]]) -> dict[str, list[int]]:
    """Return the runs of all traces, one after another, with the length of each trace and the number of traces of each target."""
    steps = [runs for target in traces for runs in target]
    return {
        "traced": [len(target) for target in traces],
        "trace_lengths": [len(runs) for runs in steps],
        "runs": list(chain.from_iterable(steps)),
    }


def _traces(columns: Any, below: int) -> list[list[list[int]]]:
    """Return the traces of all targets. Written out, their runs may not have more numbers than a database has bytes."""
    runs = numbers(columns["runs"], below + 1)
    starts, ends = runs[::2], runs[1::2]
    expect(all(map(lt, starts, ends)) and sum(ends) - sum(starts) <= MAX_BYTES)
    lengths = numbers(columns["trace_lengths"], len(runs) + 1)
    expect(not any(length % 2 for length in lengths))
    return _divided(_divided(runs, lengths), numbers(columns["traced"], len(lengths) + 1))


def _divided(values: list[_T], sizes: list[int]) -> list[list[_T]]:
    """Return consecutive parts of these sizes. Raises WrongShape unless they add up to the whole."""
    expect(sum(sizes) == len(values))
    ends = list(accumulate(sizes, initial=0))
    return [values[start:end] for start, end in pairwise(ends)]


def _packed(paths: Iterable[str], fingerprints: Mapping[str, int]) -> str:
    return b2a_base64(array("q", (fingerprints.get(path, UNKNOWN) for path in paths)).tobytes(), newline=False).decode()


def _unpacked(text: str) -> array[int]:
    return array("q", a2b_base64(text))


def _joined(digests: Iterable[str]) -> str:
    return "".join(digest.ljust(WIDTH) for digest in digests)


def _cut(text: Any) -> list[str]:
    expect(type(text) is str)
    return [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]


def _zipped(keys: list[str], values: Any) -> dict[str, Any]:
    return dict(zip(keys, values, strict=True))
