"""Labels: the headings and other fixed words of a page.

A mapping of names to words, some with `{placeholders}`, from `generator/languages`. `labels/<language>.yaml` in a folder of
templates replaces single words. A language without labels uses those of its base (`en-GB` those of `en`), and missing words come
from English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from generator.languages import own_labels
from generator.languages.locales import locale_of
from generator.syntax.quotations import QuotationMarks

FALLBACK = "en"
SITE = "site_"
"""Prefix of the names of labels that only the site prints."""
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
        if name not in self.words:
            raise LabelFault(f"there is no label '{name}'")
        missing = sorted(places_in(self.words[name]) - places.keys())
        if missing:
            raise LabelFault(f"the label '{name}' needs {', '.join(missing)}")
        return _PLACE.sub(lambda place: str(places[place[1]]), self.words[name])

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
        """Return the separator of a list; the label `comma` gives it for languages with another comma."""
        return self.words.get("comma", ", ")

    def join(self, words: Sequence[str]) -> str:
        """Return `a`, `a and b`, or `a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        return self("and", before=self.comma.join(words[:-1]), last=words[-1])


@cache
def _plural(language: str) -> Callable[[int], str]:
    """Return the function from a number to the plural category of a language (UTS 35, "Language Plural Rules")."""
    return locale_of(language).plural_form


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
