"""Verifies the quotations of a project for `brief lock`, again only where something has changed.

A result is stored with the digests of everything that the verification read: the brief's own files, the files that all briefs share,
the entries of its sources, and their captures with their documents. It is stored only if the brief had no problems and all
captures existed, so that it does not depend on the lock. The cache is in the build's own folder, which people should not accept from
others (`docs/security.md`); values of a wrong form are ignored.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from generator.engine import pool
from generator.engine.atomic import write
from generator.engine.calls import in_batches
from generator.engine.errors import CannotWrite
from generator.engine.plain_data import expect, text_map, texts
from generator.engine.trace import entry_digests
from generator.evidence.capture_lock import Entry, Lock, open_lock, read_line, write_line
from generator.evidence.captures.capture_store import Capture, Captures, capture_folder
from generator.evidence.captures.originals import Audited
from generator.evidence.checks.suppressions import unsuppressed
from generator.evidence.verification.verify_brief import LOCK_BEHIND, Examination, examination
from generator.model import Brief, Library, Verdict
from generator.pipeline.data_tables import file_of
from generator.pipeline.load_project import Opener, load, load_library, misnamed
from generator.pipeline.source_files import project_indexes
from generator.pipeline.versions import code_state
from generator.problems import Problem
from generator.project import EXPERTS, FACTS, HOUSE, SOURCES, Project, is_fact_file, slug_of
from generator.read import entries
from generator.syntax.citations import citations
from generator.system.garbage_collection import garbage_left
from generator.system.regular_files import open_regular

BATCH, BATCHES = 100, 40
"""Fewest briefs that a process takes at once, and into how many batches a large project is divided: each searches its folders."""
FEW = 150
"""For up to this number of briefs, starting processes takes longer than it saves."""
Tell = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Pinned:
    """Results for some briefs, small enough to be sent between processes."""

    briefs: int
    """Number of briefs that could be read."""
    claims: int
    entries: frozenset[Entry]
    problems: frozenset[Problem]
    """Problems of reading and of the gate."""
    needs_old: bool
    """Whether some entries come only from the old lock, because their capture is missing."""
    verified: tuple[Verified, ...] = field(default=(), compare=False)
    """Briefs that need not be verified again until something changes."""


class Ground(NamedTuple):
    """Captures and lock with which the briefs of a project are compared."""

    captures: Audited
    lock: Lock
    noting: Noting
    """The recorded reads of captures."""


def pinned(project: Project, tell: Tell = lambda done, all_: None) -> Pinned:
    """Verify every claim of a project, except in briefs that were verified before and have not changed.

    `tell` is called with the number of finished briefs and the number of briefs to verify.
    """
    facts = project.fact_files()
    before = {one.file: one for one in recall(project, (file for _, file in facts))}
    again = sorted({slug for slug, file in facts if file not in before})
    unchanged = [before[file] for slug, file in facts if file in before and slug not in again]
    new = _divided(project.folder.resolve(), again, tell)
    remember(project, [*unchanged, *new.verified])
    library = frozenset(_library_problems(project.folder, project.open))
    whole = Pinned(
        len(unchanged),
        sum(one.claims for one in unchanged),
        frozenset(entry for one in unchanged for entry in one.entries),
        library,
        needs_old=False,
        verified=tuple(unchanged),
    )
    return _joined([whole, new])


def _divided(folder: Path, slugs: list[str], tell: Tell) -> Pinned:
    if len(slugs) <= FEW or pool.processors() < 2:
        return _verified(folder, slugs, _ground(folder), tell) if slugs else _joined([])
    size = max(BATCH, len(slugs) // BATCHES)
    batches = [(folder, slugs[start : start + size]) for start in range(0, len(slugs), size)]
    return _joined(in_batches(verify_batch, batches, lambda done: tell(min(done * size, len(slugs)), len(slugs))))


def _joined(results: Sequence[Pinned]) -> Pinned:
    return Pinned(
        sum(one.briefs for one in results),
        sum(one.claims for one in results),
        frozenset[Entry]().union(*(one.entries for one in results)),
        frozenset[Problem]().union(*(one.problems for one in results)),
        any(one.needs_old for one in results),
        tuple(one for result in results for one in result.verified),
    )


def verify_batch(folder: Path, slugs: Sequence[str]) -> Pinned:
    """Verify a batch. Runs in a worker, which opens a capture and compares it with its documents once for all its batches."""
    return _verified(folder, slugs, _ground_of_worker(folder), lambda done, all_: None)


def _verified(folder: Path, slugs: Sequence[str], ground: Ground, tell: Tell) -> Pinned:
    """Verify the named briefs, and record those in which nothing is wrong."""
    noting = Noting(Project(folder).open)
    loaded = load(folder, slugs, noting.open)
    wrong = {problem.place.file for problem in set(loaded.problems) - _library_problems(folder, noting.open)}
    elsewhere = {file for file in wrong if not is_fact_file(slug_of(file), file)}
    recorder = Recorder(folder, noting, ground.noting, ground.captures)
    examinations, verified = [], []
    unaccepted: list[Problem] = []
    for number, brief in enumerate(loaded.briefs):
        tell(number, len(slugs))
        recorder.begin()
        one = examination(brief, loaded.library, ground.captures, ground.lock)
        examinations.append(one)
        unaccepted += unsuppressed(_gate_problems(one), brief, loaded.library.house)
        if not elsewhere and brief.file not in wrong and not any(_gate_problems(one)):
            verified += recorder.recorded(brief, loaded.library, len(one.claims_checked), one.entries)
    return Pinned(
        len(loaded.briefs),
        sum(len(one.claims_checked) for one in examinations),
        frozenset(entry for one in examinations for entry in one.entries),
        frozenset((*loaded.problems, *unaccepted)),
        any(map(_needs_old, examinations)),
        tuple(verified),
    )


def _gate_problems(one: Examination) -> Iterator[Problem]:
    return (problem for problem in one.problems if problem.code != LOCK_BEHIND.name)


def _library_problems(folder: Path, opener: Callable[[str], bytes]) -> frozenset[Problem]:
    """Return the problems of the project outside its briefs."""
    return frozenset((*load_library(opener)[1], *misnamed(Project(folder))))


def _ground(folder: Path) -> Ground:
    project = Project(folder)
    lock, _ = open_lock(project.open)
    noting = Noting(project.open)
    return Ground(Audited(Captures(noting.open), lock, originals=True), lock, noting)


@lru_cache(maxsize=1)
def _ground_of_worker(folder: Path) -> Ground:
    return _ground(folder)


def _needs_old(one: Examination) -> bool:
    return any(
        checked.verdict is Verdict.UNCHECKED and checked.claim.citations and checked.match is None
        for checked in one.claims_checked
    )


FILE = "verified"
SHARED_FILES = (HOUSE, EXPERTS, FACTS)
"""Files whose changes may change the result of any brief."""
MAX_BYTES = 1 << 28
"""Size of the largest cache that is read, in bytes."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A brief in which every claim was verified, and the inputs of this result."""

    file: str
    claims: int
    entries: tuple[Entry, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    """Digest of each file that was read for it, including shared files and captures; empty for a missing file."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Digest of the entry of each source that it cites."""


class Noting:
    """Opens files of a project, and records the digest of their content."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self.digests: dict[str, str] = {}
        self._folders: dict[str, dict[str, str]] = {}
        self._grouped = 0

    def open(self, file: str) -> bytes:
        """Return the bytes of a file. Raises OSError, which is recorded too."""
        try:
            data = self._opener(file)
        except OSError:
            self.digests[file] = ""
            raise
        self.digests[file] = digest(data)
        return data

    def below(self, folder: str) -> dict[str, str]:
        """Return the digests of the files in a folder, by path."""
        if self._grouped != len(self.digests):
            self._folders.clear()
            for file, found in self.digests.items():
                self._folders.setdefault(file.rpartition("/")[0], {})[file] = found
            self._grouped = len(self.digests)
        return self._folders.get(folder, {})

    def content(self, file: str) -> bytes:
        """Return the bytes of a file; empty if it cannot be read."""
        with suppress(OSError):
            return self.open(file)
        return b""


def digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def recall(project: Project, files: Iterable[str]) -> list[Verified]:
    """Return those of these fact files that were verified before and have not changed since."""
    before = _load(project)
    current = _Current(project)
    return [before[file] for file in files if file in before and current.is_of(before[file])] if before else []


def remember(project: Project, verified: Sequence[Verified]) -> None:
    """Store these results and no others. If the folder cannot be written to, nothing is stored."""
    content = {
        "code": _code(),
        "files": {file: found for one in verified for file, found in one.files.items()},
        "sources": {key: found for one in verified for key, found in one.sources.items()},
        "briefs": [[one.file, one.claims, list(one.files), list(one.sources), _lines(one)] for one in verified],
    }
    with suppress(CannotWrite, OSError):
        project.store.mkdir(parents=True, exist_ok=True)
        write(project.store / FILE, json.dumps(content, separators=(",", ":")).encode())


class Recorder:
    """Records the inputs of the verification of briefs, one after another."""

    def __init__(self, folder: Path, noting: Noting, captures_noting: Noting, captures: Audited) -> None:
        """`noting` has read the briefs and `captures_noting` the captures."""
        self._noting, self._captures_noting, self._captures = noting, captures_noting, captures
        self._project = Project(folder)

    def begin(self) -> None:
        """Start recording which captures a brief requests."""
        self._captures.asked.clear()

    def recorded(self, brief: Brief, library: Library, claims: int, entries: Sequence[Entry]) -> list[Verified]:
        """Return the record of a brief without problems; None if its result depends on the lock or on missing files."""
        if library.unread or not all(isinstance(self._captures.get(key), Capture) for key in self._captures.asked):
            return []
        files = {file: found for file, found in self._noting.digests.items() if file in (*SHARED_FILES, *_files(brief))}
        for key in self._captures.asked:
            files |= self._captures_noting.below(capture_folder(key))
        houses = (library.house, *library.houses.values())
        cited = {citation.key for record in (brief, *houses) for citation, _ in citations(record)}
        sources = {key: self._sources.get(key, "") for key in sorted(cited)}
        return [Verified(brief.file, claims, tuple(entries), files, sources)]

    @cached_property
    def _sources(self) -> dict[str, str]:
        return _source_digests(self._project, self._noting)


def _files(brief: Brief) -> set[str]:
    """Return the files that only this brief reads: its own, and those of its tables and charts."""
    return {brief.file, *(file_of(table, brief) for table in (*brief.tables, *brief.charts) if table.file)}


class _Current:
    """The current content of the project; each file is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._noting = Noting(project.open)

    def is_of(self, one: Verified) -> bool:
        same = all(self._file(file) == before for file, before in one.files.items())
        return same and all(self._sources.get(key, "") == before for key, before in one.sources.items())

    @cached_property
    def _sources(self) -> dict[str, str]:
        return _source_digests(self._project, self._noting)

    def _file(self, file: str) -> str:
        if file not in self._noting.digests:
            self._noting.content(file)
        return self._noting.digests[file]


def _source_digests(project: Project, noting: Noting) -> dict[str, str]:
    """Return a digest of the entry of each source, by key."""
    found = dict(entry_digests(entries.entry_digests, SOURCES, noting.content(SOURCES)))
    for index in project_indexes(project, noting.open)[0]:
        for key in index.entries:
            text = index.slice(key) if index.whole is None else index.text
            found[key] = f"{found.get(key, '')} {digest(text.encode())}"
    return found


def _load(project: Project) -> dict[str, Verified]:
    """Return the stored results by fact file. Every value is checked, because the file is untrusted."""
    try:
        with open_regular(project.store / FILE, MAX_BYTES) as stored, garbage_left():
            content = json.load(stored)
        expect(content["code"] == _code())
        files, sources = text_map(content["files"]), text_map(content["sources"])
        return {brief[0]: _opened(brief, files, sources) for brief in content["briefs"]}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return {}


def _opened(brief: Any, files: Mapping[str, str], sources: Mapping[str, str]) -> Verified:
    file, claims, read, cited, lines = brief
    expect(type(file) is str and type(claims) is int and file in read)
    entries = tuple(entry for entry in map(read_line, texts(lines)) if entry)
    expect(len(entries) == len(lines))
    own = {name: files[name] for name in texts(read)}
    return Verified(file, claims, entries, own, {key: sources[key] for key in texts(cited)})


def _lines(one: Verified) -> list[str]:
    return [write_line(entry) for entry in one.entries]


def _code() -> str:
    """Return the version of the check: with another version of the program or a library, everything is verified again."""
    return digest(code_state().encode())
