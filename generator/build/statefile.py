"""The state on disk: one text file of three lines. Knows nothing of what is in the records.

    policy-brief-generator build state 2 <characters in the next line> <its crc32> <crc32 of the last line>
    {"paths": [...], "marks": "<base64>", ...}         what every run needs
    {"owners": [...], "texts": [...], ...}             what only a run that has something to do needs

Why columns, and why two lines: of ten thousand targets with three outputs and eight reads each, the first line loads in some ten
milliseconds this way, and both in a hundred; as one JSON object a target, or rows of SQLite, they take several times that. A
file that is missing, cut short, damaged, of another version or of another shape is an empty state: build again. The check sums
are against accidents; whoever can write the file can write them too, so every value is checked for its shape.
"""

from __future__ import annotations

import json
import zlib
from array import array
from binascii import a2b_base64, b2a_base64
from typing import TYPE_CHECKING, Any

from generator.build import digest
from generator.build.identity import listing
from generator.build.reads import Kind, Read, split_entry
from generator.build.shapes import all_within, any_note, expect, notes, numbers, text_map, texts
from generator.build.signature import UNKNOWN
from generator.build.state import Remark, State, no_details
from generator.garbage import garbage_left
from generator.regular import open_regular

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from generator.build.details import Details
    from generator.build.shapes import IsNote

MAGIC = b"policy-brief-generator build state 2"
"""The number is the version of the format; count it up with every change to what is written."""

WIDTH = 2 * digest.SIZE

DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading something else than a state may raise."""

MAX_BYTES = 1 << 28
"""Bytes of the largest state that is read: that of about a hundred thousand targets."""


def load(path: Path, is_note: IsNote = any_note) -> State:
    """The state in a file, or an empty one if there is none that can be used; each note in it fits `is_note`."""
    try:
        with open_regular(path, MAX_BYTES) as file, garbage_left():
            length, crc, rest_crc = _header(file.readline(200))
            expect(length <= MAX_BYTES)
            head = file.read(length)
            return _state(head, crc, Stored(path, file.tell(), rest_crc, is_note))
    except DAMAGE:
        return State(changed=True)


def save(path: Path, state: State) -> None:
    """Raises CannotWrite, and leaves the old state then."""
    from generator.build import atomic  # here, because a build with nothing to do writes nothing

    state.compact()
    head, rest = _line(_head(state, state.details)), _line(_rest(state.details))
    header = b"%s %d %08x %08x\n" % (MAGIC, len(head), zlib.crc32(head), zlib.crc32(rest))
    atomic.write(path, header + head + rest, durable=True)
    state.changed = False


def _header(line: bytes) -> tuple[int, int, int]:
    magic, length, crc, rest_crc = line.rsplit(b" ", 3)
    if magic != MAGIC:
        raise ValueError("not a state of this version")
    return int(length), int(crc, 16), int(rest_crc, 16)


def _line(columns: dict[str, Any]) -> bytes:
    return json.dumps(columns, separators=(",", ":")).encode() + b"\n"


def _checked(line: bytes, crc: int) -> Any:
    if zlib.crc32(line) != crc:
        raise ValueError("damaged")
    return json.loads(line)


def _head(state: State, details: Details) -> dict[str, Any]:
    known = details.identities.keys()
    return {
        "listing": listing(details.identities),
        "paths": list(details.inputs),
        "marks": _packed(details.inputs, state.marks),
        "outputs": list(details.outputs),
        "output_marks": _packed(details.outputs, state.output_marks),
        "watched": [[number, *read] for number, read in enumerate(details.reads) if not _follows(read, details)],
        "strays": sorted({*details.owners.values()} - known),
        "remarks": {name: remark for name, remark in state.remarks.items() if name in known},
    }


def _follows(read: Read, details: Details) -> bool:
    """Whether a line of a trace holds as long as the file that it is about has not changed."""
    if read.kind == Kind.FILE:
        return details.inputs.get(read.name) == read.digest
    if read.kind != Kind.ENTRY:
        return False
    path, key = split_entry(read.name)
    return path in details.inputs and details.entries.get(path, {}).get(key) == read.digest


def _state(line: bytes, crc: int, stored: Stored) -> State:
    head = _checked(line, crc)
    stored.paths, stored.outputs = texts(head["paths"]), texts(head["outputs"])
    expect(type(head["listing"]) is str)
    return State(
        listing=head["listing"],
        marks=_zipped(head["paths"], _unpacked(head["marks"])),
        output_marks=_zipped(head["outputs"], _unpacked(head["output_marks"])),
        watched=[(number, Read(*texts(read))) for number, *read in head["watched"]],
        strays=texts(head["strays"]),
        remarks={name: _remark(said, stored.is_note) for name, said in head["remarks"].items()},
        open_details=stored.details,
    )


def _remark(said: Any, is_note: IsNote) -> Remark:
    refused, left = said
    expect(type(refused) is bool)
    return Remark(refused, notes(left, is_note))


def _rest(details: Details) -> dict[str, Any]:
    owners = list(dict.fromkeys(details.owners.values()))
    numbers = {name: number for number, name in enumerate(owners)}
    return {
        "inputs": _joined(details.inputs.values()),
        "entries": details.entries,
        "outputs": _joined(details.outputs.values()),
        "owners": owners,
        "owned": [numbers[details.owners[path]] for path in details.outputs],
        "reads": [list(column) for column in zip(*details.reads, strict=True)],
        "names": list(details.identities),
        "identities": list(details.identities.values()),
        "traces": [details.traces[name] for name in details.identities],
        "texts": [details.texts[name] for name in details.identities],
    }


class Stored:
    """The last line of a state file, until it is asked for."""

    def __init__(self, path: Path, offset: int, crc: int, is_note: IsNote) -> None:
        self.is_note = is_note
        self._path = path
        self._offset = offset
        self._crc = crc
        self.paths: list[str] = []
        self.outputs: list[str] = []

    def details(self) -> Details:
        """None at all if the line is damaged: what rests on them is built again."""
        try:
            with open_regular(self._path, MAX_BYTES) as file, garbage_left():
                file.seek(self._offset)
                return self._opened(_checked(file.read(), self._crc))
        except DAMAGE:
            return no_details()

    def _opened(self, rest: dict[str, Any]) -> Details:
        from generator.build.details import Details

        owners, names, lines = texts(rest["owners"]), texts(rest["names"]), _lines(rest["reads"])
        all_within(self.outputs)
        return Details(
            inputs=_zipped(self.paths, _cut(rest["inputs"])),
            entries={path: text_map(entries) for path, entries in rest["entries"].items()},
            outputs=_zipped(self.outputs, _cut(rest["outputs"])),
            owners=_zipped(self.outputs, [owners[number] for number in numbers(rest["owned"], len(owners))]),
            reads=lines,
            identities=_zipped(names, texts(rest["identities"])),
            traces=_zipped(names, [_trace(lists, len(lines)) for lists in rest["traces"]]),
            texts=_zipped(names, texts(rest["texts"])),
            is_note=self.is_note,
        )


def _lines(columns: Any) -> list[Read]:
    """Lines of traces from their three columns: kinds, names, digests."""
    expect(type(columns) is list)
    kinds, names, found = map(texts, columns) if columns else ([], [], [])
    return [Read(*line) for line in zip(kinds, names, found, strict=True)]


def _trace(lists: Any, below: int) -> list[list[int]]:
    expect(type(lists) is list)
    return [numbers(each, below) for each in lists]


def _packed(paths: Iterable[str], marks: Mapping[str, int]) -> str:
    return b2a_base64(array("q", (marks.get(path, UNKNOWN) for path in paths)).tobytes(), newline=False).decode()


def _unpacked(text: str) -> array[int]:
    return array("q", a2b_base64(text))


def _joined(digests: Iterable[str]) -> str:
    return "".join(known.ljust(WIDTH) for known in digests)


def _cut(text: Any) -> list[str]:
    expect(type(text) is str)
    return [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]


def _zipped(keys: list[str], values: Any) -> dict[str, Any]:
    return dict(zip(keys, values, strict=True))
