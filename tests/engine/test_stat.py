"""When `stat` may stand for reading: the racy cases, with clocks that the tests set."""

from __future__ import annotations

import os

from generator.engine import stat as file_stat
from generator.engine.stat import (
    SECOND,
    TICK,
    UNKNOWN,
    UNSTABLE,
    FileStat,
    at_path,
    changed_files,
    from_os,
    read_with_stat,
    settled_fingerprint,
)

NOON = 1_000_000 * SECOND


def touched(at: int) -> FileStat:
    return FileStat(size=10, modified=at, changed=at, inode=1)


def test_a_file_touched_well_before_it_was_read_is_trusted():
    early = touched(NOON + 1)
    assert settled_fingerprint(early, NOON + 1 + TICK + 1) == early.fingerprint != UNKNOWN


def test_a_file_touched_in_the_tick_in_which_it_was_read_is_not():
    assert settled_fingerprint(touched(NOON + 1), NOON + 1) == UNKNOWN
    assert settled_fingerprint(touched(NOON + 1), NOON + 1 + TICK) == UNKNOWN


def test_times_without_fractions_need_seconds_to_settle():
    assert settled_fingerprint(touched(NOON), NOON + SECOND) == UNKNOWN
    assert settled_fingerprint(touched(NOON), NOON + 3 * SECOND) != UNKNOWN


def test_a_file_from_the_future_is_never_trusted():
    """The clock was set back, or the file comes from a machine whose clock is ahead."""
    assert settled_fingerprint(touched(NOON + 3600 * SECOND), NOON) == UNKNOWN


def test_a_modification_time_that_was_put_back_does_not_help():
    put_back = FileStat(10, modified=NOON - 3600 * SECOND + 1, changed=NOON + 1, inode=1)
    assert settled_fingerprint(put_back, NOON + 2) == UNKNOWN


def test_finds_files_that_are_gone_or_other_than_marked(tmp_path):
    for name in ("same", "other", "gone"):
        (tmp_path / name).write_text(name)
    fingerprints = {name: at_path(tmp_path / name).fingerprint for name in ("same", "other", "gone")}
    (tmp_path / "other").write_text("changed")
    (tmp_path / "gone").unlink()
    fingerprints["bad\0name"] = 1
    fingerprints[str(tmp_path / "same")] = fingerprints["same"]
    assert changed_files(str(tmp_path), fingerprints.items()) == ["other", "gone", "bad\0name"]


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_another(tmp_path):
    path = tmp_path / "x"
    path.write_text("old")
    stat = path.stat()
    fingerprint = at_path(path).fingerprint
    (tmp_path / "y").write_text("new")
    os.utime(tmp_path / "y", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (tmp_path / "y").rename(path)
    assert changed_files(str(tmp_path), [("x", fingerprint)]) == ["x"]


def test_a_file_that_changes_while_it_is_read_is_never_trusted(tmp_path, monkeypatch):
    path = tmp_path / "x"
    path.write_bytes(b"")

    def meddle(stat: os.stat_result) -> FileStat:
        path.write_bytes(b"x" * (stat.st_size + 1))
        return from_os(stat)

    monkeypatch.setattr(file_stat, "from_os", meddle)
    _, found = read_with_stat(path)
    assert found == UNSTABLE
    assert settled_fingerprint(found, NOON) == UNKNOWN
    monkeypatch.undo()
    assert read_with_stat(path)[1] == at_path(path)
