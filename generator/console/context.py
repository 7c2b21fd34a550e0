"""Context of subcommands, and their exit codes."""

from __future__ import annotations

import os
from pathlib import Path

from generator.project import Project, find_project

FINE, PROBLEMS, WRONG_USE, OUR_FAULT, INTERRUPTED = 0, 1, 2, 3, 130


class Context:
    """Context of a subcommand, `ctx.obj`."""

    def __init__(self, start: Path, colour: bool) -> None:
        self.start = start
        """The folder that `-C` names, or the current one."""
        self.colour = colour
        self._project: Project | None = None

    @property
    def project(self) -> Project:
        """Return the project that contains `start`. Raises NoProject."""
        if self._project is None:
            self._project = find_project(self.start)
        return self._project

    @property
    def folder(self) -> Path:
        return self.project.folder

    def shown(self, file: str) -> str:
        """Return a file of the project as a path relative to the current folder."""
        return os.path.relpath(self.project.folder / file)
