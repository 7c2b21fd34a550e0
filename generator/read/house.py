"""`briefs/house.yaml` -> what all briefs of a publisher share, in each language that it has texts for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.languages.locales import is_language
from generator.model import HouseStyle, Library
from generator.problems import Code, Location, Problem, Severity
from generator.read.files import HOUSE
from generator.read.identity import house_style
from generator.read.nodes import Document, Mapped, Scalar
from generator.read.reading import Languages, Reading, nearest_language
from generator.read.record_reader import read_file
from generator.read.value_readers import language_tag

HOUSE_LANGUAGE = Code("house-language", Severity.ERROR)
CODES = (HOUSE_LANGUAGE,)


def read_house(document: Document) -> tuple[HouseStyle, tuple[Problem, ...]]:
    """Read the house style in its own language; what cannot be read takes its default."""
    house, _, problems = read_houses(document)
    return house, problems


def read_houses(document: Document) -> tuple[HouseStyle, dict[str, HouseStyle], tuple[Problem, ...]]:
    """Read the house style in its own language, and in each that one of its texts is given in."""
    own = _own_language(document)
    languages, problems = Languages(own, own), list[Problem]()
    house = _read(document, languages, problems)
    if house is None:
        return HouseStyle("", Location(document.file)), {}, tuple(problems)
    tags = [tag for tag in languages.given if is_language(tag)]
    others = {tag: _read(document, Languages(tag, own), problems) or house for tag in tags}
    return house, others, tuple(dict.fromkeys(problems))


def _read(document: Document, languages: Languages, problems: list[Problem]) -> HouseStyle | None:
    """Read the house style in one language; the same problems are found in each."""
    reading = Reading(document, languages=languages, makers={HouseStyle: house_style})
    house: HouseStyle | None = read_file(HOUSE, reading, {"language": languages.own})
    problems.extend(reading.problems)
    return house and replace(house, bound=tuple(languages.bound), untranslated=tuple(languages.missing))


def _own_language(document: Document) -> str:
    node = document.root.entries.get("language") if isinstance(document.root, Mapped) else None
    return (language_tag(node) if isinstance(node, Scalar) else "") or HouseStyle("").language


def in_language(library: Library, language: str) -> Library:
    """The library with the house style as a brief in `language` prints it."""
    house = library.house
    tag = nearest_language(library.houses, language)
    if tag:
        house = library.houses[tag]
    elif not nearest_language([house.language], language):
        house = replace(house, untranslated=house.bound)
    return replace(library, house=house)


def untranslated(house: HouseStyle, language: str, *, draft: bool) -> Iterable[Problem]:
    """`house-language`, at each text that a brief in `language` lacks."""
    severity = Severity.WARNING if draft else Severity.ERROR
    for text in house.untranslated:
        message = f"`{text}` has no text in '{language}', the language of a brief"
        name = text.value.rpartition(".")[2]
        hint = f"give it by language: `{name}: {{{house.language}: ..., {language}: ...}}`"
        yield HOUSE_LANGUAGE.at(text.place, message, hint, severity=severity)
