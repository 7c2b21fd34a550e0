"""Reads entries of the files in `briefs/sources/`.

For a brief, only the cited entries are read; for the problems of a project, all of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from zlib import crc32

from generator.engine import Reads
from generator.engine.plain_data import texts
from generator.model import Library, Source
from generator.pipeline.versions import code_digest
from generator.problems import Location, Problem
from generator.problems.problem import Unread
from generator.project import SOURCE_FOLDER, Opener, Project, content_of
from generator.read.entries import SourceIndex, excerpt, index_sources, read_text
from generator.read.file_readers import DUPLICATE_SOURCE
from generator.read.yaml_text import unreadable

_SHARED = 3
"""First letters that a misspelt key must share with a suggestion, because comparing tens of thousands of keys takes seconds."""


def source_files(names: Iterable[str]) -> list[str]:
    """Return the files of sources among the names in `briefs/sources/`, as sorted paths in the project."""
    return [f"{SOURCE_FOLDER}/{name}" for name in sorted(names) if name.endswith(".yaml") and not name.startswith(".")]


def project_indexes(project: Project, opener: Opener | None = None) -> tuple[list[SourceIndex], list[Problem]]:
    """Index all files of sources of a project. `opener` replaces the project's own."""
    return _indexes(source_files(project.source_names()), opener or project.open)


def with_cited(
    library: Library, keys: Collection[str], indexes: Sequence[SourceIndex]
) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library with the sources of these keys from `briefs/sources/`. A key that occurs twice is a problem."""
    sources: dict[str, Source] = dict(library.sources)
    problems: list[Problem] = []
    for index in indexes:
        cited, wrong = index.read(sorted(keys))
        problems += wrong
        problems += _repeated(index, keys, sources)
        sources = cited | sources
    unknown = {key[:_SHARED].casefold() for key in keys if key not in sources}
    similar = tuple(sorted(_beginning(unknown, indexes))) if unknown else ()
    unread = (*library.unread, *(part for index in indexes for part in index.unread))
    return replace(library, sources=sources, similar=similar, unread=unread), tuple(problems)


def _beginning(beginnings: Collection[str], indexes: Iterable[SourceIndex]) -> set[str]:
    return {key for index in indexes for key in index.entries if key[:_SHARED].casefold() in beginnings}


def with_recorded(reads: Reads, library: Library, keys: Collection[str]) -> tuple[Library, tuple[Problem, ...]]:
    """Do the same as `with_cited`, and record what is read by entry, and the list of files."""
    files = source_files(reads.folder(SOURCE_FOLDER))
    indexes, unreadable = _indexes(files, reads.peek)
    for file in files:
        for key in sorted(keys):
            reads.entry(file, key)
    extended, problems = with_cited(library, keys, indexes)
    problems = (*unreadable, *problems)
    if unreadable:
        extended = replace(extended, unread=(*extended.unread, Unread("/sources")))
    for file in {problem.place.file for problem in problems} & set(files):
        content_of(reads.file, file)  # any change in it may solve the problem
    return extended, problems


def recorded_excerpts(reads: Reads, keys: Collection[str]) -> Iterator[bytes]:
    """Yield the entries of these keys from each file of sources, as a file."""
    for index in _indexes(source_files(reads.folder(SOURCE_FOLDER)), reads.peek)[0]:
        available = sorted(set(keys) & index.entries.keys())
        if available and index.whole is None:
            yield excerpt(("references:\n" + "".join(index.slice(key) for key in available)).encode(), available)
        elif available:
            yield excerpt(index.text.encode(), available)


def duplicates(library: Library, indexes: Iterable[SourceIndex]) -> Iterator[Problem]:
    """Yield `duplicate-source` for each entry whose key another file already has."""
    places: dict[str, Location] = {key: source.place for key, source in library.sources.items()}
    for index in indexes:
        for entry in (*index.entries.values(), *index.repeated):
            place = Location(index.file, entry.line)
            if places.setdefault(entry.key, place) is not place:
                yield _duplicate(entry.key, place, places[entry.key])


def places(indexes: Iterable[SourceIndex]) -> Iterator[tuple[str, Location]]:
    """Return key and place of each entry."""
    for index in indexes:
        for entry in index.entries.values():
            yield entry.key, Location(index.file, entry.line)


def _indexes(files: Iterable[str], opener: Opener) -> tuple[list[SourceIndex], list[Problem]]:
    indexes: list[SourceIndex] = []
    problems: list[Problem] = []
    for file in files:
        content = content_of(opener, file)
        if isinstance(content, OSError):
            problems += unreadable(file, content)[1]
        else:
            indexes.append(index_sources(content, file))
    return indexes, problems


def _repeated(index: SourceIndex, keys: Collection[str], sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield problems for cited keys that this file repeats."""
    for key in sorted(keys):
        if key in index.entries and key in sources:
            yield _duplicate(key, Location(index.file, index.entries[key].line), sources[key].place)
    for entry in index.repeated:
        if entry.key in keys:
            first = Location(index.file, index.entries[entry.key].line)
            yield _duplicate(entry.key, Location(index.file, entry.line), first)


def _duplicate(key: str, place: Location, first: Location) -> Problem:
    where = f"line {first.line}" if first.file == place.file else f"{first.file}:{first.line}"
    return DUPLICATE_SOURCE.at(place, f"'{key}' is already in {where}", "rename one of them, or remove it")


_LINK = re.compile(r"(?:^|[\s\[{,:])[*&]\S")
"""Possible YAML anchors and aliases. An entry with one is read alone, because entries must not share them."""
_GROUP = 250
"""About how many entries are parsed together, because a call for each takes twice the time."""


def damage(indexes: Iterable[SourceIndex], reads: Reads) -> Iterator[Problem]:
    """Yield the problems of all entries. Which entries have one is cached for groups of entries."""
    for index in indexes:
        yield from index.problems
        for keys in _groups(index) if index.whole is None else ():
            for key in _wrong(index, keys, reads):
                yield from index.read([key])[1]


def _groups(index: SourceIndex) -> Iterable[list[str]]:
    """Divide the keys by their digests, so that an edit changes one group, wherever the entry is in the file."""
    number = 1 << (len(index.entries) // _GROUP).bit_length()
    groups: dict[int, list[str]] = {}
    for key in index.entries:
        groups.setdefault(crc32(key.encode()) % number, []).append(key)
    return groups.values()


def _wrong(index: SourceIndex, keys: Sequence[str], reads: Reads) -> list[str]:
    """Return which of these entries have problems, from the cache if possible."""

    def compute() -> bytes:
        return json.dumps(_parsed(index, keys)).encode()

    def accepts(answer: bytes) -> bool:
        with suppress(ValueError, RecursionError):
            return set(texts(json.loads(answer))) <= set(keys)
        return False

    request = "".join((code_digest(), *map(index.slice, keys)))
    wrong: list[str] = json.loads(reads.cached("source entries", request.encode(), compute, accepts))
    return wrong


def _parsed(index: SourceIndex, keys: Sequence[str]) -> list[str]:
    """Return which of these entries have problems. They are read together, and one by one only if there is a problem."""
    together = [key for key in keys if not _LINK.search(index.slice(key))]
    alone = sorted({*keys} - {*together}) if _sound(index, together) else keys
    return [key for key in alone if index.read([key])[1]]


def _sound(index: SourceIndex, keys: list[str]) -> bool:
    """Whether entries are valid together. Then each is valid alone, because none has an anchor or an alias."""
    sources, problems = read_text("".join(index.slice(key) for key in keys), index.file, 2)
    return not problems and list(sources) == keys
