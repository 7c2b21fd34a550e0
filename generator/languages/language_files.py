"""Reads the data files of languages, `<tag>.yaml` in this folder, into records.

Every key and every type is checked: an unknown key in a file is a fault of the program, raised as `LanguageFileError`. All
values are read as text, so that `no`, `on` and `y` are words and not truth values.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from importlib import resources
from typing import Any, TypeVar

from generator.languages.language_record import (
    Amounts,
    Language,
    Locators,
    NameWords,
    Numbering,
    Reporting,
    Transcripts,
)

ALIASES: Mapping[str, str] = types.MappingProxyType({"no": "nb"})
"""Tags of languages that are treated as another language."""

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class LanguageFileError(ValueError):
    """A data file of a language does not have the form of its record; the message names file and key."""


def primary(tag: str) -> str:
    """Return the primary language of a BCP 47 tag, in lower case: `pt-BR` -> `pt`; `no` is `nb`."""
    first = re.split(r"[-_]", tag.strip().lower())[0]
    return ALIASES.get(first, first)


@functools.cache
def known_tags() -> tuple[str, ...]:
    """Return the tags that have a file, sorted."""
    names = (entry.name for entry in resources.files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


@functools.lru_cache(maxsize=256)
def language(tag: str) -> Language:
    """Return the record of a language, by its BCP 47 tag. A region or script gets what its own file lacks from its language.

    A language without a file has a record in which everything is unknown.
    """
    chain = [_file(one) for one in chain_of(tag) if one in known_tags()]
    own, *wider = chain or [Language(primary(tag))]
    for one in wider:
        missing = {
            field.name: getattr(one, field.name)
            for field in fields(Language)
            if getattr(own, field.name) == field.default
        }
        own = dataclasses.replace(own, **missing)
        if own.labels and one.labels:
            own = dataclasses.replace(own, labels=types.MappingProxyType({**one.labels, **own.labels}))
    return own


@functools.cache
def all_languages() -> tuple[Language, ...]:
    """Return every language that has a file of its own, by tag, without regions and scripts of a language."""
    return tuple(_file(tag) for tag in known_tags() if "-" not in tag)


Section = TypeVar("Section", Amounts, Locators, NameWords, Numbering, Reporting, Transcripts)


@functools.cache
def together(section: type[Section]) -> Section:
    """Return the words that all languages have for one section, as one record, for texts that may be in any language.

    Longer words come first, so that patterns match the whole of what is written; in mappings, English entries come first.
    """
    english_first = sorted(all_languages(), key=lambda one: one.tag != "en")
    records = [record for one in english_first for record in _sections(one) if isinstance(record, section)]
    return section(**{field.name: _joined([getattr(one, field.name) for one in records]) for field in fields(section)})


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches any of these words, longer ones first, so that the whole of what is written is matched."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _sections(one: Language) -> tuple[object, ...]:
    return (one.amounts, one.locators, one.names, one.numbering, one.reporting, one.transcripts)


def _joined(values: list[Any]) -> Any:
    """Join the values of one field in several languages: words, words by name, or whether any of them is true."""
    present = [value for value in values if value is not None]
    if all(isinstance(value, bool) for value in present):
        return any(present)
    if all(isinstance(value, tuple) for value in present):
        return tuple(sorted({word for words in present for word in words}, key=lambda word: (-len(word), word)))
    joined: dict[str, Any] = {}
    for name, value in (entry for entries in present for entry in entries.items()):
        earlier = joined.get(name)
        joined[name] = tuple(dict.fromkeys((*earlier, *value))) if isinstance(earlier, tuple) else earlier or value
    return types.MappingProxyType(joined)


def own_labels(tag: str) -> Mapping[str, str]:
    """Return the labels in the file of exactly this tag; none if there is no such file."""
    named = chain_of(tag)[0]
    return (_file(named).labels or {}) if named in known_tags() else {}


def chain_of(tag: str) -> tuple[str, ...]:
    """Return a tag and the wider ones that contain it, the most specific first, as files are named: `pt-br` -> `pt-BR`, `pt`."""
    parts = [primary(tag), *(_cased(part) for part in re.split(r"[-_]", tag.strip())[1:])]
    return tuple("-".join(parts[: n + 1]) for n in reversed(range(len(parts))))


def _cased(part: str) -> str:
    """Write a subtag as BCP 47 recommends: scripts with one capital, regions in capitals."""
    return part.upper() if len(part) == 2 else part.capitalize() if len(part) == 4 and part.isalpha() else part.lower()


@functools.cache
def _file(tag: str) -> Language:
    return read_language(tag, resources.files(__package__).joinpath(f"{tag}.yaml").read_text("utf-8"))


def read_language(tag: str, text: str) -> Language:
    """Read the text of a language's file. Raises LanguageFileError."""
    import yaml

    if not _TAG.fullmatch(tag):
        raise LanguageFileError(f"{tag}.yaml: “{tag}” is not a BCP 47 tag")
    try:
        data = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - it makes nothing but text, lists and mappings
    except yaml.YAMLError as error:
        raise LanguageFileError(f"{tag}.yaml: {error}") from error
    record: Language = _record(Language, {"tag": tag, **_mapping(data, f"{tag}.yaml")}, f"{tag}.yaml")
    return record


# ---------------------------------------------------------------- from text to records


def _record(kind: Any, data: object, where: str) -> Any:
    """Read a mapping as a record of this class. Raises LanguageFileError for unknown, missing and wrong keys."""
    hints = _hints(kind)
    values = {str(key).replace("-", "_"): value for key, value in _mapping(data, where).items()}
    unknown = sorted(values.keys() - hints.keys())
    if unknown:
        raise LanguageFileError(f"{where}: there is no key “{unknown[0]}” here; the keys are: {', '.join(hints)}")
    missing = [
        field.name for field in fields(kind) if field.default is dataclasses.MISSING and field.name not in values
    ]
    if missing:
        raise LanguageFileError(f"{where}: {', '.join(missing)} missing")
    return kind(**{name: hints[name](value, f"{where}: {name}") for name, value in values.items()})


@functools.cache
def _hints(kind: Any) -> dict[str, Callable[[object, str], Any]]:
    """Return the reader for the value of each field of a record."""
    hints = typing.get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in fields(kind)}


def _reader(hint: Any) -> Callable[[object, str], Any]:
    """Return the reader of a value by the annotation of its field."""
    if typing.get_origin(hint) is types.UnionType:
        hint = next(part for part in typing.get_args(hint) if part is not type(None))
    if is_dataclass(hint):
        return functools.partial(_record, hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Mapping:
        return functools.partial(_entries, _reader(arguments[1]))
    if origin in (tuple, frozenset):
        each = arguments[0]
        if is_dataclass(each):
            return functools.partial(_list, functools.partial(_record, each))
        return lambda value, where: origin(_words(value, where))
    return {str: _text, int: _number, bool: _truth}[hint]


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise LanguageFileError(f"{where}: expected a mapping")
    return value


def _entries(read: Callable[[object, str], Any], value: object, where: str) -> Mapping[str, Any]:
    entries = {key: read(one, f"{where}: {key}") for key, one in _mapping(value, where).items()}
    return types.MappingProxyType(entries)


def _list(read: Callable[[object, str], Any], value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise LanguageFileError(f"{where}: expected a list")
    return tuple(read(one, where) for one in value)


def _words(value: object, where: str) -> tuple[str, ...]:
    """Read words as a text with spaces between them, or as a list, whose entries may be phrases."""
    if isinstance(value, str):
        return tuple(value.split())
    return tuple(" ".join(_text(one, where).split()) for one in _list(lambda one, _: one, value, where))


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise LanguageFileError(f"{where}: expected a text")
    return value


def _number(value: object, where: str) -> int:
    written = _text(value, where)
    if not written.isdecimal():
        raise LanguageFileError(f"{where}: “{written}” is not a whole number")
    return int(written)


def _truth(value: object, where: str) -> bool:
    if value not in ("true", "false"):
        raise LanguageFileError(f"{where}: write true or false")
    return value == "true"
