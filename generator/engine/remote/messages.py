"""Messages between this machine and a cluster's workers, as JSON and bytes.

This program unpickles none of them, so a worker cannot make it run code in this way. Dask's own messages are pickled; the
operators of the scheduler and the workers are trusted (`docs/scale.md`).
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
from generator.engine.step import Failure, FailureKind, Made, Rejected, TaskAnswer
from generator.engine.trace import Read, ReadKind

_OTHER = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""Exceptions that decoding a malformed message may raise."""


def packed(returned: RemoteAnswer) -> bytes:
    """Encode a worker's answer as a line of JSON followed by all parts and outputs."""
    answer, blobs = returned.answer, b""
    head: dict[str, Any] = {"worker": returned.worker, "differences": returned.differences, "lacking": returned.lacking}
    if answer is not None:
        head |= {"trace": answer.trace, "seconds": answer.seconds, **_result(answer.result)}
        if isinstance(answer.result, Made):
            blobs = b"".join([*answer.result.parts.values(), *answer.result.outputs.values()])
    return json.dumps(head).encode() + b"\n" + blobs


def opened(content: Any) -> RemoteAnswer:
    """Decode a worker's answer, which does not contain its number. Raises WrongShape for anything else."""
    try:
        line, _, body = content.partition(b"\n")
        head = json.loads(line)
        expect(type(head["worker"]) is str)
        lacking = tuple(Want(ReadKind(kind), path) for kind, path in map(texts, head["lacking"]))
        return RemoteAnswer(_answer(head, body), lacking, tuple(texts(head["differences"])), head["worker"])
    except _OTHER as fault:
        raise WrongShape from fault


def packed_bundle(bundle: InputBundle) -> bytes:
    files = {path: content for path, content in bundle.files.items() if isinstance(content, bytes)}
    missing = {path: content for path, content in bundle.files.items() if isinstance(content, int)}
    head = {"files": sizes(files), "missing": missing, "folders": {key: list(of) for key, of in bundle.folders.items()}}
    return json.dumps(head).encode() + b"\n" + b"".join(files.values())


def opened_bundle(content: bytes) -> InputBundle:
    """Decode a bundle that `packed_bundle` encoded. Raises WrongShape for anything else."""
    try:
        line, _, body = content.partition(b"\n")
        head = json.loads(line)
        files: dict[str, bytes | int] = dict(cut(body, head["files"]))
        numbers(list(head["missing"].values()), 1 << 16)
        return InputBundle(files | head["missing"], {path: texts(names) for path, names in head["folders"].items()})
    except _OTHER as fault:
        raise WrongShape from fault


def _result(result: Made | Rejected | Failure) -> dict[str, Any]:
    if isinstance(result, Failure):
        return {"failure": [result.kind, result.message, result.detail]}
    if isinstance(result, Rejected):
        return {"rejected": list(result.notes)}
    return {"made": [sizes(result.parts), sizes(result.outputs), list(result.notes)]}


def _answer(head: Any, body: bytes) -> TaskAnswer | None:
    if "trace" not in head:
        return None
    trace = tuple(Read(*line) for line in map(texts, head["trace"]))
    return TaskAnswer(0, _opened_result(head, body), trace, seconds=seconds(head["seconds"]))


def _opened_result(head: Any, body: bytes) -> Made | Rejected | Failure:
    if "failure" in head:
        kind, message, detail = texts(head["failure"])
        return Failure(FailureKind(kind), message, detail)
    if "rejected" in head:
        return Rejected(notes(head["rejected"], any_note))
    parts, outputs, left = head["made"]
    blobs = cut(body, parts + outputs)
    all_within([name for name, _ in blobs[len(parts) :]])
    return Made(dict(blobs[: len(parts)]), dict(blobs[len(parts) :]), notes(left, any_note))
