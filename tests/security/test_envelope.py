"""What a worker of a cluster sends back is data: it comes back as it was sent, or counts as no result."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.engine.plain_data import WrongShape
from generator.engine.remote.input_bundle import InputBundle, Want
from generator.engine.remote.messages import opened, opened_bundle, packed, packed_bundle
from generator.engine.remote.remote_task import RemoteAnswer
from generator.engine.step import Failure, FailureKind, Made, Rejected, TaskAnswer
from generator.engine.trace import Read, ReadKind

TRACE = (Read("file", "briefs/x.yaml", "digest"), Read("value", "code", "\udc80"))
RESULTS: list[Made | Rejected | Failure] = [
    Made({"print": b"a\nb", "about": b""}, {"x.html": b"\x00\xff"}, ("note", {"code": "x"})),
    Rejected(("why",)),
    Failure(FailureKind.MEMORY, "too much", "trace"),
]
RETURNED = [
    *(
        RemoteAnswer(TaskAnswer(0, result, TRACE, {}, 1.5), (Want(ReadKind.FILE, "x"),), (), "tcp://w")
        for result in RESULTS
    ),
    RemoteAnswer(None, (), ("weasyprint is 71 there",), "tcp://w"),
]


@pytest.mark.parametrize("returned", RETURNED)
def test_an_answer_comes_back(returned):
    assert opened(packed(returned)) == returned


def test_a_parcel_comes_back():
    bundle = InputBundle({"a": b"bytes\n", "b": 2, "c": b""}, {"folder": ("x", "y")})
    back = opened_bundle(packed_bundle(bundle))
    assert dict(back.files) == dict(bundle.files)
    assert {key: tuple(names) for key, names in back.folders.items()} == dict(bundle.folders)


class Trap:
    def __reduce__(self):
        return (exec, ("raise AssertionError('unpickled')",))


@pytest.mark.parametrize("content", [pickle.dumps(Trap()), b"", b"{}", b"[" * 100_000, None, 3, Trap()])
def test_anything_else_is_no_result(content):
    with pytest.raises(WrongShape):
        opened(content)


@settings(max_examples=500, deadline=None)
@given(number=st.integers(0, 3), at=st.integers(0, 400), length=st.integers(0, 30), new=st.binary(max_size=20))
def test_a_changed_answer_has_the_right_types_or_is_no_result(number, at, length, new):
    content = packed(RETURNED[number])
    try:
        returned = opened(content[:at] + new + content[at + length :])
    except WrongShape:
        return
    assert all(type(path) is str for _, path in returned.lacking)
    if returned.answer and isinstance(returned.answer.result, Made):
        assert all(type(part) is bytes for part in returned.answer.result.parts.values())
        assert not any(".." in path.split("/") for path in returned.answer.result.outputs)
