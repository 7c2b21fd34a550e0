"""Build process of the preview, which stays warm between builds, and the messages it sends.

It runs one build at a time. A build can be interrupted, and finished parts are kept. Its workers stay warm too. Messages are sent
through a pipe, among them the engine's own events, without the results of steps.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from types import TracebackType
from typing import NamedTuple, Self, TypeAlias

from generator.engine import (
    Answered,
    Begun,
    BuildError,
    CannotWrite,
    Ended,
    Event,
    Executor,
    Made,
    Pool,
    Report,
    Started,
    Waiting,
)
from generator.engine.processes import child
from generator.problems import Problem
from generator.project import Project


class PageMade(NamedTuple):
    """A page is ready and its PDF is not; until then neither is in the output folder."""

    file: str
    """The fact file."""
    outputs: dict[str, bytes]
    """By path relative to the output folder."""


class Done(NamedTuple):
    """A build has ended: every requested brief is up to date, has errors, or was interrupted."""

    report: Report
    shared: tuple[Problem, ...]
    """Problems without a brief: files that are not read because of their names."""


class Stuck(NamedTuple):
    """The build could not start or end, for a reason that the user can correct."""

    message: str
    unwritable: bool = False
    """Whether files cannot be written; then nothing that the preview watches changes when they can."""


class Crashed(NamedTuple):
    """The build process has ended because of a bug."""

    trace: str


BuilderMessage: TypeAlias = Waiting | Begun | Started | Ended | PageMade | Done | Stuck | Crashed
PATIENCE = 10.0
"""Seconds that a builder has to end before it is killed."""


class BuildRequest(NamedTuple):
    """Briefs to build."""

    slugs: tuple[str, ...]
    """Empty for all briefs."""
    first: tuple[str, ...]
    """Briefs that somebody is viewing; they are built first."""


class Builder:
    """The build process, as its parent sees it."""

    def __init__(self, project: Project, jobs: int) -> None:
        self._child = child.start(_serve, project, jobs)

    def ask(self, request: BuildRequest) -> None:
        """Start a build; it ends with the message `Done` or `Stuck`. Raises OSError if the process is gone."""
        self._child.pipe.send(request)

    def interrupt(self) -> None:
        """Interrupt the current build, if there is one."""
        with suppress(ProcessLookupError):
            self._child.process.send_signal(signal.SIGUSR1)

    def listen(self) -> BuilderMessage | None:
        """Wait for a message; return None if the process is gone."""
        try:
            message: BuilderMessage = self._child.pipe.recv()
        except (EOFError, OSError):
            return None
        return message

    def close(self) -> None:
        """End the process; its finished results are on disk."""
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


# ---------------------------------------------------------------- in the process


def _serve(pipe: Connection, project: Project, jobs: int) -> None:
    """Handle build requests until the pipe closes."""
    from generator.pipeline.brief_steps import warm
    from generator.pipeline.publish_brief import rehearse

    with Pool(jobs, ahead=(partial(rehearse, project), warm)) as pool:
        signal.signal(signal.SIGUSR1, pool.interrupt)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
        pool.prepare()
        with suppress(EOFError, OSError):
            try:
                _rounds(project, pool, pipe)
            except (EOFError, OSError):
                raise
            except Exception:
                import traceback

                pipe.send(Crashed(traceback.format_exc()))


def _rounds(project: Project, pool: Pool, pipe: Connection) -> None:
    while (request := pipe.recv()) is not None:
        pool.resume()
        pipe.send(_round(project, pool, request, pipe.send))


def _round(
    project: Project, executor: Executor, request: BuildRequest, send: Callable[[BuilderMessage], object]
) -> Done | Stuck:
    """Build the requested briefs, those that somebody is looking at first."""
    from generator.pipeline.inputs.load_project import misnamed
    from generator.pipeline.publish_brief import publish

    if not project.briefs.is_dir():
        return Stuck("there is no briefs/ folder; waiting until it exists")
    slugs = tuple(slug for slug, _ in project.fact_files())
    requested = tuple(slug for slug in request.slugs if slug in slugs) if request.slugs else slugs
    first = tuple(slug for slug in request.first if slug in requested)
    tell = _teller(send)
    try:
        if first and len(first) < len(requested):
            report = publish(project, first, executor=executor, on_event=tell)
            if report.interrupted:
                return Done(report, ())
        report = publish(project, requested, executor=executor, on_event=tell)
    except BuildError as fault:
        return Stuck(str(fault), unwritable=isinstance(fault, CannotWrite))
    return Done(report, tuple(misnamed(project)))


def _teller(send: Callable[[BuilderMessage], object]) -> Callable[[Event], None]:
    """Return a function that passes on events; of the results of steps, only pages."""

    def tell(event: Event) -> None:
        if not isinstance(event, Answered):
            send(event)
        elif isinstance(event.answer.result, Made) and event.answer.result.parts:
            send(PageMade(event.target, dict(event.answer.result.outputs)))

    return tell
