"""A process that builds when asked, and stays warm between. Knows how to publish a project, not when.

One round at a time; a round can be interrupted, and what it had finished is kept. Its workers stay warm from one round to the next.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from types import TracebackType
from typing import NamedTuple, Self

from generator.engine import Answered, BuildError, Event, Executor, Made, Pool, child
from generator.engine.task import Answer, Task
from generator.preview.preview_messages import Crashed, Done, News, PageMade, Stuck
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
    """The process, seen from the one that started it."""

    def __init__(self, project: Project, jobs: int) -> None:
        self._child = child.start(_serve, project, jobs)

    def ask(self, wish: Wish) -> None:
        """Begin a round; it ends with the news `Done` or `Stuck`. Raises OSError if the process is gone."""
        self._child.pipe.send(wish)

    def interrupt(self) -> None:
        """End the round that is under way, soon; nothing happens if there is none."""
        with suppress(ProcessLookupError):
            self._child.process.send_signal(signal.SIGUSR1)

    def listen(self) -> News | None:
        """Wait for news; None when the process is gone."""
        try:
            news: News = self._child.pipe.recv()
        except (EOFError, OSError):
            return None
        return news

    def close(self) -> None:
        """End it; what it has finished is on disk and remembered."""
        with suppress(OSError):
            self._child.pipe.send(None)
        self.interrupt()
        with suppress(subprocess.TimeoutExpired):
            self._child.process.wait(PATIENCE)
        self._child.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Interruptible:
    """A pool whose waiting, and nothing else, a signal can end, as Ctrl-C would."""

    def __init__(self, inner: Pool) -> None:
        self._inner = inner
        self._asked = False

    def begin(self) -> None:
        """A round begins: it has not been asked to end."""
        self._asked = False

    def interrupt(self, *_: object) -> None:
        """The signal's handler."""
        self._asked = True
        self._inner.wake()

    @property
    def room(self) -> int:
        return self._inner.room

    def submit(self, task: Task) -> None:
        self._inner.submit(task)

    def wait(self) -> Sequence[Answer]:
        answers = () if self._asked else self._inner.wait()
        if self._asked:
            raise KeyboardInterrupt
        return answers

    def drop(self) -> None:
        self._inner.drop()

    def close(self) -> None:
        self._inner.close()


# ---------------------------------------------------------------- in the process


def _serve(pipe: Connection, project: Project, jobs: int) -> None:
    """Answer wishes until the pipe closes."""
    from generator.pipeline.publish_brief import rehearse, warm

    with Pool(jobs, ahead=(partial(rehearse, project), warm)) as pool:
        executor = Interruptible(pool)
        signal.signal(signal.SIGUSR1, executor.interrupt)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
        pool.prepare()
        with suppress(EOFError, OSError):
            try:
                _rounds(project, executor, pipe)
            except (EOFError, OSError):
                raise
            except Exception:
                import traceback

                pipe.send(Crashed(traceback.format_exc()))


def _rounds(project: Project, executor: Interruptible, pipe: Connection) -> None:
    while (wish := pipe.recv()) is not None:
        executor.begin()
        pipe.send(_round(project, executor, wish, pipe.send))


def _round(project: Project, executor: Executor, wish: Wish, send: Callable[[News], object]) -> Done | Stuck:
    from generator.pipeline.load_project import misnamed
    from generator.pipeline.publish_brief import publish

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
    except BuildError as fault:
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
