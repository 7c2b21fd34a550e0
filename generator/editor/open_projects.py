"""Projects of the documents that are open in an editor, with their unsaved texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.editor.memory import Memory
from generator.editor.outlook import Outlook
from generator.editor.written import Written
from generator.project import NoProject, Project, find_project

if TYPE_CHECKING:
    from generator.editor.view import View
    from generator.problems import Problem

MOST_BRIEFS = 200
"""In a project with more briefs than these, only those that are open are checked while somebody types."""


class OpenProject:
    """One project folder with at least one open document. `version` grows whenever anything in it may have changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = 0
        self.memory = Memory()
        self._texts: dict[str, str] = {}
        self._outlook = Outlook()

    def put(self, file: str, text: str) -> None:
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # half a character is no text
        self._texts = {**self._texts, file: text}  # a new one, because another thread may be reading the old one
        self.version += 1

    def drop(self, file: str) -> None:
        self._texts = {name: text for name, text in self._texts.items() if name != file}
        self.version += 1

    @property
    def open_files(self) -> frozenset[str]:
        return frozenset(self._texts)

    @property
    def project(self) -> Project:
        """The project as it is now: what is changed later does not change it."""
        unsaved = {file: text.encode() for file, text in self._texts.items()}
        return Project(self.folder, MappingProxyType(unsaved))

    def text(self, file: str) -> str:
        """The text of a file as the editor shows it; empty for one that cannot be read."""
        if (text := self._texts.get(file)) is not None:
            return text
        try:
            return Project(self.folder).open(file).decode("utf-8", "replace")
        except OSError:
            return ""

    def rounds(self) -> list[tuple[str, ...]]:
        """Which briefs to check: first those that are open, then all, unless these are too many."""
        fact_files = self.project.fact_files()
        open_ = tuple(slug for slug, file in fact_files if file in self._texts)
        every = tuple(slug for slug, _ in fact_files)
        if open_ == every or len(every) > MOST_BRIEFS:
            return [open_]
        return [open_, every] if open_ else [every]

    def files(self, slugs: tuple[str, ...]) -> set[str]:
        """The fact files of some briefs."""
        return {file for slug, file in self.project.fact_files() if slug in slugs}

    def problems(self, slugs: tuple[str, ...], version: int) -> tuple[Problem, ...]:
        """Everything that is wrong, as `brief check` finds it. Raises Stale when `version` is no longer the project's."""
        from generator.console.formatters import ordered
        from generator.pipeline.inspect_project import inspect

        look = self.memory.looker(lambda: self.version != version)
        return ordered(inspect(self.project, slugs, look=look))

    def view(self, file: str, encoding: str, line: int) -> View:
        """What a request about a line of a document, from 0, is answered from."""
        return self._outlook.view(self.project, file, Written(self.text(file), encoding), line)


class OpenProjects:
    """All projects with open documents, by folder."""

    def __init__(self) -> None:
        self.by_folder: dict[Path, OpenProject] = {}

    def find(self, path: str) -> tuple[OpenProject, str] | None:
        """The project that a path lies in, and the file's name in it; None outside of every project."""
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
