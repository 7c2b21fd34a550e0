"""The state on disk: one text file of three lines. Knows nothing of what is in the records.

    policy-brief-generator build state 1 <characters in the next line> <its crc32> <crc32 of the last line>
    {"paths": [...], "marks": "<base64>", ...}         what every run needs
    {"owners": [...], "texts": [...], ...}             what only a run that has something to do needs

Why columns, and why two lines: ten thousand targets with three outputs and eight reads each load in some forty milliseconds
this way; as one JSON object a target, or rows of SQLite, they take several times that. A file that is missing, cut short,
damaged or of another version is an empty state: build again.
"""

from __future__ import annotations

import gc
import json
import zlib
from array import array
from binascii import a2b_base64, b2a_base64
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from generator.build import atomic, digest
from generator.build.reads import Read
from generator.build.state import Details, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MAGIC = b"policy-brief-generator build state 1"
"""The number is the version of the format; count it up with every change to what is written."""

WIDTH = 2 * digest.SIZE

DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError)
"""What reading something else than a state may raise."""


def load(path: Path) -> State:
    """The state in a file, or an empty one if there is none that can be used."""
    try:
        with path.open("rb") as file, garbage_left():
            length, crc, rest_crc = _header(file.readline(200))
            head = file.read(length)
            return _state(head, crc, Stored(path, file.tell(), rest_crc))
    except DAMAGE:
        return State(changed=True)


def save(path: Path, state: State) -> None:
    """Raises CannotWrite, and leaves the old state then."""
    state.compact()
    names = [name for name in state.identities if name in state.details.texts]
    head, rest = _line(_head(state, names)), _line(_rest(state, names))
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


def _head(state: State, names: list[str]) -> dict[str, Any]:
    numbers = {name: number for number, name in enumerate(names)}
    return {
        "paths": list(state.digests),
        "marks": _packed(state.marks[path] for path in state.digests),
        "digests": _joined(state.digests.values()),
        "entries": state.entries,
        "outputs": list(state.details.digests),
        "output_marks": _packed(state.output_marks.get(path, 0) for path in state.details.digests),
        "reads": [list(column) for column in zip(*state.reads, strict=True)],
        "names": names,
        "identities": [state.identities[name] for name in names],
        "strays": sorted({*state.details.owners.values()} - numbers.keys()),
        "remarks": {str(numbers[name]): refused for name, refused in state.remarks.items() if name in numbers},
    }


def _state(line: bytes, crc: int, stored: Stored) -> State:
    head = _checked(line, crc)
    stored.names, stored.outputs = head["names"], head["outputs"]
    return State(
        marks=_zipped(head["paths"], _unpacked(head["marks"])),
        digests=_zipped(head["paths"], _cut(head["digests"])),
        entries=head["entries"],
        output_marks=_zipped(head["outputs"], _unpacked(head["output_marks"])),
        reads=list(map(Read, *head["reads"])) if head["reads"] else [],
        identities=_zipped(head["names"], head["identities"]),
        remarks={head["names"][int(number)]: refused for number, refused in head["remarks"].items()},
        strays=head["strays"],
        open_details=stored.details,
    )


def _rest(state: State, names: list[str]) -> dict[str, Any]:
    details = state.details
    owners = list(dict.fromkeys(details.owners.values()))
    numbers = {name: number for number, name in enumerate(owners)}
    return {
        "digests": _joined(details.digests.values()),
        "owners": owners,
        "owned": [numbers[details.owners[path]] for path in details.digests],
        "traces": [details.traces[name] for name in names],
        "texts": [details.texts[name] for name in names],
    }


class Stored:
    """The last line of a state file, until it is asked for."""

    def __init__(self, path: Path, offset: int, crc: int) -> None:
        self._path = path
        self._offset = offset
        self._crc = crc
        self.names: list[str] = []
        self.outputs: list[str] = []

    def details(self) -> Details:
        """None at all if the line is damaged: what rests on them is built again."""
        try:
            with self._path.open("rb") as file, garbage_left():
                file.seek(self._offset)
                return self._opened(_checked(file.read(), self._crc))
        except DAMAGE:
            return Details()

    def _opened(self, rest: dict[str, Any]) -> Details:
        owners = rest["owners"]
        return Details(
            digests=_zipped(self.outputs, _cut(rest["digests"])),
            owners=_zipped(self.outputs, [owners[number] for number in rest["owned"]]),
            traces=_zipped(self.names, rest["traces"]),
            texts=_zipped(self.names, rest["texts"]),
        )


def _packed(numbers: Iterable[int]) -> str:
    return b2a_base64(array("q", numbers).tobytes(), newline=False).decode()


def _unpacked(text: str) -> array[int]:
    return array("q", a2b_base64(text))


def _joined(digests: Iterable[str]) -> str:
    return "".join(known.ljust(WIDTH) for known in digests)


def _cut(text: str) -> list[str]:
    return [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]


def _zipped(keys: list[str], values: Any) -> dict[str, Any]:
    return dict(zip(keys, values, strict=True))


@contextmanager
def garbage_left() -> Iterator[None]:
    """Without the garbage collector, which looks again and again at the many objects that are being made."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
