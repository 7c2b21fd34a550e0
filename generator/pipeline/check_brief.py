"""Reads and checks one brief with everything that it refers to.

Publishing and `brief check` both begin with it. Everything is read through `Reads`, which records the dependencies of a brief: its
fact file, the house style, and the entries of shared files that it uses.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from generator import project as files
from generator.cite.styles import BadStyle, UnknownStyle, find_style
from generator.engine import Reads
from generator.evidence.capture_lock import LockEntry, open_lock
from generator.evidence.captures.capture_store import Captures
from generator.evidence.checks import check
from generator.evidence.checks.date_checks import is_ahead
from generator.evidence.checks.reference_checks import check_house
from generator.evidence.checks.subject import Subject
from generator.evidence.edition_lock import Editions, read_editions, unreadable
from generator.evidence.editions import compare, content
from generator.evidence.review_record import Reviews, parse
from generator.evidence.verification.verify_brief import Examination, examination
from generator.model import Brief, Evidence, LanguageVersion, Library, Statement, Status, Text
from generator.model.walk import walk
from generator.pipeline.inputs import load_project
from generator.pipeline.inputs.brief_links import resolve_links, resolve_translations
from generator.pipeline.inputs.data_tables import with_data
from generator.pipeline.inputs.field_places import at_fields, value_place
from generator.pipeline.inputs.load_project import with_recorded_facts
from generator.pipeline.inputs.pictures import with_logo, with_pictures
from generator.pipeline.inputs.source_files import with_recorded
from generator.pipeline.pdf_files.edition_files import kept_editions
from generator.problems import Location, Problem
from generator.project import CAPTURE_LOCK, EDITIONS, REVIEWS, Opener
from generator.read.entries import NAMES
from generator.read.file_readers import in_language, untranslated
from generator.read.yaml_nodes import Scalar, walk_nodes
from generator.read.yaml_text import parse_bytes
from generator.render.design_checks import (
    check_charts,
    check_references,
    check_scripts,
    check_tables,
    designs_named,
    scripts_printed,
)
from generator.render.labels import check_site_translation, check_translation
from generator.render.preset import UNKNOWN, Preset, load_preset, own_folders
from generator.render.printed_texts import printed_texts
from generator.render.template_folders import template_roots
from generator.syntax.citations import citations
from generator.syntax.spans import place_at
from generator.system.regular_files import refuse_outside


@dataclass(frozen=True, slots=True)
class Examined:
    """A brief with everything that is needed for its page. What could not be found is None, and is reported as a problem."""

    brief: Brief | None
    library: Library
    preset: Preset | None
    style: Path | None
    evidence: tuple[Evidence, ...]
    problems: tuple[Problem, ...]
    entries: tuple[LockEntry, ...] = ()
    """Lines of the lock that are needed to verify the brief without captures."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Address of each linked brief or part of it, relative to the output folder, by `slug#id` as in the text."""
    translations: tuple[LanguageVersion, ...] = ()
    """The same brief in other languages."""
    kept: tuple[tuple[int, str], ...] = ()
    """Number and SHA-256 of the PDF of each edition that the project keeps."""

    @property
    def sound(self) -> bool:
        """Whether the brief can be published."""
        return not any(problem.is_error for problem in self.problems)


def examine(reads: Reads, slug: str, file: str, twin: str = "") -> Examined:
    """Read one fact file with everything that it refers to, and find its problems.

    `twin` is the path of another fact file with the same slug, if there is one.
    """
    brief, library, problems = read_whole_brief(reads, slug, file, twin)
    if brief is None:
        return Examined(None, library, None, None, (), tuple(problems))
    brief, picture_problems = with_pictures(brief, held(reads, reads.file))
    library, logo_problems = with_logo(library, held(reads, reads.file))
    problems += (*picture_problems, *logo_problems)
    preset, preset_problems = find_preset(reads, brief.preset, brief.place)
    style, style_problems = _style(reads, brief)
    problems += _where_named(reads, brief, "preset", preset_problems)
    problems += _where_named(reads, brief, "language", _labels(brief, preset))
    problems += _where_named(reads, brief, "citation_style", style_problems)
    problems += _setting(reads, brief, library, preset)
    flat = library.house.outputs == "flat"
    links, link_problems = resolve_links(reads, brief, flat=flat)
    translations, translation_problems = resolve_translations(reads, brief, library.house, flat=flat)
    kept, kept_problems = kept_editions(reads, brief)
    evidence, gate_problems = _evidence(reads, brief, library)
    problems += (*link_problems, *translation_problems, *kept_problems, *gate_problems)
    remaining = _check(reads, brief, library, evidence.evidence, problems)
    return Examined(
        brief, library, preset, style, evidence.evidence, remaining, evidence.entries, links, translations, kept
    )


def read_whole_brief(reads: Reads, slug: str, file: str, twin: str) -> tuple[Brief | None, Library, list[Problem]]:
    """Read one fact file with the shared facts, tables and sources that it uses; `twin` is as in `examine`."""
    library, shared_problems = shared_library(reads)
    brief, own_problems = load_project.load_brief(held(reads, reads.file), slug, file, library.house)
    problems = [*load_project.slug_twice(slug, file, twin), *shared_problems, *own_problems]
    if brief is None:
        return None, library, problems
    library = in_language(library, brief.language)
    brief, library, fact_problems = with_recorded_facts(reads, brief, library, held(reads, reads.peek))
    brief, table_problems = with_data(brief, held(reads, reads.file))
    library, source_problems = with_recorded(reads, library, keys_cited(brief, library))
    _record_entries(reads, brief, library)
    return brief, library, [*problems, *fact_problems, *table_problems, *source_problems]


def _setting(reads: Reads, brief: Brief, library: Library, preset: Preset | None) -> Iterator[Problem]:
    """Yield the problems of the brief with its house style, page design, fonts and published edition."""
    if preset is not None:
        yield from _site_labels(reads, brief, library.house.language)
    yield from untranslated(library.house, brief.language, draft=brief.status is not Status.PUBLISHED)
    yield from _widths(brief, preset)
    yield from _form(reads, brief, preset)
    yield from _editions(reads, brief, library)
    yield from _scripts(reads, brief, library)


def people_in(brief: Brief) -> tuple[str, ...]:
    """Return the ids of all people in a brief, known or not, sorted."""
    return tuple(sorted({str(who) for who in brief.experts} | {statement.who for statement in walk(brief, Statement)}))


def keys_cited(brief: Brief, library: Library) -> tuple[str, ...]:
    """Return the keys of all sources that a brief or its house style cites, known or not, sorted."""
    cited = (*citations(brief), *citations(library.house))
    return tuple(sorted({citation.key for citation, _ in cited}))


def shared_library(reads: Reads) -> tuple[Library, tuple[Problem, ...]]:
    """Read the files that all briefs share. Of experts and sources, only the used entries are recorded, not the files."""
    contents = tuple(
        files.content_of(held(reads, read), file)
        for file, read in ((files.HOUSE, reads.file), (files.EXPERTS, reads.peek), (files.SOURCES, reads.peek))
    )
    library, problems = load_project.parsed_library(contents)
    for file in {problem.place.file for problem in problems}:
        files.content_of(reads.file, file)  # any change in it may solve the problem
    return library, problems


def held(reads: Reads, read: Opener) -> Opener:
    """Return an opener for files of the project. A file outside the project, behind a link, is recorded but not read. Raises OSError."""

    def opener(file: str) -> bytes:
        content = read(file)
        refuse_outside(reads.root, file)
        return content

    return opener


def find_preset(reads: Reads, name: str, place: Location) -> tuple[Preset | None, tuple[Problem, ...]]:
    """Find a page design, and record every file that its pages may use."""
    root = Path(reads.root)
    folders = own_folders(name, root)
    for folder in folders:
        reads.folder(folder)
    preset, problems = load_preset(name, root, place)
    own = (path for folder in folders for path in (root / folder).glob("*"))
    for path in preset.files() if preset else filter(Path.is_file, own):  # any change in it may solve the problem
        with suppress(OSError):
            reads.file(str(path))
    return preset, problems


def _labels(brief: Brief, preset: Preset | None) -> tuple[Problem, ...]:
    """Return the problems of the page's labels in the brief's language. The files are recorded with the preset."""
    if preset is None:
        return ()
    draft = brief.status is not Status.PUBLISHED
    return tuple(check_translation(preset.folders, brief.language, brief.place, draft=draft))


def _site_labels(reads: Reads, brief: Brief, language: str) -> tuple[Problem, ...]:
    """Return the problems of the site's labels, at the `language` of the house style. The files are recorded with the preset."""
    draft = brief.status is not Status.PUBLISHED
    place = Location(files.HOUSE)
    problems = tuple(check_site_translation(template_roots(Path(reads.root)), language, place, draft=draft))
    named = value_place(reads, files.HOUSE, "language") if problems else None
    return tuple(replace(one, place=named or place) for one in problems)


def _scripts(reads: Reads, brief: Brief, library: Library) -> tuple[Problem, ...]:
    """Return the characters of the brief that cannot be drawn. Fonts of extras are recorded only if the brief needs them."""
    texts = tuple(printed_texts(brief, library))
    if scripts_printed(texts, brief.language):
        reads.value("fonts")

    def find(words: str, place: Location) -> Location:
        return _words_place(reads, words, place)

    return tuple(check_scripts(texts, brief.language, find))


def _words_place(reads: Reads, words: str, place: Location) -> Location:
    """Return the location of words in the record at `place`: in its first value that contains them."""
    content = files.content_of(reads.peek, place.file)
    root = (
        None
        if isinstance(content, OSError) or not place.file.endswith(".yaml")
        else parse_bytes(content, place.file)[0].root
    )
    for node in walk_nodes(root) if root else ():
        if isinstance(node, Scalar) and node.place.line >= place.line and words in node.value:
            return place_at(Text(node.value, node.place, node.raw), node.value.index(words), len(words))
    return place


def _widths(brief: Brief, preset: Preset | None) -> tuple[Problem, ...]:
    """Return problems that the tables, charts and sections of a brief cause on its pages."""
    if preset is None or not (brief.tables or brief.charts or brief.sections):
        return ()
    return (*check_tables(brief, preset), *check_charts(brief, preset))


def _form(reads: Reads, brief: Brief, preset: Preset | None) -> tuple[Problem, ...]:
    """Return problems of `in` and `short`: unknown designs, and references to parts that are left out."""
    form_problems = [
        problem
        for name, place in designs_named(brief)
        for problem in find_preset(reads, name, place)[1]
        if problem.code == UNKNOWN.name
    ]
    return (*form_problems, *(check_references(brief, preset) if preset else ()))


def _record_entries(reads: Reads, brief: Brief, library: Library) -> None:
    """Record the experts and sources that the brief names, also unknown ones."""
    for who in people_in(brief):
        reads.entry(files.EXPERTS, who)
    for key in keys_cited(brief, library):
        reads.entry(files.SOURCES, key)


def _style(reads: Reads, brief: Brief) -> tuple[Path | None, tuple[Problem, ...]]:
    if brief.citation_style.endswith(".csl"):
        with suppress(OSError):
            reads.file(brief.citation_style)  # also recorded if it does not exist, because it may be added
    try:
        style = find_style(brief.citation_style, Path(reads.root))
    except (UnknownStyle, BadStyle) as error:
        near = ", ".join(f"'{name}'" for name in getattr(error, "nearest", ())[:3])
        return None, (error.code.at(brief.place, str(error), f"did you mean {near}?" if near else ""),)
    reads.file(str(style))
    return style, ()


def _where_named(reads: Reads, brief: Brief, key: str, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Move problems of the whole brief to the value that causes them, in the brief or in the house style."""
    if not problems:
        return ()
    places = (value_place(reads, file, key) for file in (brief.file, files.HOUSE))
    place = next((place for place in places if place is not None), brief.place)
    return tuple(replace(one, place=place) if one.place == brief.place else one for one in problems)


def _evidence(reads: Reads, brief: Brief, library: Library) -> tuple[Examination, tuple[Problem, ...]]:
    """Compare every quotation and passage with captures and lock."""
    lock, damage = open_lock(reads.peek)
    if damage:
        with suppress(OSError):
            reads.file(CAPTURE_LOCK)  # it is rejected as a whole, so any change in it may matter
    for key in keys_cited(brief, library):
        reads.entry(CAPTURE_LOCK, key)
    reads.entry(files.EXPERTS, NAMES)  # the check of speakers uses the names of all experts
    examined = examination(brief, library, Captures(reads.file), lock)
    return examined, (*damage, *examined.problems)


def _editions(reads: Reads, brief: Brief, library: Library) -> tuple[Problem, ...]:
    """Return the differences from the published edition, each at its place, and the problems of the record of editions."""
    recorded = files.content_of(reads.peek, EDITIONS)
    for key in ("#", brief.slug):  # the first word of the file's head line, and of the brief's own lines
        reads.entry(EDITIONS, key)
    editions, damage = recorded_editions(recorded)
    if damage:
        files.content_of(reads.file, EDITIONS)  # it is rejected as a whole, so any change in it may matter
        return damage
    if isinstance(recorded, OSError) or not recorded.strip():
        return ()
    if brief.unread or library.unread:  # these are errors: what could not be read is unknown, not changed
        return ()

    def locate(path: str, place: Location) -> Location:
        """Return the location of a field of the brief or the house style from its file, because its record has none."""
        if place not in (brief.place, library.house.place):
            return place
        file = files.HOUSE if path.startswith("house.yaml/") else brief.file
        return value_place(reads, file, path.removeprefix("house.yaml/").partition("/")[0]) or place

    return tuple(compare(brief, content(brief, library), editions, locate))


def editions_of(project: files.Project) -> tuple[Editions, tuple[Problem, ...]]:
    """Return a project's record of editions, and its problems."""
    return recorded_editions(files.content_of(project.open, EDITIONS))


@lru_cache(maxsize=2)
def recorded_editions(recorded: bytes | OSError) -> tuple[Editions, tuple[Problem, ...]]:
    """Parse the record of editions once for all briefs of a process. A project without the file has no recorded editions."""
    if isinstance(recorded, FileNotFoundError):
        recorded = b""
    return unreadable(recorded) if isinstance(recorded, OSError) else read_editions(recorded.decode("utf-8", "replace"))


def _reviews(reads: Reads, brief: Brief) -> tuple[Reviews, tuple[Problem, ...]]:
    """Read the reviews. A project without the file has none."""
    try:
        data = reads.peek(REVIEWS)
    except OSError:
        return Reviews(), ()
    reads.entry(REVIEWS, brief.slug)
    return parse(data.decode("utf-8", "replace"))


def _check(
    reads: Reads, brief: Brief, library: Library, evidence: tuple[Evidence, ...], earlier: Iterable[Problem]
) -> tuple[Problem, ...]:
    reviews, damage = _reviews(reads, brief)
    today = _today(reads, brief, library, evidence)
    problems = check(Subject(brief, library, today, reviews, evidence), (*earlier, *damage, *check_house(library)))
    return at_fields(reads, problems)


def _today(reads: Reads, brief: Brief, library: Library, evidence: tuple[Evidence, ...]) -> datetime.date:
    """Return the day. It is recorded only if something can be overdue or has a date in the future."""
    dated = library.house.review_period is not None or any(fact.review_by for fact in brief.facts)
    today = datetime.date.fromisoformat(reads.peek_value("today"))
    dated = dated or is_ahead(brief, library, evidence, today)
    return datetime.date.fromisoformat(reads.value("today")) if dated else datetime.date.min
