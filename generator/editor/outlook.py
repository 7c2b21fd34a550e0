"""Keeps the last valid content of documents and shared files."""

from __future__ import annotations

from dataclasses import replace

from generator.editor.view import View
from generator.editor.written import Written
from generator.engine import Reads
from generator.engine.trace import World
from generator.model import Library
from generator.pipeline.check_brief import shared_library
from generator.pipeline.source_files import project_indexes
from generator.pipeline.used_facts import with_shared
from generator.project import Project
from generator.read.nodes import Node
from generator.read.yamltext import MAX_BYTES, parse

MOST = 50
"""Documents of which an earlier tree is kept."""


class Outlook:
    """What was read last of one project. Used by one thread at a time."""

    def __init__(self) -> None:
        self._roots: dict[str, tuple[str, Node]] = {}
        self._library: Library | None = None

    def view(self, project: Project, file: str, written: Written, line: int) -> View:
        """What a request about a line, from 0, of a document is answered from."""
        root, is_fresh = self._root(file, written, line)
        further, _ = project_indexes(project)
        keys = tuple((entry.key, index.file, entry.line) for index in further for entry in index.entries.values())
        return View(project, file, written, root, self._shared(project), is_fresh, keys)

    def _root(self, file: str, written: Written, line: int) -> tuple[Node | None, bool]:
        """The tree of a text; where it cannot be read, that of the text without the line, or the one that was read last."""
        text, earlier = written.text[written.start :], self._roots.get(file)
        if earlier and earlier[0] == text:
            return earlier[1], True
        for candidate in (text, _without_line(written, line)):
            root = parse(candidate, file)[0] if len(candidate) <= MAX_BYTES else None
            if root is not None:
                self._roots.pop(file, None)
                self._roots[file] = (candidate, root)
                for oldest in list(self._roots)[: len(self._roots) - MOST]:
                    del self._roots[oldest]
                return root, True
        return (earlier[1] if earlier else None), False

    def _shared(self, project: Project) -> Library:
        """The shared files; the sources or experts that were there last, where none can be read now."""
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
    """The text with one line left blank, so that all places stay as they are."""
    if not 0 <= line < len(written.lines):
        return written.text[written.start :]
    begin = max(written.lines[line], written.start)
    return written.text[written.start : begin] + written.text[written.line_end(begin) :]
