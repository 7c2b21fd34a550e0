"""Rebuilds a brief from its attachments alone, in a temporary folder.

The build runs in a child process with limits. If the kernel supports it, the process has no access to other files and the network.

The folder is removed by its process or, if that is killed, by the next run: it contains a lock file that its process keeps locked. The
kernel releases the lock when the process ends in any way.
"""

from __future__ import annotations

import datetime
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generator.engine import BuildError, Reads, Serial, Status
from generator.engine.trace import World
from generator.model import Evidence
from generator.problems import Problem
from generator.project import Project, slug_of
from generator.provenance.contents import Unreadable
from generator.provenance.extracting import lay_out
from generator.provenance.isolation import Unrestrictable, restrict, sandboxed
from generator.provenance.pdf_comparison import Statement, statements_of

PREFIX = "brief-verify-"
LOCK = "in-use"
GRACE = 3600.0
"""Seconds after which a folder without a lock file counts as abandoned; the lock is created right after the folder."""


@contextmanager
def workspace() -> Iterator[Path]:
    """Create an empty folder that only this user can open, and remove it afterwards. Removes the folders of killed runs.

    Raises OSError if it cannot be created.
    """
    top = Path(tempfile.gettempdir())
    remove_leftovers(top)
    outer = Path(tempfile.mkdtemp(prefix=PREFIX, dir=top))
    with (outer / LOCK).open("xb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            inner = outer / "project"
            inner.mkdir()
            yield inner
        finally:
            shutil.rmtree(outer, ignore_errors=True)


def remove_leftovers(top: Path) -> None:
    """Remove the folders of this user below `top` whose process has ended."""
    for folder in top.glob(f"{PREFIX}*"):
        with suppress(OSError):
            status = folder.lstat()
            if (
                folder.is_dir()
                and not folder.is_symlink()
                and status.st_uid == os.geteuid()
                and _is_left(folder, status)
            ):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path, status: os.stat_result) -> bool:
    try:
        descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return time.time() - status.st_mtime > GRACE
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)


class Isolation(StrEnum):
    """Whether the kernel must deny the child files and network."""

    NEEDED = "needed"
    """Needed for a design from a PDF: nothing is built without it."""
    IF_POSSIBLE = "if possible"


@dataclass(frozen=True, slots=True)
class Remade:
    """The result of rebuilding a brief."""

    pdf: bytes | None
    """None if the build failed; then `reason` says why, and `problems` too if the content is wrong."""
    evidence: tuple[Evidence, ...]
    """Every quotation and passage of the brief with its verdict from the lock."""
    problems: tuple[Problem, ...] = ()
    reason: str = ""
    statements: tuple[Statement, ...] = ()
    """The statements of the data, in the order of the page."""
    design: str = ""
    """Digest of the attached design; empty for none."""
    in_default: bool = False
    """Whether the default design was used instead."""


NOTHING = Remade(None, ())


def remake(files: Mapping[str, bytes], file: str, isolation: Isolation = Isolation.IF_POSSIBLE) -> Remade:
    """Build the brief of a fact file from these files, by their paths in the project. Raises OSError if the disk is full."""
    with workspace() as folder:
        lay_out(files, folder)
        try:
            return sandboxed("its fact file", made_in, str(folder), file, isolation)
        except Unreadable as fault:
            return Remade(None, (), reason=str(fault))


def made_in(folder: str, file: str, isolation: Isolation) -> Remade:
    """Build a brief in a folder without captures, and restrict this process for good. Raises Unreadable."""
    from generator.pipeline.problem_notes import problems_of
    from generator.pipeline.publish_brief import remake

    if isolation is Isolation.NEEDED:
        _restrict(Path(folder))
    else:
        with suppress(Unreadable):
            _restrict(Path(folder))
    evidence, statements = examined(folder, file)
    project = Project(Path(folder))
    try:
        outcome = remake(project, file, Serial())
    except BuildError as fault:
        raise Unreadable(str(fault)) from None
    if outcome.status is Status.BUILT:
        (pdf,) = (path for path in outcome.outputs if path.endswith(".pdf"))
        return Remade((project.output / pdf).read_bytes(), evidence, statements=statements)
    problems = tuple(problem for problem in problems_of(outcome.notes) if problem.is_error)
    failed = outcome.failure.message if outcome.failure else "the attached fact file has errors"
    return Remade(None, evidence, problems, failed)


def _restrict(folder: Path) -> None:
    try:
        restrict(folder)
    except Unrestrictable as fault:
        raise Unreadable(f"the attached design is not used here: {fault}") from None


def examined(folder: str, file: str) -> tuple[tuple[Evidence, ...], tuple[Statement, ...]]:
    """Return the evidence and the statements of a brief in a folder without captures."""
    from generator.pipeline.check_brief import examine
    from generator.read.entries import entry_digests

    world = World(folder, {"today": datetime.date.min.isoformat()}, entry_digests)
    checked = examine(Reads(world), slug_of(file), file)
    if checked.brief is None or checked.preset is None:
        return checked.evidence, ()
    return checked.evidence, statements_of(checked.brief, checked.library, checked.preset)
