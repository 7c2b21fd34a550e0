"""`briefs/house.yaml` -> what all briefs of a publisher share, in each language that it has texts for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from generator.languages.locales import is_language
from generator.model import Contact, HouseStyle, Library, Licence, Prose, Text
from generator.problems import Code, Location, Problem, Severity
from generator.read.declared import shaped
from generator.read.fields import UNKNOWN_LANGUAGE, Fields, root_fields
from generator.read.nodes import Document
from generator.syntax.typography import advice

HOUSE_LANGUAGE = Code("house-language", Severity.ERROR)
CODES = (HOUSE_LANGUAGE,)

Found = TypeVar("Found")


def read_house(document: Document) -> tuple[HouseStyle, tuple[Problem, ...]]:
    """Read the house style in its own language; what cannot be read takes its default."""
    house, _, problems = read_houses(document)
    return house, problems


def read_houses(document: Document) -> tuple[HouseStyle, dict[str, HouseStyle], tuple[Problem, ...]]:
    """Read the house style in its own language, and in each that one of its texts is given in."""
    from generator.read.shape import HouseFile

    document, problems = shaped(document, HouseFile)
    fields = root_fields(document.root, problems)
    if fields is None:
        return HouseStyle("", Location(document.file)), {}, tuple(problems)
    own = fields.language("language", HouseStyle("", fields.place).language)
    house, tags = _house(fields, own, own)
    others = {tag: _house(fields, tag, own)[0] for tag in tags if is_language(tag)}
    return house, others, tuple(dict.fromkeys(problems))


def in_language(library: Library, language: str) -> Library:
    """The library with the house style as a brief in `language` prints it."""
    house = library.house
    tag = nearest(library.houses, language)
    if tag:
        house = library.houses[tag]
    elif not nearest([house.language], language):
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


def nearest(tags: Iterable[str], language: str) -> str:
    """Of BCP 47 tags the one that serves a language: itself, its base, or another country's; "" for none."""
    base = _base(language)
    known = [tag for tag in tags if _base(tag) == base]
    return min(known, key=lambda tag: (tag.lower() != language.lower(), tag.lower() != base), default="")


def _base(tag: str) -> str:
    return tag.lower().replace("_", "-").partition("-")[0]


@dataclass(frozen=True, slots=True)
class _Texts:
    """Fields of one record whose values may be given by language."""

    fields: Fields
    language: str
    own: str
    """The house's language."""
    record: str = ""
    """What stands before the names of fields in messages."""
    tags: dict[str, None] = field(default_factory=dict)
    """All languages that a text is given in."""
    bound: list[Text] = field(default_factory=list)
    missing: list[Text] = field(default_factory=list)

    def within(self, key: str) -> _Texts | None:
        """The texts of a record in this one."""
        record = self.fields.record(key)
        return replace(self, fields=record, record=f"{key}.") if record else None

    def line(self, key: str, default: str = "") -> str:
        """A name or the like, which serves all languages unless it is given by language."""
        return self._chosen(key, Fields.line, bound=False) or default

    def prose(self, key: str) -> Prose | None:
        """Sentences, which belong to a language."""
        return self._chosen(key, Fields.prose, bound=True)

    def _chosen(self, key: str, read: Callable[[Fields, str], Found], *, bound: bool) -> Found:
        by_language = self.fields.record(key)
        here = Text(self.record + key, self.fields.place_of(key))
        if by_language is None:
            if bound and self.fields.scalar(key):
                self.bound.append(here)
                if not nearest([self.own], self.language):
                    self.missing.append(here)
            return read(self.fields, key)
        given = tuple(by_language.node.entries)
        for tag in given:
            self.tags[tag] = None
            if not is_language(tag):
                hint = advice(tag) or "the keys are BCP 47 tags such as en-GB or de"
                message = f"'{tag}' is not the tag of a language"
                self.fields.problems.append(UNKNOWN_LANGUAGE.at(by_language.place_of(tag), message, hint))
        self.bound.append(here)
        chosen = nearest(given, self.language)
        if not chosen:
            self.missing.append(here)
        return read(by_language, chosen or nearest(given, self.own) or next(iter(given), ""))


def _house(fields: Fields, language: str, own: str) -> tuple[HouseStyle, tuple[str, ...]]:
    """The house style in a language, and all languages that a text of it is given in."""
    plain, texts = HouseStyle("", fields.place), _Texts(fields, language, own)
    house = HouseStyle(
        name=texts.line("name"),
        place=fields.place,
        language=own,
        series=texts.line("series", plain.series),
        citation_style=fields.line("citation_style", plain.citation_style),
        preset=fields.line("preset", plain.preset),
        site=fields.line("site"),
        outputs=fields.line("outputs", plain.outputs),
        contact=_contact(texts.within("contact")),
        licence=_licence(texts.within("licence")),
        disclaimer=texts.prose("disclaimer"),
        funding=texts.prose("funding"),
        method=texts.prose("method"),
        review_period=fields.number("review_period"),
        overdue=fields.line("overdue", plain.overdue),
        evidence_annex=fields.flag("evidence_annex"),
        silenced=fields.silenced(),
    )
    return replace(house, bound=tuple(texts.bound), untranslated=tuple(texts.missing)), tuple(texts.tags)


def _contact(texts: _Texts | None) -> Contact:
    if texts is None:
        return Contact()
    return Contact(texts.line("name"), texts.fields.line("email"), texts.line("url"), texts.line("accessibility"))


def _licence(texts: _Texts | None) -> Licence:
    return Licence(texts.line("name"), texts.line("url")) if texts else Licence()
