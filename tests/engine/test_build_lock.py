"""One build at a time in a folder."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from generator.engine import CannotWrite, Made, Reads, Started, Step, Target, Waiting, build, build_lock
from tests.engine.aftermath import Aftermath

LONG = 120.0
"""Seconds that a busy machine may take; a test ends as soon as it has seen what it waits for."""


def held(path):
    return build_lock.held(path, lambda: None)


@pytest.mark.forks
def test_knows_that_the_build_before_was_killed(tmp_path):
    child = os.fork()
    if child == 0:
        with held(tmp_path / "lock"):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with held(tmp_path / "lock") as first:
        assert first.abandoned
    with held(tmp_path / "lock") as second:
        assert not second.abandoned


def test_a_place_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    (tmp_path / "store").write_text("in the way")
    with pytest.raises(CannotWrite, match="cannot write"), held(tmp_path / "store/lock"):
        pass


def write_when_the_other_waits(reads: Reads, name: str, who: str) -> Made:
    wait_for(Path(reads.root, "waiting"))
    reads.file("input")
    return Made(outputs={f"{name}.txt": who.encode()})


def build_ten(root, who: str) -> None:
    step = (Step("slow", write_when_the_other_waits),)
    targets = [Target(f"t{number}", step, (f"t{number}", who)) for number in range(10)]
    events: list[object] = []

    def hear(event: object) -> None:
        events.append(event)
        if event == Waiting():
            (root / "waiting").touch()

    report = build(targets, root=root, out=root / "out", store=root / "store", on_event=hear)
    (root / f"{who}-waited").write_text(str(events[0] == Waiting()))
    assert report.ok


@pytest.mark.forks
def test_two_builds_at_once_take_turns(tmp_path):
    (tmp_path / "input").write_text("")
    context = multiprocessing.get_context("fork")
    builders = [context.Process(target=build_ten, args=(tmp_path, who)) for who in ("one", "two")]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join(LONG)
        assert builder.exitcode == 0
    assert {(tmp_path / f"{who}-waited").read_text() for who in ("one", "two")} == {"True", "False"}
    assert len({path.read_text() for path in (tmp_path / "out").iterdir()}) == 1


@pytest.mark.forks
@pytest.mark.parametrize("fate", ["ends", "is killed"])
def test_a_build_that_waits_for_another_goes_on_when_that_one(workshop, fate):
    """The first is held up in the midst of its work until the second waits for it."""
    aftermath, go_on = Aftermath(workshop, "x", "y", "z"), workshop.root / "go on"
    for name in "xyz":
        workshop.write(name, "print one")
    aftermath.learn()
    aftermath.build()
    for name in "xyz":
        workshop.write(name, "print two", f"wait-for {go_on}" if name == "y" else "")
    go_on.touch()
    aftermath.learn()
    go_on.unlink()
    first = build_in_child(aftermath, workshop.root / "first", Started("y", "page"))
    wait_for(workshop.root / "first")
    second = build_in_child(aftermath, workshop.root / "second", Waiting())
    wait_for(workshop.root / "second")
    aftermath.assert_whole()
    if fate == "is killed":
        os.kill(first, signal.SIGKILL)
    go_on.touch()
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in (first, second)]
    assert codes == [-signal.SIGKILL if fate == "is killed" else 0, 0]
    report = aftermath.assert_survived()
    assert {str(outcome.status) for outcome in report.outcomes} == {"skipped"}


def build_in_child(aftermath, mark, awaited) -> int:
    """`mark` is there as soon as what is awaited happens."""
    child = os.fork()
    if child == 0:
        try:
            report = aftermath.build(on_event=lambda event: mark.touch() if event == awaited else None)
            os._exit(not report.ok)
        finally:
            os._exit(1)
    return child


def wait_for(mark) -> None:
    end = time.monotonic() + LONG
    while not mark.exists():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
