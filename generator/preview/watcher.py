"""Watches the files of a project, builds what changes, and logs results and times.

A change interrupts the current build, so a page never waits for the PDF of its last version.

Three folders and the citation styles next to them are watched, never the whole project, which may contain a virtual environment
with a hundred thousand files. Folders can be replaced (a branch is checked out, a backup is restored), and the system does not
report that for a watched folder itself. So twice a second the program checks whether they are still the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple, NoReturn, TypeAlias

import click

from generator.console.build_progress import removals
from generator.console.context import Context, show
from generator.console.formatters import count, ordered
from generator.engine import Ended, FailureKind, Outcome, TargetStatus, Waiting
from generator.pipeline.brief_steps import problems_of
from generator.preview.builder import Builder, BuilderMessage, BuildRequest, Crashed, Done, PageMade, Stuck
from generator.problems import Problem
from generator.problems.message_words import counted
from generator.project import Project, slug_of

FOLDERS = ("briefs", "templates", "captures")
TICK = 500
"""Milliseconds between two checks of the folders themselves."""
QUIET = 10
"""Milliseconds without a further change that end a burst."""
BURST = 200
"""Milliseconds after which a burst that has not ended is reported."""
Ground = dict[str, tuple[int, ...]]
"""Identity of a watched folder, or of a citation style next to it."""


def changes(folder: Path, stop: Event) -> Iterator[frozenset[str]]:
    """Yield the paths that changed together, relative to the project folder, until `stop` is set.

    Every change of a fact file is reported, also of a half-saved one; temporary files of editors are not. A new folder is
    reported a second time when its changes have ended, because the system does not report files that were created before it
    watched the folder; then all folders are watched again.
    """
    ground, unseen, polling = _ground(folder), frozenset[str](), False
    while not stop.is_set():
        try:
            for batch in _watch(folder, stop, polling=polling):
                now = _ground(folder)
                moved = _differing(ground, now)
                paths = frozenset(_told(folder, batch)) | moved
                ground = now
                if paths:
                    yield paths
                    unseen |= {path for path in paths if (folder / path).is_dir()}
                elif unseen and not batch:
                    yield unseen
                    unseen = frozenset()
                    break
                if moved & set(FOLDERS):
                    break
        except FileNotFoundError:
            stop.wait(TICK / 1000)
        except OSError:  # the system's limit of watched folders is reached
            polling = True


def matters(path: str) -> bool:
    """Whether a change of this file can change a brief. Temporary files of editors cannot."""
    *_, name = parts = path.split("/")
    hidden = any(part.startswith(".") for part in parts)
    editors = name.endswith(("~", ".swp", ".tmp", ".bak")) or name.startswith("#") or name == "4913"
    return not hidden and not editors and "__pycache__" not in parts


def _watch(folder: Path, stop: Event, *, polling: bool) -> Iterator[Iterable[tuple[int, str]]]:
    """Yield batches of changes, an empty one at least every TICK."""
    from watchfiles import watch

    places = [folder / name for name in FOLDERS if (folder / name).is_dir()]
    if not places:
        stop.wait(TICK / 1000)
        return iter([()])
    return watch(
        *places,
        watch_filter=None,
        step=QUIET,
        debounce=BURST,
        rust_timeout=TICK,
        yield_on_timeout=True,
        stop_event=stop,
        force_polling=polling or None,
        ignore_permission_denied=True,
    )


def _told(folder: Path, batch: Iterable[tuple[int, str]]) -> Iterator[str]:
    for _, place in batch:
        path = os.path.relpath(place, folder)
        if matters(path) and ("." in Path(path).name or Path(place).is_dir()):  # sed writes `sedX3kT9a` and renames it
            yield path


def _ground(folder: Path) -> Ground:
    ground: Ground = {}
    for name in FOLDERS:
        with suppress(OSError):
            stat = (folder / name).stat()
            ground[name] = (stat.st_dev, stat.st_ino)
    for style in folder.glob("*.csl"):
        with suppress(OSError):
            stat = style.stat()
            ground[style.name] = (stat.st_size, stat.st_mtime_ns)
    return ground


def _differing(before: Ground, now: Ground) -> frozenset[str]:
    return frozenset(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


PATIENCE = 10.0
"""If something changes all the time, builds are interrupted for this many seconds and then run undisturbed for as many."""
RETRY = 5.0
"""Seconds between two builds while files cannot be written, for instance because the disk is full; at least as long as a build."""


class Changed(NamedTuple):
    """Files of the project have changed."""

    paths: frozenset[str]
    """Paths relative to the project folder."""


Message: TypeAlias = Changed | BuilderMessage


def unwritable(message: Done | Stuck) -> str:
    """Return why files could not be written; empty if they could."""
    if isinstance(message, Stuck):
        return message.message if message.unwritable else ""
    failures = (outcome.failure for outcome in message.report.outcomes)
    return next((one.message for one in failures if one and one.kind is FailureKind.UNWRITABLE), "")


class BuilderDied(RuntimeError):
    """The build process has ended, which is a bug."""


class Watcher:
    """Watches a project, in the thread that calls `run`."""

    def __init__(
        self,
        project: Project,
        builder: Builder,
        tell: Callable[[Message], object],
        *,
        slugs: tuple[str, ...] = (),
        viewed: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """Watch the briefs `slugs`, or all. `viewed` are those that somebody is viewing; they are built first."""
        self._project = project
        self._builder = builder
        self._tell = tell
        self._slugs = slugs
        self._viewed = viewed
        self._inbox: SimpleQueue[Message | None] = SimpleQueue()
        self._stop = Event()
        self._pending: set[str] = set()
        self._busy = False
        self._streak = (-PATIENCE, -PATIENCE)
        """Times of the first and the last recent interruption."""
        self._begun = 0.0
        self._retry: float | None = None
        """Seconds after which to build again although nothing has changed."""

    def run(self) -> NoReturn:
        """Build, then build what changes, until KeyboardInterrupt or BuilderDied."""
        for work in (self._look, self._listen):
            Thread(target=work, daemon=True).start()
        try:
            self._begin()
            while True:
                try:
                    self._take(self._inbox.get(timeout=self._retry))
                except Empty:
                    self._begin()
        finally:
            self._stop.set()

    def _take(self, message: Message | None) -> None:
        """Process a message of a change or of the build process, and begin a build if one is due. Raises BuilderDied."""
        if message is None:
            raise BuilderDied("the build process has ended")
        if isinstance(message, Crashed):
            raise BuilderDied(message.trace)
        self._tell(message)
        if isinstance(message, Done | Stuck):
            self._busy = False
            self._retry = max(RETRY, monotonic() - self._begun) if unwritable(message) else None
        elif isinstance(message, Changed):
            self._pending |= message.paths
            if self._busy and self._may_interrupt():
                self._builder.interrupt()
        if self._pending and not self._busy:
            self._begin()

    def _may_interrupt(self) -> bool:
        now = monotonic()
        first, last = self._streak
        if now - last > PATIENCE:
            first = now
        if now - first > PATIENCE:
            return False
        self._streak = (first, now)
        return True

    def _begin(self) -> None:
        """Request a build of everything; the engine finds what has changed. Edited and viewed briefs come first."""
        edited = {slug_of(path) for path in self._pending}
        self._pending.clear()
        self._busy, self._begun, self._retry = True, monotonic(), None
        self._builder.ask(BuildRequest(self._slugs, tuple(sorted(edited | set(self._viewed())))))

    def _look(self) -> None:
        for paths in changes(self._project.folder, self._stop):
            self._inbox.put(Changed(paths))

    def _listen(self) -> None:
        while (message := self._builder.listen()) is not None:
            self._inbox.put(message)
        self._inbox.put(None)


SHOWN = 3
"""Most names of changed files in one line; of more files, their number is shown."""


class WatchLog:
    """Prints a line for each event, and problems only if they have changed."""

    def __init__(self, context: Context, clock: Callable[[], float] = time.perf_counter) -> None:
        self._context = context
        self._clock = clock
        self._since = clock()
        self._pages: dict[str, float] = {}
        """Seconds from the change to the page, by fact file."""
        self._shown: tuple[Problem, ...] | None = None
        self._unwritable = False
        """Whether the last line says that files cannot be written."""

    def tell(self, message: Message) -> None:
        if isinstance(message, Changed):
            self._changed(message.paths)
        elif isinstance(message, PageMade):
            self._pages[message.file] = self._clock() - self._since
        elif isinstance(message, Ended):
            self._ended(message.outcome)
        elif isinstance(message, Done):
            self._done(message)
        elif isinstance(message, Stuck) and message.unwritable:
            self._cannot_write(message.message)
        elif isinstance(message, Stuck):
            self._say(message.message)
        elif isinstance(message, Waiting):
            self._say("waiting for another build in this folder")

    def _changed(self, paths: frozenset[str]) -> None:
        self._since, self._unwritable = self._clock(), False
        self._pages.clear()
        names = sorted(paths)
        self._say("changed: " + (", ".join(names) if len(names) <= SHOWN else counted(len(names), "file")))

    def _ended(self, outcome: Outcome) -> None:
        took = self._clock() - self._since
        if outcome.failure and outcome.failure.kind is FailureKind.UNWRITABLE:
            return  # said once for all briefs
        if outcome.failure:
            self._say(f"{outcome.target}: could not be built: {outcome.failure.message}")
        elif outcome.status is TargetStatus.REJECTED:
            self._say(f"{outcome.target}: not published because of errors  ({took:.2f} s)")
        elif outcome.status is TargetStatus.BUILT and outcome.outputs:
            page = self._pages.pop(outcome.target, took)
            self._say(f"{outcome.target}: page {page:.2f} s, all {took:.2f} s")

    def _done(self, done: Done) -> None:
        """Print what a build has changed, and its problems if they are others than before."""
        if done.report.interrupted:
            return
        notes = [problem for outcome in done.report.outcomes for problem in problems_of(outcome.notes)]
        problems = ordered([*notes, *done.shared])
        if problems and problems != self._shown:
            show(problems, self._context)
        self._shown = problems
        for line in removals(done.report, self._context):
            self._say(line)
        if reason := unwritable(done):
            self._cannot_write(reason)
            return
        self._unwritable = False
        broken = sum(outcome.status is TargetStatus.BROKEN for outcome in done.report.outcomes)
        self._say((f"{broken} could not be built, " if broken else "") + f"{count(problems)}; waiting for changes")

    def _cannot_write(self, reason: str) -> None:
        """Say once that files cannot be written, until they can or something has changed."""
        if not self._unwritable:
            self._say(f"{reason}; what was published stays, and the build is repeated until it can be written")
        self._unwritable = True

    def _say(self, text: str) -> None:
        click.echo(f"{time.strftime('%H:%M:%S')}  {text}")
