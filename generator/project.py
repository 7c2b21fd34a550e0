"""Where things are: the project folder, its fact files, and the people, sources and house style they share.

Knows the names of files and folders; what is in them is read by `loading.py`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.brief_files import SOURCE_FOLDER, Found, brief_files
from generator.system.regular_files import read_regular, refuse_outside

HOUSE, EXPERTS, SOURCES = "briefs/house.yaml", "briefs/experts.yaml", "briefs/sources.yaml"
FACTS = "briefs/facts.yaml"
"""Facts that several briefs use."""
EDITIONS = "briefs/editions.lock"
__all__ = ["EDITIONS", "EXPERTS", "FACTS", "HOUSE", "SOURCES", "SOURCE_FOLDER", "NoProject", "Project", "find_project"]


class NoProject(Exception):
    """There is no `briefs/` folder here or above."""


class Project(NamedTuple):
    """A folder that holds `briefs/`."""

    folder: Path
    unsaved: Mapping[str, bytes] = {}
    """By file, relative to the folder: what an editor has in place of the content on disk."""

    def __reduce__(self) -> tuple[type[Project], tuple[Path, dict[str, bytes]]]:
        """For other processes: a view of a mapping cannot be sent to them."""
        return Project, (self.folder, dict(self.unsaved))

    @property
    def briefs(self) -> Path:
        return self.folder / "briefs"

    @property
    def captures(self) -> Path:
        return self.folder / "captures"

    @property
    def lock(self) -> Path:
        return self.folder / "briefs" / "captures.lock"

    @property
    def output(self) -> Path:
        return self.folder / "build"

    @property
    def store(self) -> Path:
        """The build engine's own folder."""
        return self.output / ".brief"

    def open(self, file: str) -> bytes:
        """Return the bytes of a file, named relative to the folder. Raises OSError, also where a link leads out of it."""
        refuse_outside(self.folder, file)
        if file in self.unsaved:
            return self.unsaved[file]
        return read_regular(self.folder / file)

    def source_names(self) -> list[str]:
        """Return the names in the folder of further sources; none if there is no such folder."""
        try:
            return sorted(os.listdir(self.folder / SOURCE_FOLDER))  # noqa: PTH208 - names are what is wanted
        except OSError:
            return []

    def fact_files(self) -> tuple[tuple[str, str], ...]:
        """Return (slug, file) of every fact file, sorted; files are relative to the folder."""
        return self.brief_files().facts

    def brief_files(self) -> Found:
        """Return every fact file, and what lies among them and is not read."""
        return brief_files(self.folder, self.unsaved)


def find_project(start: Path) -> Project:
    """Find the project that `start` lies in: the nearest folder upwards with a `briefs/`. Raises NoProject."""
    for folder in (start, *start.parents):
        if (folder / "briefs").is_dir():
            return Project(folder)
    raise NoProject(f"there is no briefs/ folder in {start} or above it")
