"""Projects of the documents that are open in an editor, with their unsaved texts.

The problems of a brief are cached until one of its inputs changes: its trace (`engine.Reads`) lists everything that `check_brief` read.
So a keystroke checks only the briefs that it affects. The last readable version of each document and of the shared files is kept too,
for the time while they cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from generator.console.formatters import ordered
from generator.editor.document_view import View, Written
from generator.engine import Reads
from generator.engine.trace import ReadKind, World, split_entry
from generator.model import Library
from generator.pipeline.check_brief import Examined, examine, shared_library
from generator.pipeline.inputs.load_project import with_shared
from generator.pipeline.inputs.source_files import project_indexes
from generator.pipeline.inspect_project import inspect
from generator.problems import Problem
from generator.project import NoProject, Project, find_project
from generator.read.yaml_nodes import Node
from generator.read.yaml_text import MAX_BYTES, parse

MOST_REMEMBERED = 500
"""Most briefs in the cache; the oldest are dropped."""

_Trace = dict[tuple[str, str], str]


class Stale(Exception):
    """The text has changed since the check was requested."""


class Memory:
    """Cached results of the briefs of one project."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[_Trace, Examined]] = {}

    def looker(self, is_stale: Callable[[], bool]) -> Callable[[Reads, str, str, str], Examined]:
        """Return a function for `inspect_project.inspect`. It raises Stale before the next brief if `is_stale` is true."""

        def look(reads: Reads, slug: str, file: str, twin: str = "") -> Examined:
            if is_stale():
                raise Stale
            trace, examined = self._found.pop((file, twin), ({}, None))
            if examined is None or not _holds(trace, reads):
                reads.trace.clear()
                examined = examine(reads, slug, file, twin)
                trace = dict(reads.trace)
            self._found[file, twin] = (trace, examined)
            for oldest in list(self._found)[: len(self._found) - MOST_REMEMBERED]:
                del self._found[oldest]
            return examined

        return look


def _holds(trace: _Trace, reads: Reads) -> bool:
    """Whether all inputs of a trace are unchanged."""
    for (kind, name), digest in trace.items():
        _read(reads, kind, name)
        if reads.trace.get((kind, name)) != digest:
            return False
    return True


def _read(reads: Reads, kind: str, name: str) -> None:
    if kind == ReadKind.FILE:
        with suppress(OSError):
            reads.file(name)
    elif kind == ReadKind.ENTRY:
        reads.entry(*split_entry(name))
    elif kind == ReadKind.FOLDER:
        reads.folder(name)
    else:
        reads.value(name)


MOST_DOCUMENTS = 50
"""Most documents whose earlier tree is kept."""


class Outlook:
    """The last readable state of one project. Used by one thread at a time."""

    def __init__(self) -> None:
        self._roots: dict[str, tuple[str, Node]] = {}
        self._library: Library | None = None

    def view(self, project: Project, file: str, written: Written, line: int) -> View:
        """Return the view for a request about a line of a document, counted from 0."""
        root, is_fresh = self._root(file, written, line)
        further, _ = project_indexes(project)
        keys = tuple((entry.key, index.file, entry.line) for index in further for entry in index.entries.values())
        return View(project, file, written, root, self._shared(project), is_fresh, keys)

    def _root(self, file: str, written: Written, line: int) -> tuple[Node | None, bool]:
        """Return the tree of a text; if it cannot be read, that of the text without the line, or the last readable one."""
        text, earlier = written.text[written.start :], self._roots.get(file)
        if earlier and earlier[0] == text:
            return earlier[1], True
        for candidate in (text, _without_line(written, line)):
            root = parse(candidate, file)[0] if len(candidate) <= MAX_BYTES else None
            if root is not None:
                self._roots.pop(file, None)
                self._roots[file] = (candidate, root)
                for oldest in list(self._roots)[: len(self._roots) - MOST_DOCUMENTS]:
                    del self._roots[oldest]
                return root, True
        return (earlier[1] if earlier else None), False

    def _shared(self, project: Project) -> Library:
        """Return the shared files, with the last readable sources or experts if none can be read now."""
        reads = Reads(World(str(project.folder.resolve()), unsaved=project.unsaved))
        library, _ = shared_library(reads)
        if self._library:
            sources, experts = library.sources or self._library.sources, library.experts or self._library.experts
            library = replace(library, sources=sources, experts=experts)
        library, _ = with_shared(library, project.open)
        if self._library and not library.facts:
            library = replace(library, facts=self._library.facts)
        self._library = library
        return library


def _without_line(written: Written, line: int) -> str:
    """Return the text with one line blank, so that all locations stay the same."""
    if not 0 <= line < len(written.lines):
        return written.text[written.start :]
    begin = max(written.lines[line], written.start)
    return written.text[written.start : begin] + written.text[written.line_end(begin) :]


MOST_BRIEFS = 200
"""In a project with more briefs, only the open ones are checked while somebody types."""


class OpenProject:
    """One project folder with at least one open document. `version` grows whenever anything in it may have changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = 0
        self.memory = Memory()
        self._texts: dict[str, str] = {}
        self._outlook = Outlook()

    def put(self, file: str, text: str) -> None:
        text = text.encode("utf-16-le", "surrogatepass").decode(
            "utf-16-le", "replace"
        )  # half a surrogate pair is not text
        self._texts = {**self._texts, file: text}  # a new dict, because another thread may be reading the old one
        self.version += 1

    def drop(self, file: str) -> None:
        self._texts = {name: text for name, text in self._texts.items() if name != file}
        self.version += 1

    @property
    def open_files(self) -> frozenset[str]:
        return frozenset(self._texts)

    @property
    def project(self) -> Project:
        """Return the project with its current texts; later changes do not affect it."""
        unsaved = {file: text.encode() for file, text in self._texts.items()}
        return Project(self.folder, MappingProxyType(unsaved))

    def text(self, file: str) -> str:
        """Return the text of a file as the editor shows it; empty if it cannot be read."""
        if (text := self._texts.get(file)) is not None:
            return text
        try:
            return Project(self.folder).open(file).decode("utf-8", "replace")
        except OSError:
            return ""

    def rounds(self) -> list[tuple[str, ...]]:
        """Return the briefs to check: first the open ones, then all, unless there are too many."""
        fact_files = self.project.fact_files()
        open_ = tuple(slug for slug, file in fact_files if file in self._texts)
        every = tuple(slug for slug, _ in fact_files)
        if open_ == every or len(every) > MOST_BRIEFS:
            return [open_]
        return [open_, every] if open_ else [every]

    def files(self, slugs: tuple[str, ...]) -> set[str]:
        """Return the fact files of some briefs."""
        return {file for slug, file in self.project.fact_files() if slug in slugs}

    def problems(self, slugs: tuple[str, ...], version: int) -> tuple[Problem, ...]:
        """Return all problems, as `brief check` reports them. Raises Stale if the project no longer has this `version`."""
        look = self.memory.looker(lambda: self.version != version)
        return ordered(inspect(self.project, slugs, look=look))

    def view(self, file: str, encoding: str, line: int) -> View:
        """Return the view for a request about a line of a document, counted from 0."""
        return self._outlook.view(self.project, file, Written(self.text(file), encoding), line)


class OpenProjects:
    """All projects with open documents, by folder."""

    def __init__(self) -> None:
        self.by_folder: dict[Path, OpenProject] = {}

    def find(self, path: str) -> tuple[OpenProject, str] | None:
        """Return the project of a path, and the file's name in it; None outside a project."""
        start = Path(path)
        try:
            folder = find_project(start.parent).folder
        except (NoProject, OSError, ValueError):
            return None
        project = self.by_folder.setdefault(folder, OpenProject(folder))
        return project, start.relative_to(folder).as_posix()

    def close(self, project: OpenProject, file: str) -> None:
        """Drop a document, and its project with the last one."""
        project.drop(file)
        if not project.open_files:
            self.by_folder.pop(project.folder, None)

    def each(self, act: Callable[[OpenProject], None]) -> None:
        for project in list(self.by_folder.values()):
            act(project)
