"""Reads a project: all fact files, experts, sources and house style."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from generator.pipeline.chart_data import with_data
from generator.pipeline.source_files import project_indexes, with_cited
from generator.pipeline.used_facts import with_used
from generator.problems import Code, Location, Problem, Severity
from generator.project import EXPERTS, HOUSE, SOURCE_FOLDER, SOURCES, Project, misplacement, twins, unnamable

if TYPE_CHECKING:
    from generator.model import Brief, HouseStyle, Library
    from generator.problems.unread import Unread
    from generator.read.nodes import Document

BAD_SLUG = Code("bad-slug", Severity.ERROR)
SLUG_TWICE = Code("slug-twice", Severity.ERROR)
MISPLACED = Code("misplaced", Severity.ERROR)
CODES = (BAD_SLUG, SLUG_TWICE, MISPLACED)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that was read, and the problems of reading it."""

    briefs: tuple[Brief, ...]
    library: Library
    problems: tuple[Problem, ...]


Opener = Callable[[str], bytes]
"""Returns the bytes of a file of the project by its path relative to the folder; raises OSError."""


def load(folder: Path, slugs: Iterable[str] = (), opener: Opener | None = None) -> Loaded:
    """Read the library and the fact files of a project: all, or the named ones. `opener` replaces the project's own."""
    from generator.syntax.citations import citations

    project = Project(folder)
    opener = opener or project.open
    library, more = load_library(opener)
    problems = [*more, *misnamed(project)]
    wanted, briefs, facts = set(slugs), [], project.fact_files()
    keys = {citation.key for house in (library.house, *library.houses.values()) for citation, _ in citations(house)}
    others = twins(facts)
    for slug, file in facts:
        if wanted and slug not in wanted:
            continue
        brief, more = load_brief(opener, slug, file, library.house)
        problems += [*more, *slug_twice(slug, file, others.get(file, ""))]
        if brief is not None:
            brief, library, more = with_used(brief, library, opener)
            brief, tables = with_data(brief, opener)
            problems += [*more, *tables]
            briefs.append(brief)
            keys |= {citation.key for citation, _ in citations(brief)}  # now, while the list of files is cached
    indexes, unreadable = project_indexes(project, opener)
    library, more = with_cited(library, keys, indexes)
    return Loaded(tuple(briefs), library, (*problems, *unreadable, *more))


def load_library(opener: Opener) -> tuple[Library, tuple[Problem, ...]]:
    """Read house style, experts and sources."""
    return parsed_library(tuple(content_of(opener, file) for file in (HOUSE, EXPERTS, SOURCES)))


def content_of(read: Opener, file: str) -> bytes | OSError:
    """Return the bytes of a file, or the reason why it cannot be read."""
    try:
        return read(file)
    except OSError as error:
        return error


@lru_cache(maxsize=2)
def parsed_library(contents: tuple[bytes | OSError, ...]) -> tuple[Library, tuple[Problem, ...]]:
    """Parse the contents of house style, experts and sources; the same contents only once in a process."""
    from generator.model import Library
    from generator.read.damage import of_shared_file, settle
    from generator.read.file_readers import read_experts, read_houses, read_sources

    files = {"house": HOUSE, "experts": EXPERTS, "sources": SOURCES}
    documents = {name: _parsed(content, file) for (name, file), content in zip(files.items(), contents, strict=True)}
    house, houses, house_problems = read_houses(documents["house"])
    experts, expert_problems = read_experts(documents["experts"])
    sources, source_problems = read_sources(documents["sources"])
    problems: list[Problem] = []
    unread: list[Unread] = []
    for name, some in (("house", house_problems), ("experts", expert_problems), ("sources", source_problems)):
        own, parts = settle(documents[name], some)
        problems += (*documents[name].problems, *own)
        unread += of_shared_file(name, parts)
    return Library(experts, sources, house, houses, files, unread=tuple(unread)), tuple(problems)


def load_house(opener: Opener) -> HouseStyle:
    """Read only the house style; its problems are reported where it is used."""
    from generator.read.file_readers import read_house

    return read_house(_document(opener, HOUSE))[0]


def load_brief(opener: Opener, slug: str, file: str, house: HouseStyle) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read one fact file. A file in a place where no fact file may be is not read."""
    from generator.read.damage import settle
    from generator.read.file_readers import read_brief

    why = misplacement(slug, file)
    if why:
        return None, (MISPLACED.at(Location(file), f"{file} is not read: {why}", "rename it, or move it elsewhere"),)
    document = _document(opener, file)
    brief, brief_problems = read_brief(slug, document, house)
    own, unread = settle(document, brief_problems)
    problems = [*document.problems, *own]
    wrong = unnamable(slug, file)
    if wrong:
        hint = "use lower-case letters, digits and single hyphens"
        problems.append(BAD_SLUG.at(Location(file), f"'{wrong}' cannot be part of an address", hint))
    return replace(brief, unread=unread) if brief else None, tuple(problems)


def slug_twice(slug: str, file: str, twin: str) -> Iterator[Problem]:
    """Yield a problem if another fact file, `twin`, has the same name."""
    if twin:
        yield SLUG_TWICE.at(Location(file), f"{twin} also has the name '{slug}'", "rename one of the two files")


def _document(opener: Opener, file: str) -> Document:
    return _parsed(content_of(opener, file), file)


def _parsed(content: bytes | OSError, file: str) -> Document:
    from generator.read.yamltext import parse_bytes, unreadable

    return (unreadable(file, content) if isinstance(content, OSError) else parse_bytes(content, file))[0]


def misnamed(project: Project) -> Iterable[Problem]:
    """Yield a problem for each file that looks like a fact file and is not read, and for each folder that is not searched."""
    files = project.brief_files()
    for file in files.misnamed:
        path = PurePosixPath(file)
        kind = "files of sources" if str(path.parent) == SOURCE_FOLDER else "fact files"
        yield BAD_SLUG.at(Location(file), f"{file} is not read: {kind} end in .yaml", f"rename it to {path.stem}.yaml")
    for folder in files.linked:
        message = f"{folder} is a link to a folder: the YAML files in it are not read"
        yield MISPLACED.at(Location(folder), message, "move the folder itself here, or the link out of briefs/")
    for folder, why in files.closed:
        message = f"{folder} cannot be searched for briefs: {why}"
        yield MISPLACED.at(Location(folder), message, "make the folder readable, or move it out of briefs/")
