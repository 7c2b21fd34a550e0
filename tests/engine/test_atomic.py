"""Files appear whole or not at all."""

from __future__ import annotations

import os
import resource
import subprocess
import sys

import pytest

from generator.engine import atomic
from generator.engine.errors import CannotWrite


def test_makes_folders_and_replaces_what_was_there(tmp_path):
    path = tmp_path / "a/b/x"
    atomic.write(path, b"old")
    atomic.write(path, b"new", durable=True)
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_a_disk_that_is_full_leaves_what_was_there(tmp_path):
    """A limit on the size of files stands for the full disk; it fails in the middle of writing, as that does."""
    path = tmp_path / "x"
    path.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(CannotWrite, match=r"cannot write .*/x: file too large"):
            atomic.write(path, b"x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_where_a_folder_should_be_is_said_in_a_sentence(tmp_path):
    (tmp_path / "a").write_text("in the way")
    with pytest.raises(CannotWrite, match=r"cannot write .*a/x: file exists"):
        atomic.write(tmp_path / "a/x", b"")


def test_an_interruption_leaves_nothing_behind(tmp_path, monkeypatch):
    def interrupt(*_) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        atomic.write(tmp_path / "x", b"new", durable=True)
    assert list(tmp_path.iterdir()) == []


def test_long_names_can_be_written(tmp_path):
    path = tmp_path / ("ä" * 127)
    atomic.write(path, b"new")
    assert path.read_bytes() == b"new"


def test_sweeps_what_the_dead_left_and_nothing_else(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left = tmp_path / f"{atomic.PREFIX}{dead.pid}-x"
    living = tmp_path / f"{atomic.PREFIX}{os.getppid()}-x"
    other = tmp_path / "x"
    for path in (left, living, other):
        path.write_text("")
    assert atomic.sweep(tmp_path) == [left]
    assert sorted(tmp_path.iterdir()) == sorted([living, other])
    assert atomic.sweep(tmp_path / "nonesuch") == []
