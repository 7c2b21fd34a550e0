"""Checks the label files of a project: their syntax and placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import yaml

from generator.languages import own_labels
from generator.problems import Code, Location, Problem, Severity
from generator.render.labels import FALLBACK, SITE, label_files, languages, load_labels, places_in

UNREADABLE = Code("labels-unreadable", Severity.ERROR)
PLACES = Code("label-places", Severity.ERROR)
MISSING = Code("labels-missing", Severity.ERROR, rests_on=("language", "/house.language"))
CODES = (UNREADABLE, PLACES, MISSING)

_SHOWN = 3


def check_translation(folders: Sequence[Path], language: str, place: Location, *, draft: bool) -> Iterator[Problem]:
    """Find the labels that would be printed in English on the page of a brief in `language`."""
    missing = [name for name in untranslated(tuple(folders), language) if not name.startswith(SITE)]
    yield from _missing("page", missing, language, place, draft=draft)


def check_site_translation(
    folders: Sequence[Path], language: str, place: Location, *, draft: bool
) -> Iterator[Problem]:
    """Find the labels for which the site of a house style in `language` would be in English."""
    yield from _missing("site", site_untranslated(folders, language), language, place, draft=draft)


def site_untranslated(folders: Sequence[Path], language: str) -> tuple[str, ...]:
    """Return the names of the site's labels that no file for a language, or for its base, has; none for English."""
    return tuple(name for name in untranslated(tuple(folders), language) if name.startswith(SITE))


def _missing(what: str, names: Sequence[str], language: str, place: Location, *, draft: bool) -> Iterator[Problem]:
    if names:
        severity = Severity.WARNING if draft else Severity.ERROR
        listed = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
        message = f"the labels of the {what} would be printed in English, not in '{language}': {listed}"
        yield MISSING.at(place, message, f"write templates/labels/{language}.yaml in your project", severity=severity)


def untranslated(folders: tuple[Path, ...], language: str) -> tuple[str, ...]:
    """Return the names of the labels that no file for a language, or for its base, has; none for English."""
    if language.partition("-")[0] == FALLBACK:
        return ()
    return _untranslated(folders, language, tuple(path.stat().st_mtime_ns for path in label_files(folders, language)))


@lru_cache(maxsize=8)
def _untranslated(folders: tuple[Path, ...], language: str, _changed: tuple[int, ...]) -> tuple[str, ...]:
    """`_changed` tells versions of the files apart."""
    files = [path for path in label_files(folders, language) if path.stem != FALLBACK]
    translated = {
        name for path in files for name in (yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) or {})
    }
    translated |= {name for tag in languages(language) if tag != FALLBACK for name in own_labels(tag)}
    return tuple(name for name in load_labels(folders, FALLBACK).words if name not in translated)


def check_labels(path: Path, shown: str) -> Iterator[Problem]:
    """Find the problems of a project's label file. `shown` is its path in messages."""
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        yield UNREADABLE.at(Location(shown), "the labels cannot be read: the file is not UTF-8")
        return
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Location(shown, mark.line + 1, mark.column + 1) if mark else Location(shown)
        yield UNREADABLE.at(place, f"the labels cannot be read: {getattr(error, 'problem', None) or 'it is not YAML'}")
        return
    if isinstance(node, yaml.MappingNode):
        for name, words in node.value:
            yield from _label(name, words, shown, _own())
    elif node is not None:
        yield UNREADABLE.at(Location(shown), "the labels cannot be read: the file is not a mapping of names to texts")


@cache
def _own() -> dict[str, frozenset[str]]:
    """Return the placeholders of the program's own labels."""
    return {name: places_in(words) for name, words in own_labels(FALLBACK).items()}


def _label(name: yaml.Node, words: yaml.Node, shown: str, own: dict[str, frozenset[str]]) -> Iterator[Problem]:
    place = _location(words, shown)
    if not isinstance(name, yaml.ScalarNode) or not isinstance(words, yaml.ScalarNode):
        yield UNREADABLE.at(place, "the value of a label is not a text", "write NAME: text")
        return
    rest = words.value
    for place_name in places_in(words.value):
        rest = rest.replace(f"{{{place_name}}}", "")
    if "{" in rest or "}" in rest:
        yield PLACES.at(place, f"the label '{name.value}' has a brace that is not around a plain name", "write {name}")
    if name.value in own:
        yield from _places(name.value, places_in(words.value), own[name.value], place)


def _places(name: str, written: frozenset[str], wanted: frozenset[str], place: Location) -> Iterator[Problem]:
    expected = ", ".join(f"{{{one}}}" for one in sorted(wanted)) or "none"
    for one in sorted(written - wanted):
        yield PLACES.at(
            place,
            f"the label '{name}' has the placeholder {{{one}}}, which does not exist",
            f"its placeholders: {expected}",
        )
    spared = {"n"} if name.endswith("_one") else set()
    for one in sorted(wanted - written - spared):
        yield PLACES.at(place, f"the label '{name}' lacks the placeholder {{{one}}}", f"its placeholders: {expected}")


def _location(node: yaml.Node, file: str) -> Location:
    mark = node.start_mark
    return Location(file, mark.line + 1, mark.column + 1)
