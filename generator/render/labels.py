"""Labels: the words of a page that are not the author's, and checks of a project's label files.

A mapping of names to words, some with `{placeholders}`, from `generator/languages`. `labels/<language>.yaml` in a folder of
templates replaces single words. A language without labels uses those of its base (`en-GB` those of `en`), and missing words come
from English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml

from generator.languages import own_labels
from generator.languages.locales import locale_of
from generator.problems import Code, Location, Problem, Severity
from generator.syntax.quotations import QuotationMarks

FALLBACK = "en"
SITE = "site_"
"""Prefix of the names of labels that only the site prints."""
SEPARATORS: Mapping[str, str] = MappingProxyType(
    {
        "comma": ", ",
        "list_comma": ", ",
        "colon": ": ",
        "semicolon": "; ",
        "stop": ". ",
        "space": " ",
        "bracket_open": "(",
        "bracket_close": ")",
    }
)
"""Labels between parts of a line: marks with their spaces, and what stands between sentences and before a bracket.

A language whose file does not have them uses these.
"""
SENTENCE_ENDS = tuple(mark + after for mark in ".!?…。！？।؟" for after in ("", *"”’»」』"))
"""Marks that end a sentence, also before a closing quotation mark."""
FULL_STOPS = (".", "。", "।")
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A name in braces. Nothing else is replaced: no attribute, no index, no format."""


class LabelFault(ValueError):
    """A label does not exist, or a placeholder has no value."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by name. A call returns a label with its placeholders filled. Raises LabelFault."""

    language: str
    words: Mapping[str, str]

    def __call__(self, name: str, /, **places: object) -> str:
        if name == "list_comma" and name not in self.words:
            name = "comma"
        text = self.words.get(name, SEPARATORS.get(name))
        if text is None:
            raise LabelFault(f"there is no label '{name}'")
        missing = sorted(places_in(text) - places.keys())
        if missing:
            raise LabelFault(f"the label '{name}' needs {', '.join(missing)}")
        return _PLACE.sub(lambda place: str(places[place[1]]), text)

    def count(self, name: str, number: int, /, **places: object) -> str:
        """Return the plural form of `name` for this number, with `{n}` filled: `name_one`, `name_few` ... (CLDR), or `name_other`."""
        form = f"{name}_{_plural(self.language)(number)}"
        return self(form if form in self.words else f"{name}_other", n=number, **places)

    @property
    def quotation_marks(self) -> QuotationMarks:
        """Around quotations, and around quotations inside quotations."""
        return self("quote_open"), self("quote_close"), self("quote_open_inner"), self("quote_close_inner")

    @property
    def comma(self) -> str:
        """Return what is printed between parts of a line, such as a name and a date."""
        return self("comma")

    @property
    def list_comma(self) -> str:
        """Return the separator of a list, which in Chinese is another one; by default the comma."""
        return self("list_comma")

    @property
    def colon(self) -> str:
        """Return what is printed between a name and what it names."""
        return self("colon")

    @property
    def semicolon(self) -> str:
        """Return the separator of items that can contain commas."""
        return self("semicolon")

    @property
    def stop(self) -> str:
        """Return what ends a sentence before the next one."""
        return self("stop")

    def aside(self, words: object) -> str:
        """Return the words in brackets, with what stands before a bracket."""
        return f"{self('space')}{self('bracket_open')}{words}{self('bracket_close')}"

    def text(self, sentences: Iterable[str]) -> str:
        """Return the sentences one after the other; empty ones are left out."""
        return self("space").join(filter(None, sentences))

    def sentence(self, words: str) -> str:
        """Return the words with a full stop, unless they end with one or with another mark that ends a sentence."""
        return words if not words or words.endswith(SENTENCE_ENDS) else words + self.stop.rstrip()

    def join(self, words: Sequence[str]) -> str:
        """Return `a`, `a and b`, or `a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        return self("and", before=self.list_comma.join(words[:-1]), last=words[-1])


@cache
def _plural(language: str) -> Callable[[int], str]:
    """Return the function from a number to the plural category of a language (UTS 35, "Language Plural Rules")."""
    return locale_of(language).plural_form


def without_stop(words: str) -> str:
    """Return the words without a full stop at their end; an ellipsis stays."""
    words = words.strip()
    return words[:-1].rstrip() if words.endswith(FULL_STOPS) and not words.endswith("..") else words


def places_in(words: str) -> frozenset[str]:
    """Return the names of a label's placeholders."""
    return frozenset(_PLACE.findall(words))


def languages(tag: str) -> tuple[str, ...]:
    """Return the names of files for a language tag, the most specific first: `en-GB` -> `en-GB`, `en`."""
    parts = tag.split("-")
    chain = ["-".join(parts[: n + 1]) for n in reversed(range(len(parts)))]
    return tuple(dict.fromkeys([*chain, FALLBACK]))


def label_files(folders: Sequence[Path], language: str) -> tuple[Path, ...]:
    """Return the label files of template folders for a language, the most specific first; for the same name, the first folder wins."""
    return tuple(path for tag in languages(language) for path in _files(folders, tag))


def load_labels(folders: Sequence[Path], language: str) -> Labels:
    """Return the labels for `language`: the program's own, replaced by those in `labels/` of these template folders."""
    words: dict[str, str] = {}
    for tag in reversed(languages(language)):
        words.update(own_labels(tag))
        for path in reversed(_files(folders, tag)):
            read = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
            words.update({str(name): str(text) for name, text in (read or {}).items()})
    return Labels(language, words)


def _files(folders: Sequence[Path], tag: str) -> tuple[Path, ...]:
    return tuple(path for folder in folders if (path := folder / "labels" / f"{tag}.yaml").is_file())


UNREADABLE = Code("labels-unreadable", Severity.ERROR)
PLACES = Code("label-places", Severity.ERROR)
MISSING = Code("labels-missing", Severity.ERROR, rests_on=("language", "/house.language"))
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
    return {name: places_in(words) for name, words in {**SEPARATORS, **own_labels(FALLBACK)}.items()}


def _label(name: yaml.Node, words: yaml.Node, shown: str, own: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """Yield the problems of one label of a project: its form, its braces, and names in braces that the program's label lacks."""
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
