"""A process that builds when asked, and stays warm between. Knows how to publish a project, not when.

It is a process of its own because it forks: its workers inherit what it has imported, and nobody's threads. One round
at a time; a round can be interrupted, and what it had finished is kept.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from types import TracebackType
from typing import NamedTuple, Self

from generator.build import Answered, BuildFault, Event, Executor, Forked, Made
from generator.build.task import Answer, Task
from generator.build.worker import PR_SET_PDEATHSIG
from generator.preview.news import Crashed, Done, News, PageMade, Stuck
from generator.project import Project

PATIENCE = 10.0
"""Seconds that a builder has to end once it was told to, before it is killed."""


class Wish(NamedTuple):
    """What is to be brought up to date."""

    slugs: tuple[str, ...]
    """Empty for all briefs."""
    first: tuple[str, ...]
    """Those that somebody waits for."""


class Builder:
    """The process, seen from the one that started it. To be started before that one has threads."""

    def __init__(self, project: Project, jobs: int) -> None:
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        arguments = (project, jobs, theirs, self._pipe, os.getpid())
        self._process = context.Process(target=_serve, args=arguments, name="brief builder")
        self._process.start()
        theirs.close()

    def ask(self, wish: Wish) -> None:
        """Begin a round; it ends with the news `Done` or `Stuck`. Raises OSError if the process is gone."""
        self._pipe.send(wish)

    def interrupt(self) -> None:
        """End the round that is under way, soon; nothing happens if there is none."""
        with suppress(ProcessLookupError):
            os.kill(self._process.pid or os.getpid(), signal.SIGUSR1)

    def listen(self) -> News | None:
        """Wait for news; None when the process is gone."""
        try:
            news: News = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return news

    def close(self) -> None:
        """End it; what it has finished is on disk and remembered."""
        if self._process.is_alive():
            with suppress(OSError):
                self._pipe.send(None)
            self.interrupt()
        self._process.join(PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Interruptible:
    """An executor whose waiting, and nothing else, a signal can end, as Ctrl-C would."""

    def __init__(self, inner: Executor) -> None:
        self._inner = inner
        self._waiting = False
        self._asked = False

    def begin(self) -> None:
        """A round begins: it has not been asked to end."""
        self._asked = False

    def interrupt(self, *_: object) -> None:
        """The signal's handler."""
        self._asked = True
        if self._waiting:
            raise KeyboardInterrupt

    @property
    def room(self) -> int:
        return self._inner.room

    def submit(self, task: Task) -> None:
        self._inner.submit(task)

    def wait(self) -> Sequence[Answer]:
        self._waiting = True
        try:
            if self._asked:
                raise KeyboardInterrupt
            return self._inner.wait()
        finally:
            self._waiting = False

    def drop(self) -> None:
        self._inner.drop()

    def close(self) -> None:
        self._inner.close()


# ---------------------------------------------------------------- in the process


def _serve(project: Project, jobs: int, pipe: Connection, theirs: Connection, parent: int) -> None:
    """Answer wishes until the pipe closes."""
    theirs.close()
    _live_with(parent)
    with Forked(jobs) as forked:
        executor = Interruptible(forked)
        signal.signal(signal.SIGUSR1, executor.interrupt)
        with suppress(EOFError, OSError):
            try:
                _rounds(project, executor, pipe)
            except (EOFError, OSError):
                raise
            except Exception:
                import traceback

                pipe.send(Crashed(traceback.format_exc()))


def _rounds(project: Project, executor: Interruptible, pipe: Connection) -> None:
    from generator.publish import rehearse

    with suppress(Exception):  # what fails here fails again where it is reported
        rehearse(project)
    while (wish := pipe.recv()) is not None:
        executor.begin()
        pipe.send(_round(project, executor, wish, pipe.send))


def _round(project: Project, executor: Executor, wish: Wish, send: Callable[[News], object]) -> Done | Stuck:
    from generator.loading import misnamed
    from generator.publish import publish

    if not project.briefs.is_dir():
        return Stuck("there is no briefs/ folder; waiting for it to come back")
    known = tuple(slug for slug, _ in project.fact_files())
    wanted = tuple(slug for slug in wish.slugs if slug in known) if wish.slugs else known
    first = tuple(slug for slug in wish.first if slug in wanted)
    tell = _teller(send)
    try:
        if first and len(first) < len(wanted):
            report = publish(project, first, executor=executor, on_event=tell)
            if report.interrupted:
                return Done(report, ())
        report = publish(project, wanted, executor=executor, on_event=tell)
    except BuildFault as fault:
        return Stuck(str(fault))
    return Done(report, tuple(misnamed(project)))


def _teller(send: Callable[[News], object]) -> Callable[[Event], None]:
    """Pass events on; of what steps made, only pages, which somebody waits for."""

    def tell(event: Event) -> None:
        if not isinstance(event, Answered):
            send(event)
        elif isinstance(event.answer.result, Made) and event.answer.result.parts:
            send(PageMade(event.target, dict(event.answer.result.outputs)))

    return tell


def _live_with(parent: int) -> None:
    """Leave Ctrl-C to the process that started this one; and end with it, whatever it dies of."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError, OSError, AttributeError):
        from ctypes import CDLL

        CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(0)
