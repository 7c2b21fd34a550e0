"""Edits that `stat` cannot show: same size, same tick, clocks set back, files in motion. The build must see every one of them."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.engine import build_lock
from generator.engine import stat as file_stat
from generator.system.regular_files import open_regular
from tests.engine.aftermath import Aftermath


def test_an_edit_of_the_same_size_right_after_the_build_is_seen(workshop, story):
    """The file system's clock ticks some hundred times a second: many of these edits share a tick with the build."""
    workshop.write("x", "print 000")
    workshop.build("x")
    for number in range(1, 60):
        (workshop.root / "x").write_text(f"print {number:03}\n")
        workshop.build("x")
        assert f"{number:03}" in workshop.read("x.pdf")


def test_an_edit_with_its_time_put_back_is_seen(workshop, story):
    path = workshop.write("x", "print one")
    os.utime(path, (1, 1))
    workshop.build("x")
    path.write_text("print two\n")
    os.utime(path, (1, 1))
    assert story(workshop.build("x")) == "x: built page pdf"


def test_a_clock_set_back_hides_nothing(workshop, story):
    """Files and outputs come from the future; edits then seem older than what was built."""
    path = workshop.write("x", "print one")
    os.utime(path, (4e9, 4e9))
    workshop.build("x")
    for output in ("x.html", "x.pdf"):
        os.utime(workshop.root / "out" / output, (4e9, 4e9))
    assert story(workshop.build("x")) == "x: skipped"
    path.write_text("print two\n")
    os.utime(path, (1e9, 1e9))
    assert story(workshop.build("x")) == "x: built page pdf"
    assert story(workshop.build("x")) == "x: skipped"


def test_an_output_altered_right_after_it_was_written_is_seen(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    path = workshop.root / "out/x.html"
    path.write_text("print hullo\n")
    assert story(workshop.build("x")) == "x: built page"
    assert path.read_text() == "print hello\n"


DAY = 24 * 3600 * 10**9


@pytest.mark.parametrize("back_at", [0, 1], ids=["before the build", "during the build"])
def test_a_clock_that_is_set_back_a_day(workshop, monkeypatch, back_at):
    """What was built on the later day, edits of the earlier one that keep their size, and then the clock is put right again."""
    aftermath = Aftermath(workshop, "x", "y")
    now, asked = build_lock.BuildLock.now, []

    def set_back(holding: build_lock.BuildLock) -> int:
        asked.append(holding)
        return now(holding) - (DAY if len(asked) > back_at else 0)

    def edit(word: str) -> None:
        for name in "xy":
            path = workshop.write(name, f"print {word}")
            os.utime(path, ns=(path.stat().st_mtime_ns - DAY,) * 2)
        aftermath.learn()

    edit("one")
    aftermath.build()
    monkeypatch.setattr(build_lock.BuildLock, "now", set_back)
    edit("two")
    asked.clear()
    aftermath.build()
    aftermath.assert_survived()
    edit("six")
    aftermath.assert_survived()
    monkeypatch.undo()
    edit("ten")
    aftermath.assert_survived()


class NoChangeTimes:
    """The system as it is where files have no time of change, or one that can be set: as on some network drives."""

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)

    def stat(self, path: str) -> SimpleNamespace:
        return self._without(Path(path).stat())

    def fstat(self, handle: int) -> SimpleNamespace:
        return self._without(os.fstat(handle))

    def _without(self, stat: os.stat_result) -> SimpleNamespace:
        modified = stat.st_mtime_ns
        return SimpleNamespace(st_size=stat.st_size, st_mtime_ns=modified, st_ctime_ns=modified, st_ino=stat.st_ino)


def test_an_edit_in_a_moment_that_comes_twice(workshop, monkeypatch):
    """The clock was set back a day; a day after the build it shows the time of the file once more, when that is edited."""
    monkeypatch.setattr(file_stat, "os", NoChangeTimes())
    aftermath, path = Aftermath(workshop, "x"), workshop.write("x", "print one")
    moment = path.stat().st_mtime_ns
    now = build_lock.BuildLock.now
    monkeypatch.setattr(build_lock.BuildLock, "now", lambda holding: now(holding) - DAY)
    aftermath.learn()
    aftermath.build()
    path.write_text("print two\n")
    os.utime(path, ns=(moment, moment))
    aftermath.learn()
    aftermath.assert_survived()


class InMotion:
    """A file that is another as soon as it has been read."""

    def __init__(self, path: str, edit) -> None:
        self._file = Path(path).open("rb")  # noqa: SIM115
        self._edit = edit

    def __enter__(self) -> InMotion:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def fileno(self) -> int:
        return self._file.fileno()

    def read(self) -> bytes:
        content = self._file.read()
        self._edit()
        return content


@pytest.mark.parametrize("times", [1, 1000], ids=["once", "each time"])
def test_a_file_that_changes_while_it_is_read(workshop, monkeypatch, times):
    """Changed once, it is read again, whole. Changed each time, some version is built; when it comes to rest, the last one is."""
    aftermath = Aftermath(workshop, "x", "y")
    workshop.write("x", "print 0000")
    workshop.write("y", "print hello")
    aftermath.learn()
    aftermath.build()
    workshop.write("x", "print 1000")
    edits = iter(range(1001, 1001 + times))

    def edit() -> None:
        if (number := next(edits, None)) is not None:
            (workshop.root / "x").write_text(f"print {number}\n")
            os.utime(workshop.root / "x", (number, number))  # long ago, so that recent times do not give it away

    def open_in_motion(path):
        return InMotion(path, edit) if str(path).endswith("/x") else open_regular(path)

    monkeypatch.setattr(file_stat, "os", NoChangeTimes())
    monkeypatch.setattr(file_stat, "open_regular", open_in_motion)
    assert aftermath.build().ok
    monkeypatch.setattr(file_stat, "open_regular", open_regular)
    assert (workshop.root / "x").read_text() != "print 1000\n", "nothing was edited"
    if times == 1:
        assert workshop.read("x.html") == "print 1001\n"
    assert workshop.read("x.pdf").endswith(workshop.read("x.html").split()[1]), "page and PDF are of one version"
    aftermath.learn()
    aftermath.assert_finished()
