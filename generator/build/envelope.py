"""What travels between a worker of a cluster and us, as JSON and bytes.

Nothing in it is unpickled by this program, so a worker cannot make it run code this way. Dask's own messages are pickled; that is
Dask's affair, and whoever runs the scheduler or a worker is trusted (`docs/scale.md`).
"""

from __future__ import annotations

import json
from typing import Any

from generator.build.blobs import cut, sizes
from generator.build.errand import Returned
from generator.build.made import Made, Refused
from generator.build.parcel import Parcel, Want
from generator.build.reads import Kind, Read
from generator.build.shapes import WrongShape, all_within, any_note, expect, notes, numbers, seconds, texts
from generator.build.task import Answer, Failure, FailureKind

_OTHER = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What taking something else apart raises."""


def packed(returned: Returned) -> bytes:
    """A worker's answer as a line of JSON and then all parts and outputs, end to end."""
    answer, blobs = returned.answer, b""
    head: dict[str, Any] = {"worker": returned.worker, "differences": returned.differences, "lacking": returned.lacking}
    if answer is not None:
        head |= {"trace": answer.trace, "seconds": answer.seconds, **_result(answer.result)}
        if isinstance(answer.result, Made):
            blobs = b"".join([*answer.result.parts.values(), *answer.result.outputs.values()])
    return json.dumps(head).encode() + b"\n" + blobs


def opened(content: Any) -> Returned:
    """A worker's answer; its number is not in it. Raises WrongShape for anything else."""
    try:
        head, _, body = content.partition(b"\n")
        said = json.loads(head)
        expect(type(said["worker"]) is str)
        lacking = tuple(Want(Kind(kind), path) for kind, path in map(texts, said["lacking"]))
        return Returned(_answer(said, body), lacking, tuple(texts(said["differences"])), said["worker"])
    except _OTHER as fault:
        raise WrongShape from fault


def packed_parcel(parcel: Parcel) -> bytes:
    files = {path: found for path, found in parcel.files.items() if isinstance(found, bytes)}
    missing = {path: found for path, found in parcel.files.items() if isinstance(found, int)}
    head = {"files": sizes(files), "missing": missing, "folders": {key: list(of) for key, of in parcel.folders.items()}}
    return json.dumps(head).encode() + b"\n" + b"".join(files.values())


def opened_parcel(content: bytes) -> Parcel:
    """What `packed_parcel` was given. Raises WrongShape for anything else."""
    try:
        head, _, body = content.partition(b"\n")
        said = json.loads(head)
        files: dict[str, bytes | int] = dict(cut(body, said["files"]))
        numbers(list(said["missing"].values()), 1 << 16)
        return Parcel(files | said["missing"], {path: texts(names) for path, names in said["folders"].items()})
    except _OTHER as fault:
        raise WrongShape from fault


def _result(result: Made | Refused | Failure) -> dict[str, Any]:
    if isinstance(result, Failure):
        return {"failure": [result.kind, result.message, result.detail]}
    if isinstance(result, Refused):
        return {"refused": list(result.notes)}
    return {"made": [sizes(result.parts), sizes(result.outputs), list(result.notes)]}


def _answer(said: Any, body: bytes) -> Answer | None:
    if "trace" not in said:
        return None
    trace = tuple(Read(*line) for line in map(texts, said["trace"]))
    return Answer(0, _opened_result(said, body), trace, seconds=seconds(said["seconds"]))


def _opened_result(said: Any, body: bytes) -> Made | Refused | Failure:
    if "failure" in said:
        kind, message, detail = texts(said["failure"])
        return Failure(FailureKind(kind), message, detail)
    if "refused" in said:
        return Refused(notes(said["refused"], any_note))
    parts, outputs, left = said["made"]
    blobs = cut(body, parts + outputs)
    all_within(name for name, _ in blobs[len(parts) :])
    return Made(dict(blobs[: len(parts)]), dict(blobs[len(parts) :]), notes(left, any_note))
