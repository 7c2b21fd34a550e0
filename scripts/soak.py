"""Runs `brief watch` for a long time over random edits, and checks that it never hangs and loses no edit.

    python -m scripts.soak FOLDER --briefs 200 --minutes 30

Edits come in rounds. In a round, files are changed in place, replaced, cut off in the middle of writing, broken, deleted and
copied at random moments, also during builds. A round ends with every file valid; then each page must show the last text of its
fact file within ten minutes. At the end, every output must have the bytes that `brief build` makes of the same files in an empty
folder. Exit codes: 0 if all of this holds, 1 if not.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.cost import BRIEF, brief, environment
from benchmarks.synthetic import SMALL, fact_file, slug, write_project

PATIENCE = 600.0
"""Seconds after the last edit of a round until every page has to be right, also on a busy machine: an edit can concern all briefs."""
QUIET = 5.0
ENDING = 30.0
"""Seconds until `brief watch` has to end after Ctrl-C."""
TITLE = re.compile(r"^title: (.*)$", re.MULTILINE)


class Lost(Exception):
    """An edit is not in its page, or a process did not answer."""


class Desk:
    """A project whose files change at random."""

    def __init__(self, project: Path, number: int, seed: int) -> None:
        self.project = project
        self.edits = 0
        self._random = random.Random(seed)
        self._right = {fact_file(project, n): fact_file(project, n).read_text("utf-8") for n in range(number)}
        """The text that each fact file has at the end of a round; a file that is not in it is deleted."""
        self._next = number
        experts = project / "briefs/experts.yaml"
        self._experts, self._note = experts, experts.read_text("utf-8")

    def round(self) -> None:
        """Make some edits with random pauses; then make every file valid again."""
        for _ in range(self._random.randint(1, 25)):
            self._random.choice(self._kinds())()
            self.edits += 1
            time.sleep(self._random.choice((0, 0, 0.01, 0.1, 0.5, 2)) * self._random.random())
        for path, text in self._right.items():
            if not path.is_file() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")

    def wrong(self) -> Iterator[str]:
        """Yield the briefs whose page does not show their title, and the pages without a brief."""
        pages = {page.stem: page for page in (self.project / "build").glob(f"{slug(0)[:-5]}*.html")}
        for path, text in self._right.items():
            page = pages.pop(path.stem, None)
            title = TITLE.search(text)
            if page is None or title is None or title[1] not in page.read_text("utf-8"):
                yield path.stem
        yield from (f"{name} (deleted)" for name in pages)

    def _kinds(self) -> Sequence[Callable[[], None]]:
        return (
            self._write,
            self._write,
            self._replace,
            self._cut_off,
            self._break,
            self._delete,
            self._copy,
            self._share,
        )

    def _changed(self) -> tuple[Path, str]:
        """Choose a file, and give it another title."""
        path = self._random.choice(list(self._right))
        text = TITLE.sub(f"title: Invented title {self.edits}", self._right[path], count=1)
        self._right[path] = text
        return path, text

    def _write(self) -> None:
        path, text = self._changed()
        path.write_text(text, "utf-8")

    def _replace(self) -> None:
        """Write beside the file and rename, as editors do."""
        path, text = self._changed()
        beside = path.with_name(f".{path.name}.swp")
        beside.write_text(text, "utf-8")
        beside.replace(path)

    def _cut_off(self) -> None:
        """Write one part, and the rest later."""
        path, text = self._changed()
        with path.open("w", encoding="utf-8") as file:
            file.write(text[: self._random.randrange(len(text))])
            file.flush()
            time.sleep(self._random.random())
            file.seek(0)
            file.write(text)

    def _break(self) -> None:
        """Leave an error in a file until the end of the round."""
        self._random.choice(list(self._right)).write_text("title: [not closed\n", "utf-8")

    def _delete(self) -> None:
        """Delete a file until the end of the round; one of ten for ever."""
        path = self._random.choice(list(self._right))
        path.unlink(missing_ok=True)
        if self._random.random() < 0.1 and len(self._right) > 1:
            del self._right[path]

    def _copy(self) -> None:
        path = fact_file(self.project, self._next)
        self._next += 1
        self._right[path] = TITLE.sub(
            f"title: Invented copy {self.edits}", self._random.choice(list(self._right.values())), count=1
        )
        path.write_text(self._right[path], "utf-8")

    def _share(self) -> None:
        """Change a file that all briefs share."""
        self._experts.write_text(self._note.replace("invented, like", f"invented {self.edits}, like", 1), "utf-8")


def main(arguments: Sequence[str]) -> int:
    """Run the program; return its exit code."""
    parser = argparse.ArgumentParser(
        prog="soak", description="Run `brief watch` over random edits; no edit may be lost."
    )
    parser.add_argument("folder", type=Path, help="an empty or new folder")
    parser.add_argument("--briefs", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=0, help="another number makes other edits")
    options = parser.parse_args(arguments)
    signal.signal(
        signal.SIGINT, signal.default_int_handler
    )  # a shell in the background ignores it, and `brief watch` would too
    project = options.folder / "desk"
    write_project(project, options.briefs, SMALL)
    brief(project, "lock")
    print(f"built {options.briefs} briefs in {brief(project, 'build').wall:.1f} s", flush=True)
    desk = Desk(project, options.briefs, options.seed)
    try:
        _watch(desk, options.minutes * 60)
        _compare(project, options.folder / "again")
    except Lost as lost:
        print(f"lost: {lost}", flush=True)
        print("\n".join((project / "watch.log").read_text("utf-8").splitlines()[-20:]))
        return 1
    return 0


def _watch(desk: Desk, seconds: float) -> None:
    """Edit under a running `brief watch`. Raises Lost."""
    with (desk.project / "watch.log").open("wb") as log:
        process = subprocess.Popen([*BRIEF, "watch"], cwd=desk.project, stdout=log, stderr=log, env=environment())
        try:
            _edit(desk, process, time.monotonic() + seconds)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                code = process.wait(ENDING)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise Lost("brief watch does not end after Ctrl-C") from None
    if code != 130:
        raise Lost(f"brief watch ended with {code}")


def _edit(desk: Desk, process: subprocess.Popen[bytes], end: float) -> None:
    rounds, slowest = 0, 0.0
    while time.monotonic() < end:
        desk.round()
        slowest = max(slowest, _settled(desk, process))
        rounds += 1
        if rounds % 20 == 0:
            print(
                f"{desk.edits} edits in {rounds} rounds; the slowest round was right after {slowest:.1f} s", flush=True
            )
    _quiet(desk.project / "watch.log")
    print(
        f"{desk.edits} edits in {rounds} rounds, none lost; the slowest round was right after {slowest:.1f} s",
        flush=True,
    )


def _settled(desk: Desk, process: subprocess.Popen[bytes]) -> float:
    """Wait until all pages are right; return the seconds that it took. Raises Lost."""
    begun = time.monotonic()
    while wrong := list(desk.wrong()):
        if process.poll() is not None:
            raise Lost(f"brief watch ended by itself with {process.returncode}")
        if time.monotonic() - begun > PATIENCE:
            raise Lost(f"{len(wrong)} pages are wrong after {PATIENCE:.0f} s, first {wrong[0]}")
        time.sleep(0.1)
    return time.monotonic() - begun


def _quiet(log: Path) -> None:
    """Wait until `brief watch` has nothing to do for some seconds. Raises Lost."""
    end, since = time.monotonic() + PATIENCE, time.monotonic()
    while time.monotonic() - since < QUIET:
        lines = log.read_text("utf-8").splitlines()
        if not lines or not lines[-1].endswith("waiting for changes"):
            since = time.monotonic()
        if time.monotonic() > end:
            raise Lost(f"brief watch does not come to an end; its last line is {lines[-1:]}")
        time.sleep(0.1)


def _compare(project: Path, again: Path) -> None:
    """Check that every output is the one of a build in an empty folder. Raises Lost."""
    shutil.copytree(project, again, ignore=shutil.ignore_patterns("build", "*.log"))
    brief(again, "build")
    watched, built = _outputs(project / "build"), _outputs(again / "build")
    different = sorted(name for name in watched.keys() | built.keys() if watched.get(name) != built.get(name))
    if different:
        raise Lost(f"{len(different)} outputs differ from a build in an empty folder, first {different[0]}")
    print(f"{len(built)} outputs are the same as in a build in an empty folder", flush=True)


def _outputs(folder: Path) -> dict[Path, bytes]:
    """Return the bytes of each output by path; hidden files are not outputs."""
    paths = (Path(parent, name).relative_to(folder) for parent, _, names in os.walk(folder) for name in names)
    return {
        path: (folder / path).read_bytes() for path in paths if not any(part.startswith(".") for part in path.parts)
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
