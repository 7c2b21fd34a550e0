"""When `stat` may stand for reading: the racy cases, with clocks that the tests set."""

from __future__ import annotations

import os

from generator.build import signature
from generator.build.signature import (
    SECOND,
    TICK,
    UNKNOWN,
    UNSTABLE,
    Signature,
    changed_files,
    of_path,
    of_stat,
    read_settled,
    settled_mark,
)

NOON = 1_000_000 * SECOND


def touched(at: int) -> Signature:
    return Signature(size=10, modified=at, changed=at, inode=1)


def test_a_file_touched_well_before_it_was_read_is_trusted():
    early = touched(NOON + 1)
    assert settled_mark(early, NOON + 1 + TICK + 1) == early.mark != UNKNOWN


def test_a_file_touched_in_the_tick_in_which_it_was_read_is_not():
    assert settled_mark(touched(NOON + 1), NOON + 1) == UNKNOWN
    assert settled_mark(touched(NOON + 1), NOON + 1 + TICK) == UNKNOWN


def test_times_without_fractions_need_seconds_to_settle():
    assert settled_mark(touched(NOON), NOON + SECOND) == UNKNOWN
    assert settled_mark(touched(NOON), NOON + 3 * SECOND) != UNKNOWN


def test_a_file_from_the_future_is_never_trusted():
    """The clock was set back, or the file comes from a machine whose clock is ahead."""
    assert settled_mark(touched(NOON + 3600 * SECOND), NOON) == UNKNOWN


def test_a_modification_time_that_was_put_back_does_not_help():
    put_back = Signature(10, modified=NOON - 3600 * SECOND + 1, changed=NOON + 1, inode=1)
    assert settled_mark(put_back, NOON + 2) == UNKNOWN


def test_finds_files_that_are_gone_or_other_than_marked(tmp_path):
    for name in ("same", "other", "gone"):
        (tmp_path / name).write_text(name)
    marks = {name: of_path(tmp_path / name).mark for name in ("same", "other", "gone")}
    (tmp_path / "other").write_text("changed")
    (tmp_path / "gone").unlink()
    marks["bad\0name"] = 1
    marks[str(tmp_path / "same")] = marks["same"]
    assert changed_files(str(tmp_path), marks.items()) == ["other", "gone", "bad\0name"]


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_another(tmp_path):
    path = tmp_path / "x"
    path.write_text("old")
    stat = path.stat()
    mark = of_path(path).mark
    (tmp_path / "y").write_text("new")
    os.utime(tmp_path / "y", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (tmp_path / "y").rename(path)
    assert changed_files(str(tmp_path), [("x", mark)]) == ["x"]


def test_a_file_that_changes_while_it_is_read_is_never_trusted(tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.write_bytes(b"")

    def meddle(stat: os.stat_result) -> Signature:
        path.write_bytes(b"x" * (stat.st_size + 1))
        return of_stat(stat)

    monkeypatch.setattr(signature, "of_stat", meddle)
    _, found = read_settled(path)
    assert found == UNSTABLE
    assert settled_mark(found, NOON) == UNKNOWN
    monkeypatch.undo()
    assert read_settled(path)[1] == of_path(path)
