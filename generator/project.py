"""Where things are: the project folder, its fact files, and the people, sources and house style they share.

Knows the names of files and folders, and how to read them all; not what is done with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.model import Brief, HouseStyle, Library
from generator.problems import Code, Location, Problem, Severity

BAD_SLUG = Code(
    "bad-slug",
    Severity.ERROR,
    "A fact file whose name cannot become an address",
    "The file's name becomes the address of the publication: lower-case letters, digits and single hyphens, with the ending "
    "`.yaml`.",
    "briefs/Chip Controls.yml",
    "briefs/chip-controls.yaml",
)
CODES = (BAD_SLUG,)

HOUSE, EXPERTS, SOURCES = "briefs/house.yaml", "briefs/experts.yaml", "briefs/sources.yaml"
_SHARED = frozenset({"house", "experts", "sources"})
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NoProject(Exception):
    """There is no `briefs/` folder here or above."""


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds `briefs/`."""

    folder: Path

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

    def fact_files(self) -> tuple[tuple[str, str], ...]:
        """Return (slug, file) of every fact file, sorted; files are relative to the folder."""
        found = sorted(path.name for path in self.briefs.glob("*.yaml") if path.stem not in _SHARED)
        return tuple((name.removesuffix(".yaml"), f"briefs/{name}") for name in found)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that was read, with what is wrong with it as far as reading shows."""

    briefs: tuple[Brief, ...]
    library: Library
    problems: tuple[Problem, ...]


def find_project(start: Path) -> Project:
    """Find the project that `start` lies in: the nearest folder upwards with a `briefs/`. Raises NoProject."""
    for folder in (start, *start.parents):
        if (folder / "briefs").is_dir():
            return Project(folder)
    raise NoProject(f"there is no briefs/ folder in {start} or above it")


def load(folder: Path, slugs: Iterable[str] = ()) -> Loaded:
    """Read the library and the fact files of a project: all, or those named."""
    project = Project(folder)
    library, found = load_library(folder)
    problems = [*found, *_misnamed(project)]
    wanted, briefs = set(slugs), []
    for slug, file in project.fact_files():
        if wanted and slug not in wanted:
            continue
        brief, found = load_brief(folder, slug, file, library.house)
        problems += found
        if brief is not None:
            briefs.append(brief)
    return Loaded(tuple(briefs), library, tuple(problems))


def load_library(folder: Path) -> tuple[Library, tuple[Problem, ...]]:
    """Read house style, experts and sources."""
    from generator.read.experts import read_experts
    from generator.read.house import read_house
    from generator.read.sources import read_sources
    from generator.read.yamltext import read_document

    problems: list[Problem] = []
    documents = {}
    for name in (HOUSE, EXPERTS, SOURCES):
        documents[name], found = read_document(folder / name, name)
        problems += found
    house, house_problems = read_house(documents[HOUSE])
    experts, expert_problems = read_experts(documents[EXPERTS])
    sources, source_problems = read_sources(documents[SOURCES])
    problems += (*house_problems, *expert_problems, *source_problems)
    files = {"house": HOUSE, "experts": EXPERTS, "sources": SOURCES}
    return Library(experts, sources, house, files), tuple(problems)


def load_brief(folder: Path, slug: str, file: str, house: HouseStyle) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read one fact file."""
    from generator.read.briefs import read_brief
    from generator.read.yamltext import read_document

    document, problems = read_document(folder / file, file)
    brief, found = read_brief(slug, document, house)
    if not _SLUG.fullmatch(slug):
        hint = "use lower-case letters, digits and single hyphens"
        problems = (*problems, BAD_SLUG.at(Location(file), f"'{slug}' cannot be an address", hint))
    return brief, (*problems, *found)


def _misnamed(project: Project) -> Iterable[Problem]:
    for path in sorted(project.briefs.glob("*.yml")):
        file = f"briefs/{path.name}"
        yield BAD_SLUG.at(
            Location(file), f"{file} is not read: fact files end in .yaml", f"rename it to {path.stem}.yaml"
        )
