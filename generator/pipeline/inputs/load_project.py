"""Reads a project, and adds shared facts to the briefs that use them.

They are read once for all briefs and recorded by entry. Shared facts are in the house style's language; a brief in another
language cannot print them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from generator.engine import Reads
from generator.evidence.checks.reference_checks import facts_named
from generator.model import SHARED, Brief, Fact, HouseStyle, Library
from generator.pipeline.brief_steps import LEFT_OUT
from generator.pipeline.inputs.data_tables import with_data
from generator.pipeline.inputs.source_files import project_indexes, with_cited
from generator.problems import Code, Location, Problem, Severity
from generator.problems.problem import Unread
from generator.project import (
    EXPERTS,
    FACTS,
    HOUSE,
    SOURCE_FOLDER,
    SOURCES,
    Opener,
    Project,
    content_of,
    misplacement,
    unnamable,
    with_twins,
)
from generator.read.file_readers import (
    read_brief,
    read_experts,
    read_house,
    read_houses,
    read_shared_facts,
    read_sources,
)
from generator.read.reading_state import of_shared_file, settle
from generator.read.yaml_nodes import Document
from generator.read.yaml_text import UNREADABLE, parse_bytes, unreadable
from generator.syntax.citations import citations

BAD_SLUG = Code("bad-slug", Severity.ERROR)
SLUG_TWICE = Code("slug-twice", Severity.ERROR)
MISPLACED = Code("misplaced", Severity.ERROR)
DRAFT_LEFT_OUT = Code(LEFT_OUT, Severity.NOTE)
EDITION_LEFT_OUT = Code("edition-left-out", Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that was read, and the problems of reading it."""

    briefs: tuple[Brief, ...]
    library: Library
    problems: tuple[Problem, ...]


def load(folder: Path, slugs: Iterable[str] = (), opener: Opener | None = None) -> Loaded:
    """Read the library and the fact files of a project: all, or the named ones. `opener` replaces the project's own."""
    project = Project(folder)
    opener = opener or project.open
    library, more = load_library(opener)
    problems = [*more, *misnamed(project)]
    wanted, briefs = set(slugs), []
    keys = {citation.key for house in (library.house, *library.houses.values()) for citation, _ in citations(house)}
    for slug, file, twin in with_twins(project.fact_files()):
        if wanted and slug not in wanted:
            continue
        brief, more = load_brief(opener, slug, file, library.house)
        problems += [*more, *slug_twice(slug, file, twin)]
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


@lru_cache(maxsize=2)
def parsed_library(contents: tuple[bytes | OSError, ...]) -> tuple[Library, tuple[Problem, ...]]:
    """Parse the contents of house style, experts and sources; the same contents only once in a process."""
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
    return read_house(_document(opener, HOUSE))[0]


def load_brief(opener: Opener, slug: str, file: str, house: HouseStyle) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read one fact file. A file in a place where no fact file may be is not read."""
    why = misplacement(slug, file)
    if why:
        return None, (MISPLACED.at(Location(file), f"{file} is not read: {why}", "rename it, or move it elsewhere"),)
    document = _document(opener, file)
    brief, brief_problems = read_brief(slug, document, house)
    own, unread = settle(document, brief_problems)
    problems = [*document.problems, *own]
    wrong = unnamable(slug, file)
    if wrong:
        hint = "rename it: use lower-case letters, digits and single hyphens, such as my-brief"
        problems.append(BAD_SLUG.at(Location(file), f"'{wrong}' cannot be part of an address", hint))
    return replace(brief, unread=unread) if brief else None, tuple(problems)


def slug_twice(slug: str, file: str, twin: str) -> Iterator[Problem]:
    """Yield a problem if another fact file, `twin`, has the same name."""
    if twin:
        yield SLUG_TWICE.at(Location(file), f"{twin} also has the name '{slug}'", "rename one of the two files")


def _document(opener: Opener, file: str) -> Document:
    return _parsed(content_of(opener, file), file)


def _parsed(content: bytes | OSError, file: str) -> Document:
    return (unreadable(file, content) if isinstance(content, OSError) else parse_bytes(content, file))[0]


def misnamed(project: Project) -> Iterable[Problem]:
    """Yield a problem for each file that looks like a fact file and is not read, and for each folder that is not searched."""
    files = project.brief_files()
    for file in files.misnamed:
        path = PurePosixPath(file.removesuffix(".txt"))
        kind = "files of sources" if str(path.parent) == SOURCE_FOLDER else "fact files"
        yield BAD_SLUG.at(Location(file), f"{file} is not read: {kind} end in .yaml", f"rename it to {path.stem}.yaml")
    for folder in files.linked:
        message = f"{folder} is a link to a folder: the YAML files in it are not read"
        yield MISPLACED.at(Location(folder), message, "move the folder itself here, or the link out of briefs/")
    for folder, why in files.closed:
        message = f"{folder} cannot be searched for briefs: {why}"
        yield MISPLACED.at(Location(folder), message, "make the folder readable, or move it out of briefs/")


SHARED_FACT_LANGUAGE = Code("shared-fact-language", Severity.ERROR, rests_on=("language", "/house.language"))

Used = tuple[Brief, Library, tuple[Problem, ...]]
_NONE: Mapping[str, Fact] = {}


def with_used(brief: Brief, library: Library, opener: Opener) -> Used:
    """Return the brief with its shared facts after its own, the library with all shared facts, and the problems.

    The file is opened only if a shared fact is used.
    """
    wanted = dict(_wanted(brief, _NONE))
    if not wanted:
        return brief, library, ()
    library, problems = with_shared(library, opener, next(iter(wanted.values())))
    used = tuple(library.facts[one] for one in dict(_wanted(brief, library.facts)) if one in library.facts)
    foreign = _foreign(brief, library, wanted) if used else ()
    return replace(brief, facts=(*brief.facts, *used)), library, (*problems, *foreign)


def with_recorded_facts(reads: Reads, brief: Brief, library: Library, opener: Opener) -> Used:
    """Do the same as `with_used`, and record used and missing facts by entry, or the whole file if it has problems."""
    merged, library, problems = with_used(brief, library, opener)
    for one, _ in _wanted(brief, library.facts):
        reads.entry(FACTS, one.removeprefix(SHARED))
    if any(problem.place.file == FACTS for problem in problems):
        with suppress(OSError):  # also recorded if it cannot be read
            reads.file(FACTS)
    return merged, library, problems


def with_shared(
    library: Library, opener: Opener, wanted: Location | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library with all shared facts. A missing file is a problem only if a fact of it is `wanted`."""
    try:
        content: bytes | OSError = opener(FACTS)
    except FileNotFoundError:
        hint = "write it, with the fact under `facts:`, or refer to a fact of this brief as [#id]"
        missing = (
            UNREADABLE.at(wanted, f"{FACTS} does not exist, and this fact should be in it", hint) if wanted else None
        )
        return library, (missing,) if missing else ()
    except OSError as error:
        content = error
    facts, problems, parts = _parsed_facts(content, library.house.language)
    library = replace(library, unread=(*library.unread, *parts))
    if facts is None:
        return library, problems
    return replace(library, facts=facts, files={**library.files, "facts": FACTS}), problems


@lru_cache(maxsize=4)
def _parsed_facts(
    content: bytes | OSError, language: str
) -> tuple[dict[str, Fact] | None, tuple[Problem, ...], tuple[Unread, ...]]:
    """Parse once for all briefs of a process that find the same content."""
    read = unreadable(FACTS, content) if isinstance(content, OSError) else parse_bytes(content, FACTS)
    document, document_problems = read
    facts, problems = read_shared_facts(document, language)
    own, unread = settle(document, problems)
    return facts if document.root else None, (*document_problems, *own), of_shared_file("facts", unread)


def _wanted(brief: Brief, facts: Mapping[str, Fact]) -> Iterator[tuple[str, Location]]:
    """Return each shared fact that a brief uses, directly or through another shared fact: id and first place."""
    waiting = deque(facts_named(brief))
    seen: set[str] = set()
    while waiting:
        one, place = waiting.popleft()
        if one.startswith(SHARED) and one not in seen:
            seen.add(one)
            yield one, place
            waiting.extend(facts_named(facts[one]) if one in facts else ())


def _foreign(brief: Brief, library: Library, wanted: Mapping[str, Location]) -> Iterator[Problem]:
    own, shared = (language.partition("-")[0].lower() for language in (brief.language, library.house.language))
    if own != shared:
        message = f"this brief is in {brief.language}, and shared facts are in {library.house.language}"
        yield SHARED_FACT_LANGUAGE.at(next(iter(wanted.values())), message, "write the fact in this brief")
