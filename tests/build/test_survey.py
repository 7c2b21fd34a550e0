"""Many files looked at by several processes: the same answer as by one, whatever becomes of the helpers."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from generator.build import survey
from generator.build.signature import of_path
from generator.build.survey import SMALLEST, Folder, Survey

FILES = 3 * SMALLEST


@pytest.fixture
def folders(tmp_path):
    """Two folders with files, of which one each was changed and one each is gone, and what was known of them before."""
    for name in ("read", "made"):
        (tmp_path / name).mkdir()
        for number in range(FILES):
            (tmp_path / name / f"{number}").write_text("x")
    known = [Folder(str(path), marks(path)) for path in (tmp_path / "read", tmp_path / "made")]
    (tmp_path / "read" / "7").write_text("changed")
    (tmp_path / "made" / "0").unlink()
    (tmp_path / "made" / f"{FILES - 1}").write_text("changed")
    return known


def marks(folder) -> dict[str, int]:
    return {f"{number}": of_path(folder / f"{number}").mark for number in range(FILES)}


def open_handles() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def wait_for_helpers(looking: Survey) -> None:
    for helper in looking._helpers:
        os.waitid(os.P_PID, helper.process, os.WEXITED | os.WNOWAIT)


@pytest.mark.parametrize("helpers", [0, 1, 3])
def test_what_has_changed_is_found_by_however_many(folders, helpers):
    with Survey(*folders, helpers=helpers) as looking:
        assert looking.changed() == [["7"], ["0", f"{FILES - 1}"]]


def test_helpers_look_while_nobody_waits_for_them(folders):
    with Survey(*folders, helpers=1) as looking:
        wait_for_helpers(looking)
        assert not os.read(looking._queue, 1)
        assert looking.changed() == [["7"], ["0", f"{FILES - 1}"]]


@pytest.mark.parametrize("moment", ["before", "half-way"])
def test_what_a_helper_leaves_undone_is_looked_at_all_the_same(folders, monkeypatch, moment):
    home, look = os.getpid(), survey.Chunk.changed

    def dying(chunk):
        if os.getpid() != home and (moment == "before" or chunk.folder == 1):
            os.kill(os.getpid(), signal.SIGKILL)
        return look(chunk)

    monkeypatch.setattr(survey.Chunk, "changed", dying)
    with Survey(*folders, helpers=1) as looking:
        wait_for_helpers(looking)
        assert looking.changed() == [["7"], ["0", f"{FILES - 1}"]]


def test_where_no_process_is_to_be_had_one_does_it_alone(folders, monkeypatch):
    def refuse():
        raise BlockingIOError("too many")

    monkeypatch.setattr(os, "fork", refuse)
    before = open_handles()
    with Survey(*folders, helpers=2) as looking:
        assert looking.changed() == [["7"], ["0", f"{FILES - 1}"]]
    assert open_handles() == before


def test_an_interrupted_survey_leaves_no_process_and_no_handle(folders):
    before = open_handles()
    with pytest.raises(KeyboardInterrupt), Survey(*folders, helpers=2) as looking:
        raise KeyboardInterrupt
    assert open_handles() == before
    for helper in looking._helpers:
        with pytest.raises(ChildProcessError):
            os.waitpid(helper.process, os.WNOHANG)


def test_nothing_is_forked_beside_threads_or_for_a_few_files(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: range(64))
    with monkeypatch.context() as alone:
        alone.setattr(threading, "active_count", lambda: 1)  # other tests leave threads behind
        assert survey._worthwhile(survey.PAYS - 1) == 0
        assert survey._worthwhile(survey.PAYS) == 1
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        assert survey._worthwhile(survey.PAYS) == 0
    finally:
        ended.set()
        other.join()


def test_no_files_at_all_are_no_trouble(tmp_path):
    with Survey(Folder(str(tmp_path), {}), helpers=1) as looking:
        assert looking.changed() == [[]]
