"""`brief watch` as its users run it: a process, files that change under it, and Ctrl-C."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.commands.run import brief
from tests.engine.mounts import in_child, own_mounts, small_disk

LONG = 120.0
"""Seconds that a busy machine may take; a test goes on as soon as it has seen what it waits for."""


class Watch:
    """A running `brief watch`, and what it has said."""

    def __init__(self, project: Path) -> None:
        self.fact_file = project / "briefs/example.yaml"
        self.page = project / "build/example.html"
        self.said = ""
        self._heard = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "generator", "watch"],
            cwd=project,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def hears(self, text: str) -> None:
        """Wait until it says something that it had not said when this was last asked."""
        end = time.monotonic() + LONG
        while time.monotonic() < end and self._process.poll() is None:
            found = self.said.find(text, self._heard)
            if found >= 0:
                self._heard = found + len(text)
                return
            time.sleep(0.02)
        raise AssertionError(f"{text!r} was not said: {self.said[self._heard :]}")

    def settles(self, done: Callable[[], bool]) -> None:
        """Wait until it says that it waits for changes, and `done` holds: builds before the last one say so too."""
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            self.hears("waiting for changes")
            if done():
                return
        raise AssertionError(f"it did not settle: {self.said}")

    def edit(self, old: str, new: str) -> None:
        self.fact_file.write_text(self.fact_file.read_text("utf-8").replace(old, new), "utf-8")

    def end(self) -> int:
        """Ctrl-C; its exit code."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(LONG)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._reader.join(LONG)
        return code

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self.said += line


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "desk"
    assert brief("init", str(folder), cwd=folder.parent).code == 0
    assert brief("build", cwd=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def running(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watch]:
    process = Watch(Path(shutil.copytree(built, tmp_path_factory.mktemp("watched") / "desk")))
    process.hears("waiting for changes")
    yield process
    assert process.end() == 130
    assert "Traceback" not in process.said


@pytest.fixture
def watch(running: Watch, built: Path) -> Watch:
    """The one watch of all tests, with the fact file as it was."""
    original = (built / "briefs/example.yaml").read_text("utf-8")
    if running.fact_file.read_text("utf-8") != original:
        running.fact_file.write_text(original, "utf-8")
        running.hears("  1 note; waiting for changes")
    return running


def test_an_edit_is_published(watch: Watch) -> None:
    watch.edit("invented tariff", "imagined tariff")
    watch.hears("changed: briefs/example.yaml")
    watch.hears("briefs/example.yaml: page ")
    watch.hears("waiting for changes")
    assert "imagined tariff" in watch.page.read_text("utf-8")


def test_what_an_author_can_break_is_reported_and_mended(watch: Watch) -> None:
    good = watch.fact_file.read_text("utf-8")
    before = watch.page.read_bytes()
    for broken, said in [
        ("title: [unclosed\n", "error["),
        (good.replace("stance: Keep it", "stance: Kep it"), "error[unknown-stance]"),
    ]:
        watch.fact_file.write_text(broken, "utf-8")
        watch.hears("not published because of errors")
        watch.hears(said)
        watch.hears("waiting for changes")
    assert watch.page.read_bytes() == before
    watch.fact_file.write_text(good, "utf-8")
    watch.hears("  1 note; waiting for changes")


def test_an_editor_that_renames_and_replaces_is_followed(watch: Watch) -> None:
    beside = watch.fact_file.with_name(".example.yaml.swp")
    beside.write_text(watch.fact_file.read_text("utf-8").replace("invented tariff", "replaced tariff"), "utf-8")
    watch.fact_file.rename(watch.fact_file.with_name("example.yaml~"))
    beside.rename(watch.fact_file)
    watch.hears("briefs/example.yaml: page ")
    watch.hears("waiting for changes")
    assert "replaced tariff" in watch.page.read_text("utf-8")


def test_a_folder_that_goes_is_waited_for_and_takes_nothing_with_it(watch: Watch) -> None:
    away = watch.fact_file.parent.with_name("away")
    watch.fact_file.parent.rename(away)
    watch.hears("there is no briefs/ folder; waiting until it exists")
    assert watch.page.is_file()
    away.rename(watch.fact_file.parent)
    watch.hears("  1 note; waiting for changes")


def test_an_edit_during_a_build_is_the_one_that_is_published(watch: Watch) -> None:
    for number in range(4):
        watch.edit("invented tariff" if number == 0 else f"tariff number {number - 1}", f"tariff number {number}")
        time.sleep(0.15)
    last = watch.fact_file.stat().st_mtime_ns
    watch.settles(
        lambda: (
            "tariff number 3" in watch.page.read_text("utf-8")
            and watch.page.with_suffix(".pdf").stat().st_mtime_ns >= last
        )
    )


def test_a_new_fact_file_is_published_and_a_deleted_ones_outputs_go(watch: Watch) -> None:
    other = watch.fact_file.with_name("other.yaml")
    shutil.copy(watch.fact_file, other)
    watch.hears("briefs/other.yaml: page ")
    watch.hears("waiting for changes")
    other.unlink()
    watch.hears("removed build/other.html: its fact file was removed")


def test_no_process_is_left_behind_by_one_that_is_killed(built: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(built, tmp_path / "desk"))
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "watch"], cwd=project, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout as lines:
        assert any("waiting for changes" in line for line in lines)
        process.kill()
        assert process.wait(LONG) == -signal.SIGKILL
        lines.read()  # comes to its end when the last process that could write here has ended


@pytest.mark.forks
def test_a_full_disk_is_reported_once_and_the_brief_is_published_when_there_is_room(tmp_path: Path) -> None:
    def on_a_small_disk() -> None:
        own_mounts()
        folder = tmp_path / "desk"
        assert brief("init", str(folder), cwd=tmp_path).code == 0
        small_disk(folder / "build", 32 << 20)
        ballast, lock = folder / "build/ballast", folder / "build/.brief/lock"
        ballast.write_bytes(bytes((32 << 20) - (600 << 10)))
        watch = Watch(folder)
        try:
            watch.hears("no space left on device; what was published stays")
            for _ in "ab":  # the second of these builds begins when the first one has failed, and has not said so again
                wait_for_change(lock)
            assert not watch.page.exists()
            ballast.unlink()
            watch.hears("waiting for changes")
        finally:
            code = watch.end()
        assert code == 130
        assert watch.said.count("cannot write") == 1, watch.said
        assert watch.page.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
        assert list((folder / "build").rglob(".unfinished-*")) == []

    in_child(on_a_small_disk)


def wait_for_change(file: Path) -> None:
    before, end = file.stat().st_mtime_ns, time.monotonic() + LONG
    while file.stat().st_mtime_ns == before:
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def test_a_brief_that_does_not_exist_is_wrong_use(built: Path) -> None:
    ran = brief("watch", "exmple", cwd=built)
    assert ran.code == 2
    assert "did you mean 'example'?" in ran.err


def test_a_brief_in_a_new_folder_is_published_there(watch: Watch) -> None:
    folder = watch.fact_file.parent / "2025"
    folder.mkdir()
    watch.fact_file.rename(folder / "example.yaml")
    page = watch.page.parent / "2025/example.html"
    watch.settles(lambda: page.is_file() and not watch.page.exists())
    moved = folder / "example.yaml"
    moved.write_text(moved.read_text("utf-8").replace("invented tariff", "moved tariff"), "utf-8")
    watch.settles(lambda: "moved tariff" in page.read_text("utf-8"))
    moved.rename(watch.fact_file)
    folder.rmdir()
    watch.settles(lambda: watch.page.is_file() and not page.exists())
