"""Watches a project, builds what changes and passes messages on.

A change interrupts the current build, so a page never waits for the PDF of its last version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple, NoReturn, TypeAlias

from generator.preview.builder import Builder, BuildRequest
from generator.preview.changes import changes
from generator.preview.preview_messages import BuilderMessage, Crashed, Done, Stuck
from generator.project import Project, slug_of

PATIENCE = 10.0
"""If something changes all the time, builds are interrupted for this many seconds and then run undisturbed for as many."""


class Changed(NamedTuple):
    """Files of the project have changed."""

    paths: frozenset[str]
    """Paths relative to the project folder."""


Message: TypeAlias = Changed | BuilderMessage


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

    def run(self) -> NoReturn:
        """Build, then build what changes, until KeyboardInterrupt or BuilderDied."""
        for work in (self._look, self._listen):
            Thread(target=work, daemon=True).start()
        try:
            self._begin()
            while True:
                self._take(self._inbox.get())
        finally:
            self._stop.set()

    def _take(self, message: Message | None) -> None:
        if message is None:
            raise BuilderDied("the building process has ended")
        if isinstance(message, Crashed):
            raise BuilderDied(message.trace)
        self._tell(message)
        if isinstance(message, Done | Stuck):
            self._busy = False
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
        self._busy = True
        self._builder.ask(BuildRequest(self._slugs, tuple(sorted(edited | set(self._viewed())))))

    def _look(self) -> None:
        for paths in changes(self._project.folder, self._stop):
            self._inbox.put(Changed(paths))

    def _listen(self) -> None:
        while (news := self._builder.listen()) is not None:
            self._inbox.put(news)
        self._inbox.put(None)
