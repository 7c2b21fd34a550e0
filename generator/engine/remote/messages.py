"""What travels between a worker of a cluster and us, as JSON and bytes.

Nothing in it is unpickled by this program, so a worker cannot make it run code this way. Dask's own messages are pickled; that is
Dask's affair, and whoever runs the scheduler or a worker is trusted (`docs/scale.md`).
"""

from __future__ import annotations

import json
from typing import Any

from generator.engine.plain_data import (
    WrongShape,
    all_within,
    any_note,
    cut,
    expect,
    notes,
    numbers,
    seconds,
    sizes,
    texts,
)
from generator.engine.remote.input_bundle import InputBundle, Want
from generator.engine.remote.remote_task import RemoteAnswer
from generator.engine.step import Made, Rejected
from generator.engine.task import Answer, Failure, FailureKind
from generator.engine.trace import Kind, Read

_OTHER = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What taking something else apart raises."""


def packed(returned: RemoteAnswer) -> bytes:
    """A worker's answer as a line of JSON and then all parts and outputs, end to end."""
    answer, blobs = returned.answer, b""
    head: dict[str, Any] = {"worker": returned.worker, "differences": returned.differences, "lacking": returned.lacking}
    if answer is not None:
        head |= {"trace": answer.trace, "seconds": answer.seconds, **_result(answer.result)}
        if isinstance(answer.result, Made):
            blobs = b"".join([*answer.result.parts.values(), *answer.result.outputs.values()])
    return json.dumps(head).encode() + b"\n" + blobs


def opened(content: Any) -> RemoteAnswer:
    """A worker's answer; its number is not in it. Raises WrongShape for anything else."""
    try:
        head, _, body = content.partition(b"\n")
        said = json.loads(head)
        expect(type(said["worker"]) is str)
        lacking = tuple(Want(Kind(kind), path) for kind, path in map(texts, said["lacking"]))
        return RemoteAnswer(_answer(said, body), lacking, tuple(texts(said["differences"])), said["worker"])
    except _OTHER as fault:
        raise WrongShape from fault


def packed_bundle(bundle: InputBundle) -> bytes:
    files = {path: found for path, found in bundle.files.items() if isinstance(found, bytes)}
    missing = {path: found for path, found in bundle.files.items() if isinstance(found, int)}
    head = {"files": sizes(files), "missing": missing, "folders": {key: list(of) for key, of in bundle.folders.items()}}
    return json.dumps(head).encode() + b"\n" + b"".join(files.values())


def opened_bundle(content: bytes) -> InputBundle:
    """What `packed_bundle` was given. Raises WrongShape for anything else."""
    try:
        head, _, body = content.partition(b"\n")
        said = json.loads(head)
        files: dict[str, bytes | int] = dict(cut(body, said["files"]))
        numbers(list(said["missing"].values()), 1 << 16)
        return InputBundle(files | said["missing"], {path: texts(names) for path, names in said["folders"].items()})
    except _OTHER as fault:
        raise WrongShape from fault


def _result(result: Made | Rejected | Failure) -> dict[str, Any]:
    if isinstance(result, Failure):
        return {"failure": [result.kind, result.message, result.detail]}
    if isinstance(result, Rejected):
        return {"refused": list(result.notes)}
    return {"made": [sizes(result.parts), sizes(result.outputs), list(result.notes)]}


def _answer(said: Any, body: bytes) -> Answer | None:
    if "trace" not in said:
        return None
    trace = tuple(Read(*line) for line in map(texts, said["trace"]))
    return Answer(0, _opened_result(said, body), trace, seconds=seconds(said["seconds"]))


def _opened_result(said: Any, body: bytes) -> Made | Rejected | Failure:
    if "failure" in said:
        kind, message, detail = texts(said["failure"])
        return Failure(FailureKind(kind), message, detail)
    if "refused" in said:
        return Rejected(notes(said["refused"], any_note))
    parts, outputs, left = said["made"]
    blobs = cut(body, parts + outputs)
    all_within(name for name, _ in blobs[len(parts) :])
    return Made(dict(blobs[: len(parts)]), dict(blobs[len(parts) :]), notes(left, any_note))
