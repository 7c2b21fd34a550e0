"""A build that is killed leaves whole files and a database that the next build can go on from."""

from __future__ import annotations

import itertools
import os
import random
import signal
import time

import pytest

from generator.engine import Ended, Pool, Serial, atomic, db_format
from tests.engine.aftermath import Aftermath

pytestmark = pytest.mark.forks

NAMES = [f"t{number}" for number in range(4)]
MOMENTS = int(os.environ.get("BRIEF_KILLS", "200"))
"""Random moments at which builds are killed, in all."""


def write_all(workshop, version: int) -> None:
    filler = [f"filler {number}" for number in range(100)]
    for name in NAMES:
        workshop.write(name, f"print version {version}", *filler, f"end {version}")


@pytest.fixture
def aftermath(workshop):
    write_all(workshop, 0)
    found = Aftermath(workshop, *NAMES)
    found.learn()
    return found


def build_in_child(aftermath, executor=Serial, prepare=lambda: None) -> int:
    """Start a build that saves the database as often as can be; the id of its process."""
    child = os.fork()
    if child == 0:
        try:
            db_format.PAUSE, db_format.CHECKPOINT = 0.0, 0
            prepare()
            with executor() as chosen:
                aftermath.build(executor=chosen)
        finally:
            os._exit(0)
    return child


def was_killed(child: int) -> bool:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


@pytest.mark.parametrize("executor", [Serial, Pool])
def test_killed_at_any_moment(workshop, aftermath, executor):
    """Some builds are killed that had a killed one's remains to deal with."""
    start = time.perf_counter()
    assert not was_killed(build_in_child(aftermath, executor))
    whole_build = time.perf_counter() - start
    chance = random.Random(5)
    killed = 0
    for version in range(1, MOMENTS // 2 + 1):
        write_all(workshop, version)
        aftermath.learn()
        child = build_in_child(aftermath, executor)
        time.sleep(chance.uniform(0, 1.2 * whole_build))
        os.kill(child, signal.SIGKILL)
        killed += was_killed(child)
        aftermath.assert_whole()
        if chance.random() < 0.8:
            aftermath.assert_survived()
    aftermath.assert_survived()
    assert killed


@pytest.mark.parametrize("done", [False, True])
def test_killed_just_before_or_after_each_rename(workshop, aftermath, done):
    for number in itertools.count():
        write_all(workshop, number + 1)
        aftermath.learn()
        if not was_killed(build_in_child(aftermath, prepare=lambda at=number: die_at_rename(at, done=done))):
            break
        aftermath.assert_survived()
    assert number >= 3 * len(NAMES), "two outputs and a database for each target"


def die_at_rename(at: int, *, done: bool) -> None:
    rename, numbers = os.replace, itertools.count()

    def die(source, target) -> None:
        last = next(numbers) == at
        if done or not last:
            rename(source, target)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)

    os.replace = die  # type: ignore[assignment]


def test_half_of_a_target_written_before_an_interruption_is_not_taken_for_the_whole(workshop, story, monkeypatch):
    workshop.write("x", "print one")
    workshop.build("x")
    workshop.write("x", "print two")
    write = atomic.write

    def interrupt(path, content, **options) -> None:
        if path.suffix == ".pdf":
            raise KeyboardInterrupt
        write(path, content, **options)

    monkeypatch.setattr(atomic, "write", interrupt)
    assert workshop.build("x").interrupted
    monkeypatch.undo()
    workshop.write("x", "print one")
    assert story(workshop.build("x")) == "x: built page pdf"
    assert workshop.read("x.html") == "print one\n"


def test_a_listener_that_fails_costs_no_finished_work(workshop, story):
    def fail_late(event) -> None:
        if isinstance(event, Ended) and event.outcome.target == "y":
            raise BrokenPipeError

    for name in "xyz":
        workshop.write(name, "print hello")
    with pytest.raises(BrokenPipeError):
        workshop.build("x", "y", "z", on_event=fail_late)
    assert story(workshop.build("x", "y", "z")) == "x: skipped\ny: skipped\nz: built page pdf"
