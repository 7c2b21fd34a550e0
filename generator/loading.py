"""Reading a project: all fact files, and the people, sources and house style they share. Knows not what is done with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.data_tables import with_tables
from generator.problems import Code, Location, Problem, Severity
from generator.project import EXPERTS, HOUSE, SOURCE_FOLDER, SOURCES, Project
from generator.source_files import project_indexes, with_cited
from generator.used_facts import with_used

if TYPE_CHECKING:
    from generator.model import Brief, HouseStyle, Library

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

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that was read, with what is wrong with it as far as reading shows."""

    briefs: tuple[Brief, ...]
    library: Library
    problems: tuple[Problem, ...]


Opener = Callable[[str], bytes]
"""Gives the bytes of a file of the project by its name relative to the folder; raises OSError."""


def load(folder: Path, slugs: Iterable[str] = ()) -> Loaded:
    """Read the library and the fact files of a project: all, or those named."""
    project = Project(folder)
    library, found = load_library(project.open)
    problems = [*found, *misnamed(project)]
    wanted, briefs = set(slugs), []
    for slug, file in project.fact_files():
        if wanted and slug not in wanted:
            continue
        brief, found = load_brief(project.open, slug, file, library.house)
        problems += found
        if brief is not None:
            brief, library, found = with_used(brief, library, project.open)
            brief, tables = with_tables(brief, project.open)
            problems += [*found, *tables]
            briefs.append(brief)
    from generator.evidence.checks.walk import citations

    records = (*briefs, library.house, *library.houses.values())
    keys = {citation.key for record in records for citation, _ in citations(record)}
    indexes, unreadable = project_indexes(project)
    library, found = with_cited(library, keys, indexes)
    return Loaded(tuple(briefs), library, (*problems, *unreadable, *found))


def load_library(opener: Opener) -> tuple[Library, tuple[Problem, ...]]:
    """Read house style, experts and sources."""
    from generator.model import Library
    from generator.read.experts import read_experts
    from generator.read.house import read_houses
    from generator.read.sources import read_sources

    (house_file, *found_1), (experts_file, *found_2), (sources_file, *found_3) = (
        _document(opener, name) for name in (HOUSE, EXPERTS, SOURCES)
    )
    house, houses, house_problems = read_houses(house_file)
    experts, expert_problems = read_experts(experts_file)
    sources, source_problems = read_sources(sources_file)
    problems = (*found_1, *found_2, *found_3, *house_problems, *expert_problems, *source_problems)
    files = {"house": HOUSE, "experts": EXPERTS, "sources": SOURCES}
    return Library(experts, sources, house, houses, files), problems


def load_brief(opener: Opener, slug: str, file: str, house: HouseStyle) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read one fact file."""
    from generator.read.briefs import read_brief

    document, *problems = _document(opener, file)
    brief, found = read_brief(slug, document, house)
    if not _SLUG.fullmatch(slug):
        hint = "use lower-case letters, digits and single hyphens"
        problems.append(BAD_SLUG.at(Location(file), f"'{slug}' cannot be an address", hint))
    return brief, (*problems, *found)


def _document(opener: Opener, file: str) -> tuple[Any, ...]:
    """Return the document and the problems of its text."""
    from generator.read.yamltext import parse_bytes, unreadable

    try:
        data = opener(file)
    except OSError as error:
        document, problems = unreadable(file, error)
    else:
        document, problems = parse_bytes(data, file)
    return document, *problems


def misnamed(project: Project) -> Iterable[Problem]:
    """Yield a problem for each file that looks like a fact file and is not read."""
    for path in sorted(project.briefs.glob("*.yml")):
        file = f"briefs/{path.name}"
        yield BAD_SLUG.at(
            Location(file), f"{file} is not read: fact files end in .yaml", f"rename it to {path.stem}.yaml"
        )
    for name in project.source_names():
        if name.endswith(".yml"):
            file = f"{SOURCE_FOLDER}/{name}"
            hint = f"rename it to {name.removesuffix('.yml')}.yaml"
            yield BAD_SLUG.at(Location(file), f"{file} is not read: files of sources end in .yaml", hint)
