"""Reads each kind of file that authors write: located nodes into records of the model.

CSL-YAML is the format that pandoc reads and Zotero's Better BibTeX writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from generator.languages.locales import is_language
from generator.model import (
    SHARED,
    Affiliation,
    Brief,
    Chart,
    Date,
    Expert,
    ExpertKind,
    Fact,
    HouseStyle,
    Library,
    Prose,
    SharedFacts,
    Source,
    Statement,
    Text,
)
from generator.model.days import first_day, iso, last_day
from generator.model.fields import shape_of
from generator.model.kinds import Kind, RecordOf, mapping_of, record
from generator.problems import Code, Location, Problem, Severity
from generator.project import stem_of
from generator.read import csl
from generator.read.csl import Reference, SourcesFile
from generator.read.reading_state import Languages, Reading, Record, Values, nearest_language
from generator.read.record_reader import read_entries, read_file
from generator.read.shape_problems import BAD_VALUE, wrapped_experts
from generator.read.value_readers import BAD_DATE, house_style, language_tag
from generator.read.yaml_nodes import Document, Mapped, Scalar
from generator.syntax.lines import read_line, words_of_rich

BRIEF: RecordOf[Brief, None] = record(Brief, "brief")
EXPERTS = mapping_of(record(Expert, by_key="id"), ids=True)
SOURCES: RecordOf[SourcesFile, None] = record(SourcesFile, "sources")
HOUSE: RecordOf[HouseStyle, None] = record(HouseStyle, "house")
FACTS: RecordOf[SharedFacts, None] = record(SharedFacts, "facts")

FILES: dict[str, Kind[Any, Any]] = {
    "brief": BRIEF,
    "experts": EXPERTS,
    "sources": SOURCES,
    "house": HOUSE,
    "facts": FACTS,
}
"""By the name that `brief schema` takes."""


def read_brief(slug: str, document: Document, house: HouseStyle) -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read a fact file. The brief is None only if the file cannot be read at all; a brief may have problems too."""
    language = _stated_language(document) or house.language
    reading = Reading(document, language, makers={Statement: _statement, Chart: _chart})
    given = {
        "slug": slug,
        "file": document.file,
        "stem": stem_of(slug, document.file, flat=house.outputs == "flat"),
        "language": house.language,
        "preset": house.preset,
        "citation_style": house.citation_style,
    }
    brief = read_file(BRIEF, reading, given)
    return brief, tuple(reading.problems)


def _stated_language(document: Document) -> str:
    """Return the BCP 47 tag that a file states as its language; "" if it states none."""
    node = document.root.entries.get("language") if isinstance(document.root, Mapped) else None
    return language_tag(node) if isinstance(node, Scalar) else ""


def _chart(values: Values, record: Record, reading: Reading) -> Chart:
    """Make a chart. Numbers in the fact file are in its language."""
    values.setdefault("file", Text("", record.place))
    if values.get("rows"):
        values.setdefault("numbers", reading.language)
    return Chart(**values)


def _statement(values: Values, record: Record, reading: Reading) -> Statement:
    """Make a statement. A translated quotation may have no marks, because the gate cannot check them against the source."""
    statement = Statement(**values)
    if statement.quote and statement.translated_by:
        added = statement.quote.value.replace("*", " ") if statement.emphasis_added else statement.quote.value
        reading.problems.extend(read_line(replace(statement.quote, value=added))[1])
    return statement


def read_experts(document: Document) -> tuple[dict[str, Expert], tuple[Problem, ...]]:
    """Read all experts, by id."""
    root = document.root
    if isinstance(root, Mapped) and root.entries.keys() == {"experts"} and isinstance(root.entries["experts"], Mapped):
        return {}, (wrapped_experts(root.keys["experts"]),)
    reading = Reading(document, makers={Expert: _expert, Affiliation: _affiliation})
    experts = read_entries(EXPERTS, reading)
    return experts, tuple(reading.problems)


def _affiliation(values: Values, record: Record, reading: Reading) -> Affiliation:
    affiliation = Affiliation(**values)
    start, end = affiliation.start, affiliation.end
    if start and end and last_day(end) < first_day(start):
        message = f"it ends in {iso(end)}, before it begins in {iso(start)}"
        reading.problems.append(BAD_DATE.at(record.node.entries["until"].place, message, "correct `from` or `until`"))
    return affiliation


def _expert(values: Values, record: Record, reading: Reading) -> Expert:
    """Make an expert; without a readable name the id is the name, and without a family name the last word of the name."""
    name = values.pop("name") or record.entry
    is_body = values.get("kind") is ExpertKind.INSTITUTION
    family = values.pop("family", "") or (name if is_body else name.split()[-1])
    return Expert(name=name, family=family, **values)


HOUSE_LANGUAGE = Code("house-language", Severity.ERROR)


def read_house(document: Document) -> tuple[HouseStyle, tuple[Problem, ...]]:
    """Read the house style in its own language; a value that cannot be read gets its default."""
    house, _, problems = read_houses(document)
    return house, problems


def read_houses(document: Document) -> tuple[HouseStyle, dict[str, HouseStyle], tuple[Problem, ...]]:
    """Read the house style in its own language, and in each language in which one of its texts is given."""
    own = _stated_language(document) or HouseStyle("").language
    languages, problems = Languages(own, own), list[Problem]()
    house = _read_house(document, languages, problems)
    if house is None:
        return HouseStyle("", Location(document.file)), {}, tuple(problems)
    tags = [tag for tag in languages.given if is_language(tag)]
    others = {tag: _read_house(document, Languages(tag, own), problems) or house for tag in tags}
    return house, others, tuple(dict.fromkeys(problems))


def _read_house(document: Document, languages: Languages, problems: list[Problem]) -> HouseStyle | None:
    """Read the house style in one language; the problems are the same in each."""
    reading = Reading(document, languages=languages, makers={HouseStyle: house_style})
    house: HouseStyle | None = read_file(HOUSE, reading, {"language": languages.own})
    problems.extend(reading.problems)
    return house and replace(house, bound=tuple(languages.bound), untranslated=tuple(languages.missing))


def in_language(library: Library, language: str) -> Library:
    """Return the library with the house style as a brief in `language` prints it."""
    house = library.house
    tag = nearest_language(library.houses, language)
    if tag:
        house = library.houses[tag]
    elif not nearest_language([house.language], language):
        house = replace(house, untranslated=house.bound)
    return replace(library, house=house)


def untranslated(house: HouseStyle, language: str, *, draft: bool) -> Iterable[Problem]:
    """Yield `house-language` at each text that a brief in `language` lacks."""
    severity = Severity.WARNING if draft else Severity.ERROR
    for text in house.untranslated:
        message = f"`{text}` has no text in '{language}', the language of a brief"
        name = text.value.rpartition(".")[2]
        hint = f"give it by language: `{name}: {{{house.language}: ..., {language}: ...}}`"
        yield HOUSE_LANGUAGE.at(text.place, message, hint, severity=severity)


DUPLICATE_SHARED_FACT = Code("duplicate-shared-fact", Severity.ERROR)


def read_shared_facts(document: Document, language: str) -> tuple[dict[str, Fact], tuple[Problem, ...]]:
    """Read all shared facts; `language` is the house style's, in which they are written."""
    reading = Reading(document, language)
    file = read_file(FACTS, reading)
    facts: dict[str, Fact] = {}
    for fact in map(_shared, file.facts if file else ()):
        first = facts.setdefault(fact.id, fact)
        if first is not fact:
            message = f"“{fact.id.removeprefix(SHARED)}” is already defined in line {first.place.line}"
            reading.problems.append(DUPLICATE_SHARED_FACT.at(fact.place, message, "rename one of them, or remove it"))
    return facts, tuple(reading.problems)


def _shared(fact: Fact) -> Fact:
    """Return the fact with its shared id. What it refers to as `[#id]` is a shared fact too, because it belongs to no brief."""
    note, short = (_within(prose) if prose else None for prose in (fact.note, fact.short))
    return replace(fact, id=SHARED + fact.id, claim=_within(fact.claim), note=note, short=short)


def _within(prose: Prose) -> Prose:
    facts = tuple(replace(one, fact=SHARED + one.fact.removeprefix(SHARED)) for one in prose.facts)
    return replace(prose, facts=facts) if facts else prose


DUPLICATE_SOURCE = Code("duplicate-source", Severity.ERROR)

_NAMES = {key: field.name for key, field in shape_of(record(Reference)).fields.items() if key not in csl.OURS}
"""CSL's variables and the names that records have for them."""


class _SourceEntry(NamedTuple):
    """A source with the place of its id."""

    source: Source
    place: Location


def read_sources(document: Document) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """Read all sources, by key, in the file's order."""
    reading = Reading(document, makers={Reference: _entry})
    file = read_file(SOURCES, reading)
    sources: dict[str, Source] = {}
    for source, place in file.references if file else ():
        if source.key.startswith("@"):
            hint = f"write `id: {source.key.lstrip('@')}`; only citations have the @"
            reading.problems.append(BAD_VALUE.at(place, f"the id '{source.key}' begins with @", hint))
        elif source.key in sources:
            first = sources[source.key].place.line
            message = f"'{source.key}' occurs twice; the first is in line {first}"
            reading.problems.append(DUPLICATE_SOURCE.at(place, message, "rename one of them"))
        elif source.key:
            sources[source.key] = source
    return sources, tuple(reading.problems)


def _entry(values: Values, record: Record, reading: Reading) -> _SourceEntry:
    """Make a source from a CSL entry. Values of CSL keep CSL's names; titles are also read as plain words."""
    data = {key: values[_NAMES[key]] for key in record.node.entries if _NAMES.get(key) in values}
    issued = _issued(data.get("issued"))
    title = _written(record, "title")
    source = Source(
        key=values["id"],
        csl=data,
        place=record.place,
        title=words_of_rich(title),
        provenance=values.get("provenance", "primary"),
        issued=issued,
        short=words_of_rich(_written(record, "title-short") or _written(record, "shortTitle") or title),
        url=data.get("URL", ""),
    )
    return _SourceEntry(source, record.node.keys.get("id", record.place))


def _written(record: Record, key: str) -> str:
    """Return the text of a variable as the author wrote it."""
    node = record.node.entries.get(key)
    return " ".join(node.value.split()) if isinstance(node, Scalar) and not node.is_null else ""


def _issued(value: Mapping[str, Any] | None) -> Date | None:
    parts = value.get("date-parts") if value else None
    return Date(*parts[0][:3]) if parts and parts[0] else None
