"""The state on disk: one text file, columns first, then a line for each target. Knows nothing of what is in the records.

    policy-brief-generator build state 1 <crc32 of all that follows>
    {"inputs": {"paths": [...], "signatures": "<base64>", "digests": "..."}, ...}
    [false,0.61,[["page","9f...",{"print":"ab..."},{"x.html":"12..."},[]], ...]]
    ...

Why columns: a no-op run needs the signatures of all files and the full record of no target. Ten thousand targets with three
outputs each load in a tenth of a second this way; as one JSON object a record they take several times that.
A file that is missing, cut short, damaged or of another version is an empty state: build again.
"""

from __future__ import annotations

import json
import zlib
from array import array
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

from generator.build import atomic, digest
from generator.build.reads import Read
from generator.build.state import FileTable, State

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"policy-brief-generator build state 1 "
"""The number is the version of the format; count it up with every change to what is written."""

WIDTH = 2 * digest.SIZE


def load(path: Path) -> State:
    """The state in a file, or an empty one if there is none that can be used."""
    try:
        head, _, body = path.read_bytes().partition(b"\n")
        if head == MAGIC + b"%08x" % zlib.crc32(body):
            return _decoded(body.decode())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        pass
    return State(changed=True)


def save(path: Path, state: State) -> None:
    """Raises CannotWrite, and leaves the old state then."""
    state.compact()
    body = _encoded(state).encode("utf-8", "surrogatepass")
    atomic.write(path, MAGIC + b"%08x\n" % zlib.crc32(body) + body, durable=True)
    state.changed = False


def _encoded(state: State) -> str:
    names = list(state.identities)
    numbers = {name: number for number, name in enumerate(names)}
    columns = {
        "inputs": _table(state.inputs),
        "entries": state.entries,
        "outputs": _table(state.outputs),
        "owners": [numbers.get(state.owners[path], -1) for path in state.outputs.digests],
        "reads": [list(column) for column in zip(*state.reads, strict=True)],
        "names": names,
        "identities": list(state.identities.values()),
        "traces": [state.traces[name] for name in names],
        "remarks": {str(numbers[name]): refused for name, refused in state.remarks.items()},
    }
    return "\n".join([json.dumps(columns, separators=(",", ":")), *(state.texts[name] for name in names)])


def _decoded(body: str) -> State:
    first, *texts = body.split("\n")
    columns = json.loads(first)
    names: list[str] = columns["names"]
    outputs = _opened(columns["outputs"])
    return State(
        inputs=_opened(columns["inputs"]),
        entries=columns["entries"],
        outputs=outputs,
        owners={path: names[number] for path, number in zip(outputs.digests, columns["owners"], strict=True)},
        reads=list(map(Read, *columns["reads"])) if columns["reads"] else [],
        identities=dict(zip(names, columns["identities"], strict=True)),
        traces=dict(zip(names, columns["traces"], strict=True)),
        texts=dict(zip(names, texts, strict=True)),
        remarks={names[int(number)]: refused for number, refused in columns["remarks"].items()},
    )


def _table(table: FileTable) -> dict[str, Any]:
    flat = array("q", (number for row in table.signatures.values() for number in row))
    return {
        "paths": list(table.digests),
        "signatures": b64encode(flat.tobytes()).decode(),
        "digests": "".join(known.ljust(WIDTH) for known in table.digests.values()),
    }


def _opened(columns: dict[str, Any]) -> FileTable:
    flat = array("q", b64decode(columns["signatures"]))
    text: str = columns["digests"]
    paths: list[str] = columns["paths"]
    rows = zip(flat[0::4], flat[1::4], flat[2::4], flat[3::4], strict=True)
    digests = [text[start : start + WIDTH].rstrip() for start in range(0, len(text), WIDTH)]
    return FileTable(dict(zip(paths, rows, strict=True)), dict(zip(paths, digests, strict=True)))
