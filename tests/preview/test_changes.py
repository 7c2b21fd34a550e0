"""What changes in a project folder, with real files and the system's own news of them."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.preview.watcher import changes, matters

LONG = 120.0
"""Seconds that a busy machine may take; a test ends as soon as it has seen what it waits for."""


class Watched:
    """What has been message of a folder so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.batches: list[frozenset[str]] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def until(self, path: str, act: Callable[[], object]) -> frozenset[str]:
        """Do something, again and again in case the watch had not begun, until a batch names the path."""
        end = time.monotonic() + LONG
        while time.monotonic() < end:
            seen = len(self.batches)
            act()
            for _ in range(40):
                time.sleep(0.025)
                found = [batch for batch in self.batches[seen:] if path in batch]
                if found:
                    return found[0]
        raise AssertionError(f"{path} was not message of: {self.batches}")

    def close(self) -> None:
        self._stop.set()
        self._thread.join(LONG)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        for batch in changes(self.folder, self._stop):
            self.batches.append(batch)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    for name in ("briefs", "build", "captures"):
        (tmp_path / name).mkdir()
    seen = Watched(tmp_path)
    yield seen
    seen.close()


def write(path: Path, text: str = "x") -> Callable[[], object]:
    return lambda: path.write_text(text + str(time.monotonic_ns()))


def test_a_written_file_is_named(watched: Watched) -> None:
    assert watched.until("briefs/a.yaml", write(watched.folder / "briefs/a.yaml"))


def test_a_file_that_is_written_beside_and_renamed_is_named_by_its_last_name_only(watched: Watched) -> None:
    def save() -> None:
        beside = watched.folder / "briefs/sedX3kT9a"
        beside.write_text(str(time.monotonic_ns()))
        beside.rename(watched.folder / "briefs/a.yaml")

    assert watched.until("briefs/a.yaml", save) == {"briefs/a.yaml"}


def test_what_is_built_is_no_change(watched: Watched) -> None:
    watched.until("briefs/a.yaml", write(watched.folder / "briefs/a.yaml"))
    write(watched.folder / "build/a.html")()
    watched.until("briefs/b.yaml", write(watched.folder / "briefs/b.yaml"))
    assert not any("build" in path for batch in watched.batches for path in batch)


def test_a_burst_is_told_of_together(watched: Watched) -> None:
    watched.until("briefs/a.yaml", write(watched.folder / "briefs/a.yaml"))
    before = len(watched.batches)
    for number in range(100):
        write(watched.folder / f"briefs/many-{number}.yaml")()
    watched.until("briefs/end.yaml", write(watched.folder / "briefs/end.yaml"))
    assert len(watched.batches) - before < 20


def test_a_folder_that_goes_and_comes_back_is_watched_again(watched: Watched) -> None:
    watched.until("briefs/a.yaml", write(watched.folder / "briefs/a.yaml"))
    watched.until("briefs", lambda: shutil.rmtree(watched.folder / "briefs", ignore_errors=True))
    watched.until("briefs", lambda: (watched.folder / "briefs").mkdir(exist_ok=True))
    assert watched.until("briefs/a.yaml", write(watched.folder / "briefs/a.yaml"))


def test_a_folder_that_is_exchanged_for_another_is_noticed(watched: Watched) -> None:
    watched.until("briefs/a.yaml", write(watched.folder / "briefs/a.yaml"))
    (watched.folder / "other").mkdir()
    (watched.folder / "other/b.yaml").write_text("b")
    (watched.folder / "briefs").rename(watched.folder / "old")
    (watched.folder / "other").rename(watched.folder / "briefs")
    watched.until("briefs", lambda: None)
    assert watched.until("briefs/b.yaml", write(watched.folder / "briefs/b.yaml"))


def test_a_folder_that_was_not_there_at_the_start_is_watched_once_it_is(watched: Watched) -> None:
    watched.until("briefs/a.yaml", write(watched.folder / "briefs/a.yaml"))
    watched.until("templates", lambda: (watched.folder / "templates").mkdir(exist_ok=True))
    (watched.folder / "templates/presets").mkdir()
    assert watched.until("templates/presets/p.css", write(watched.folder / "templates/presets/p.css"))


def test_a_citation_style_beside_the_folders_is_watched(watched: Watched) -> None:
    assert watched.until("house.csl", write(watched.folder / "house.csl"))


@pytest.mark.parametrize(
    "path",
    ["briefs/.a.yaml.swp", "briefs/a.yaml~", "briefs/#a.yaml#", "briefs/.git/x", "templates/x.bak", "briefs/4913",
     "templates/__pycache__/x.pyc"],
)  # fmt: skip
def test_what_editors_keep_for_themselves_does_not_matter(path: str) -> None:
    assert not matters(path)


@pytest.mark.parametrize("path", ["briefs/a.yaml", "briefs/captures.lock", "captures/rise-2025/text.txt", "house.csl"])
def test_what_a_brief_is_made_of_matters(path: str) -> None:
    assert matters(path)
