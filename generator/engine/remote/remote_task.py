"""Worker side of remote execution.

The shared files are written to a folder of the worker, once for each version, for steps that list folders. A step reads only from
the bundles. A file that is not in them is recorded as lacking, and the answer is then discarded.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from generator.engine import atomic, digest
from generator.engine.processes.worker import NO_LIMITS, Limits, address_space
from generator.engine.remote.input_bundle import InputBundle, Want, inside, installed_name
from generator.engine.stat import UNSTABLE
from generator.engine.step import Task, TaskAnswer, run
from generator.engine.trace import FILE_KINDS, Read, ReadKind, Reads, World

TURN = threading.Lock()
"""Layout is not thread-safe, so a worker runs one step at a time, regardless of its number of threads."""

OVER_LIMIT = 75
"""Exit code of a worker whose step exceeded a limit."""

LOOK = 0.2
"""Seconds between two checks of the resources that a step has used."""


@dataclass(frozen=True, slots=True)
class RemoteTask:
    """A task with its bundle. Picklable, as tasks are."""

    task: Task
    own: InputBundle
    """The files that only this task reads."""
    snapshot: str
    """Digest of the shared files."""
    identify: Callable[[], Mapping[str, str]]
    """Returns the versions that shape results, by name. A worker with other versions does not run the task."""
    versions: Mapping[str, str]
    """Its result on the sending machine."""
    limits: Limits = NO_LIMITS
    """A worker that exceeds them ends itself. It cannot detect that it hangs, so `stall_seconds` does not apply."""


@dataclass(frozen=True, slots=True)
class RemoteAnswer:
    """The answer of a worker."""

    answer: TaskAnswer | None = None
    """None if the worker may not run the task. In the trace, files have our names or `installed:` names."""
    lacking: tuple[Want, ...] = ()
    differences: tuple[str, ...] = ()
    worker: str = ""


class OutsideBundle(PermissionError):
    """A step read a file that is neither in the project nor in a package, so it may differ between machines."""


class BundledReads(Reads):
    """Reads from bundles and installed packages. The worker's folder is the root."""

    def __init__(self, world: World, bundle: InputBundle) -> None:
        super().__init__(world)
        self._bundle = bundle
        self.lacking: dict[Want, None] = {}

    def folder(self, path: str) -> list[str]:
        names = self._bundle.folders.get(path)
        if names is None:
            self.lacking[Want(ReadKind.FOLDER, path)] = None
        self.trace[ReadKind.FOLDER, path] = digest.of_plain(list(names or ()))
        return list(names or ())

    def _open(self, path: str) -> bytes | OSError:
        name = path.removeprefix(f"{self.root}/")
        if name.startswith("/"):
            return self._open_installed(path)
        content = self._bundle.files.get(name)
        if content is None and inside(name):
            self.lacking[Want(ReadKind.FILE, name)] = None
        if not isinstance(content, bytes):
            return OSError(content or 2, os.strerror(content or 2), name)
        self.stats[path] = (UNSTABLE, digest.of_bytes(content))
        return content

    def _open_installed(self, path: str) -> bytes | OSError:
        if installed_name(path) is None:
            raise OutsideBundle(f"{path} is outside the project, and no file of an installed package")
        return super()._open(path)


def perform(remote_task: RemoteTask, shared: InputBundle, folder: Path) -> RemoteAnswer:
    """Run a step in the folder of this worker that contains the shared files."""
    if differences := differing(remote_task.versions, remote_task.identify()):
        return RemoteAnswer(differences=differences)
    with TURN, held_to(remote_task.limits):
        root = laid_out(shared, folder / remote_task.snapshot)
        lay(remote_task.own, root)
        ours = remote_task.task.world
        cache = ours.cache if "://" in ours.cache else str(folder / "cache")
        reads = BundledReads(ours._replace(root=str(root), cache=cache), shared | remote_task.own)
        answer = run(remote_task.task, warmed(), reads)
    trace = tuple(named_for(read, str(root), ours.root) for read in answer.trace)
    return RemoteAnswer(replace(answer, trace=trace, stats={}), tuple(reads.lacking))


def differing(ours: Mapping[str, str], theirs: Mapping[str, str]) -> tuple[str, ...]:
    """Describe how the versions of a worker differ from ours."""
    return tuple(
        f"{name} is {theirs.get(name, 'missing')} there and {ours.get(name, 'missing')} here"
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    )


def laid_out(shared: InputBundle, folder: Path) -> Path:
    """Return the folder with the shared files; write them if they are new."""
    whole = folder / ".whole"
    if not whole.exists():
        lay(shared, folder)
        atomic.write(whole, b"")
    return folder.resolve()


def lay(bundle: InputBundle, root: Path) -> None:
    for path, content in bundle.files.items():
        if isinstance(content, bytes) and inside(path):
            atomic.write(root / path, content)


def named_for(read: Read, root: str, home: str) -> Read:
    """Return a line of a trace with the names that are used on the sending machine."""
    if read.kind not in FILE_KINDS or not read.name.startswith("/"):
        return read
    if read.name.startswith(f"{root}/"):
        return read._replace(name=home + read.name.removeprefix(root))
    return read._replace(name=installed_name(read.name) or read.name)


@contextmanager
def held_to(limits: Limits) -> Iterator[None]:
    """End this process if the body exceeds a limit, because an endless layout cannot be stopped in another way."""
    done = threading.Event()
    watchdog = threading.Thread(target=_watch, args=(limits, used(), done), daemon=True)
    watchdog.start()
    try:
        yield
    finally:
        done.set()
        watchdog.join()


def _watch(limits: Limits, before: tuple[float, float, int], done: threading.Event) -> None:
    """`before` is what was used when the step began, which may be far in it when this thread has its first turn."""
    allowed = (limits.wall_seconds, limits.cpu_seconds, limits.memory_bytes)
    while not done.wait(LOOK):
        if any(limit and now - then > limit for now, then, limit in zip(used(), before, allowed, strict=True)):
            os._exit(OVER_LIMIT)


def used() -> tuple[float, float, int]:
    """What this process has used: seconds on the clock and of processor time, and bytes of address space."""
    return time.monotonic(), time.process_time(), address_space()


@lru_cache(maxsize=1)
def warmed() -> list[Callable[[], object]]:
    """Return the warm-ups that this process has run."""
    return []
