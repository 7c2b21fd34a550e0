"""A build that is killed, or has no room to write, leaves whole files and a state that the next build can go on from.

`BRIEF_KILLS` sets how many random moments are tried (40 unless set).
"""

from __future__ import annotations

import os
import random
import resource
import signal
import time

import pytest

from generator.build import CannotWrite, Ended, Forked, Serial, Status, atomic, saver

NAMES = [f"t{number}" for number in range(6)]
MOMENTS = int(os.environ.get("BRIEF_KILLS", "40"))


def write_all(workshop, version: int) -> None:
    filler = [f"filler {number}" for number in range(200)]
    for name in NAMES:
        workshop.write(name, f"print version {version}", *filler, f"end {version}")


def build_until_killed(workshop, seconds: float, executor) -> None:
    child = os.fork()
    if child == 0:
        try:
            with executor() as chosen:
                workshop.build(*NAMES, executor=chosen)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def assert_whole(workshop, version: int) -> None:
    """Every output is what one of the versions so far makes, from its first byte to its last."""
    for path in workshop.outputs:
        text = workshop.read(path)
        if path.endswith(".pdf"):
            assert text in {f"%PDF {path[:-4]} version {each}" for each in range(version + 1)}
        elif path.endswith(".html"):
            assert text.endswith(f"end {text.split()[2]}\n")
            assert int(text.split()[2]) <= version


@pytest.fixture
def long_build(workshop, monkeypatch):
    """Seconds that a whole build takes, with the state saved as often as can be."""
    monkeypatch.setattr(saver, "PAUSE", 0.0)
    monkeypatch.setattr(saver, "CHECKPOINT", 0)
    write_all(workshop, 0)
    start = time.perf_counter()
    workshop.build(*NAMES)
    return time.perf_counter() - start


@pytest.mark.parametrize("executor", [Serial, Forked])
def test_killed_at_any_moment(workshop, story, long_build, executor):
    chance = random.Random(5)
    for version in range(1, MOMENTS // 2 + 1):
        write_all(workshop, version)
        build_until_killed(workshop, chance.uniform(0, 1.5 * long_build), executor)
        assert_whole(workshop, version)
        if chance.random() < 0.5:
            assert workshop.build(*NAMES).ok
            assert [workshop.read(f"{name}.pdf") for name in NAMES] == [
                f"%PDF {name} version {version}" for name in NAMES
            ]
            assert story(workshop.build(*NAMES)) == "\n".join(f"{name}: skipped" for name in NAMES)
            assert not list(workshop.root.rglob(f"{atomic.PREFIX}*"))


def test_a_full_disk_breaks_the_targets_and_keeps_the_old_outputs(workshop, story):
    """A limit on the size of files stands for the full disk: small outputs fit, the large one fails half way."""
    workshop.write("x", "print small")
    workshop.write("y", "print small")
    workshop.build("x", "y")
    good = workshop.read("x.html")
    workshop.write("x", "print large " + "x" * 50_000)
    workshop.write("y", "print other")
    with file_size_limit(20_000):
        report = workshop.build("x", "y", cache="")
    assert [outcome.status for outcome in report.outcomes] == [Status.BROKEN, Status.BUILT]
    assert "x.html: file too large" in report.outcomes[0].failure.message
    assert workshop.read("x.html") == good
    assert "x" in story(workshop.build("x", "y"))
    assert "large" in workshop.read("x.html")
    assert story(workshop.build("x", "y")) == "x: skipped\ny: skipped"


def test_half_of_a_target_written_is_not_taken_for_the_whole(workshop, story):
    """The page was written and the PDF was not; then the fact file is put back as it was."""
    workshop.write("style", "y" * 100)
    workshop.write("x", "print small")
    workshop.build("x")
    workshop.write("x", "print " + "x" * 19_950)
    with file_size_limit(20_000):
        report = workshop.build("x", cache="")
    assert "x.pdf: file too large" in report.outcomes[0].failure.message
    workshop.write("x", "print small")
    assert story(workshop.build("x")) == "x: built page pdf"
    assert workshop.read("x.html") == "print small\n"


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


def test_no_room_for_the_state_ends_the_run_with_a_sentence(workshop, story):
    workshop.write("x", "print small")
    with file_size_limit(200), pytest.raises(CannotWrite, match="state: file too large"):
        workshop.build("x", cache="")
    assert story(workshop.build("x")) == "x: built page pdf"


class file_size_limit:  # noqa: N801 - reads as a phrase
    def __init__(self, size: int) -> None:
        self._size = size

    def __enter__(self) -> None:
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._size, self._before[1]))

    def __exit__(self, *_) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


def test_an_output_that_cannot_be_written_breaks_its_target_only(workshop, story):
    """Root writes where it likes; so a folder stands where the file should be."""
    workshop.write("x", "print hello")
    workshop.write("y", "print hello")
    (workshop.root / "out/x.html").mkdir(parents=True)
    report = workshop.build("x", "y")
    assert story(report) == "x: broken page pdf\ny: built page pdf"
    assert "x.html: is a directory" in report.outcomes[0].failure.message
    (workshop.root / "out/x.html").rmdir()
    assert story(workshop.build("x", "y")) == "x: built page pdf\ny: skipped"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_breaks_the_targets(workshop):
    workshop.write("x", "print hello")
    out = workshop.root / "out"
    out.mkdir()
    out.chmod(0o500)
    try:
        (outcome,) = workshop.build("x").outcomes
        assert "permission denied" in outcome.failure.message
    finally:
        out.chmod(0o700)
