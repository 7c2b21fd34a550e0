"""The course of a watch: what changed is built, and news of it is passed on, until somebody ends it.

A change interrupts the build before it, so that a page never waits for the PDF of its last version. Knows when to build;
neither what is built nor who is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from queue import SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple, NoReturn, TypeAlias

from generator.preview.builder import Builder, Wish
from generator.preview.changes import changes
from generator.preview.preview_messages import Crashed, Done, News, Stuck
from generator.project import Project, slug_of

PATIENCE = 10.0
"""Where something changes all the time, builds are interrupted for so many seconds and then left alone for as many."""


class Changed(NamedTuple):
    """Somebody wrote in the project folder."""

    paths: frozenset[str]
    """Relative to it."""


Told: TypeAlias = Changed | News


class BuilderDied(RuntimeError):
    """The building process has ended, which is a fault of the program."""


class Session:
    """One watch over a project, in the thread that calls `run`."""

    def __init__(
        self,
        project: Project,
        builder: Builder,
        tell: Callable[[Told], object],
        *,
        slugs: tuple[str, ...] = (),
        viewed: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """Watch over the briefs `slugs`, or all. `viewed` are those that somebody looks at now: they are built first."""
        self._project = project
        self._builder = builder
        self._tell = tell
        self._slugs = slugs
        self._viewed = viewed
        self._inbox: SimpleQueue[Told | None] = SimpleQueue()
        self._stop = Event()
        self._pending: set[str] = set()
        self._busy = False
        self._streak = (-PATIENCE, -PATIENCE)
        """When the first and the last of the latest interruptions were."""

    def run(self) -> NoReturn:
        """Build, then build what changes. Ends with KeyboardInterrupt, or BuilderDied."""
        for work in (self._look, self._listen):
            Thread(target=work, daemon=True).start()
        try:
            self._begin()
            while True:
                self._take(self._inbox.get())
        finally:
            self._stop.set()

    def _take(self, told: Told | None) -> None:
        if told is None:
            raise BuilderDied("the building process has ended")
        if isinstance(told, Crashed):
            raise BuilderDied(told.trace)
        self._tell(told)
        if isinstance(told, Done | Stuck):
            self._busy = False
        elif isinstance(told, Changed):
            self._pending |= told.paths
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
        """Ask for everything; the engine finds out what of it has changed. What was edited and what is seen comes first."""
        edited = {slug_of(path) for path in self._pending}
        self._pending.clear()
        self._busy = True
        self._builder.ask(Wish(self._slugs, tuple(sorted(edited | set(self._viewed())))))

    def _look(self) -> None:
        for paths in changes(self._project.folder, self._stop):
            self._inbox.put(Changed(paths))

    def _listen(self) -> None:
        while (news := self._builder.listen()) is not None:
            self._inbox.put(news)
        self._inbox.put(None)
