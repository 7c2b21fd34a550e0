"""Temporary folders: gone afterwards, also after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from generator.provenance import rebuilding as module
from generator.provenance.rebuilding import LOCK, PREFIX, remove_leftovers, workspace

HOLD = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from generator.provenance.rebuilding import workspace
with workspace() as folder:
    (folder / "file").write_text("x")
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def holder(top: Path) -> subprocess.Popen[str]:
    """A process that has a workspace."""
    root = Path(__file__).parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(top)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_it_is_for_this_user_alone_and_gone_afterwards(top: Path) -> None:
    with workspace() as folder:
        assert folder.is_relative_to(top)
        assert list(folder.iterdir()) == []
        assert folder.parent.stat().st_mode & 0o777 == 0o700
    assert list(top.iterdir()) == []


def test_what_a_killed_run_left_is_removed_by_the_next_and_what_is_in_use_is_not(top: Path) -> None:
    killed, living = holder(top), holder(top)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert len(list(top.iterdir())) == 2
    with workspace():
        assert len(list(top.iterdir())) == 2
    (left,) = top.iterdir()
    assert (left / "project" / "file").is_file()
    living.communicate("")
    assert list(top.iterdir()) == []


def test_a_folder_without_a_lock_is_left_behind_only_when_it_is_old(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = top / f"{PREFIX}x"
    folder.mkdir()
    remove_leftovers(top)
    assert folder.exists()
    monkeypatch.setattr(module, "GRACE", -1.0)
    remove_leftovers(top)
    assert not folder.exists()


def test_links_files_and_what_is_somebody_elses_are_left_alone(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = top / "mine"
    other.mkdir()
    (other / LOCK).write_bytes(b"")
    (top / f"{PREFIX}link").symlink_to(other)
    (top / f"{PREFIX}file").write_bytes(b"")
    (top / f"{PREFIX}lock").mkdir()
    (top / f"{PREFIX}lock" / LOCK).symlink_to(other / LOCK)
    os.mkfifo(other / "fifo")
    remove_leftovers(top)
    assert (other / LOCK).exists()
    assert (top / f"{PREFIX}link").is_symlink()
    assert (top / f"{PREFIX}file").exists()
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    (top / f"{PREFIX}theirs").mkdir()
    (top / f"{PREFIX}theirs" / LOCK).write_bytes(b"")
    remove_leftovers(top)
    assert (top / f"{PREFIX}theirs").exists()
