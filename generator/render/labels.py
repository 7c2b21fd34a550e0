"""The printed words that are the page's, not the author's: the labels of `generator/languages`, and a project's or preset's own.

A flat mapping of names to words, some with `{places}` to fill. `labels/<language>.yaml` in a folder of templates replaces single
words. A language that has none borrows those of its base (`en-GB` from `en`), and words that a translation lacks come from
English. Knows nothing of pages.
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

FALLBACK = "en"
_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A name in braces. Nothing else is ever filled: no attribute, no index, no format."""


class LabelFault(ValueError):
    """There is no such label, or it was not given the words for its places."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Words by name. Calling gives the words with their places filled. Raises LabelFault."""

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
        """The form of `name` for this number, with `{n}` filled: `name_one`, `name_few` ... as CLDR has it, or `name_other`."""
        form = f"{name}_{_plural(self.language)(number)}"
        return self(form if form in self.words else f"{name}_other", n=number, **places)

    @property
    def comma(self) -> str:
        """What stands between the parts of a list; a language whose comma is another one says so with the label `comma`."""
        return self.words.get("comma", ", ")

    def join(self, words: Sequence[str]) -> str:
        """`a`, `a and b`, `a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        return self("and", before=self.comma.join(words[:-1]), last=words[-1])


@cache
def _plural(language: str) -> Callable[[int], str]:
    """From a number to the plural category of a language (UTS 35, "Language Plural Rules")."""
    return locale_of(language).plural_form


def places_in(words: str) -> frozenset[str]:
    """The names of the places that a label has."""
    return frozenset(_PLACE.findall(words))


def languages(tag: str) -> tuple[str, ...]:
    """The files that serve a language tag, the most special first: `en-GB` -> `en-GB`, `en`."""
    parts = tag.split("-")
    chain = ["-".join(parts[: n + 1]) for n in reversed(range(len(parts)))]
    return tuple(dict.fromkeys([*chain, FALLBACK]))


def label_files(folders: Sequence[Path], language: str) -> tuple[Path, ...]:
    """The label files that folders of templates have for a language, the most special first; of equal ones the first folder's wins."""
    return tuple(path for tag in languages(language) for path in _files(folders, tag))


def load_labels(folders: Sequence[Path], language: str) -> Labels:
    """Give the words for `language`: the program's own, replaced by those in the `labels/` of these template folders."""
    words: dict[str, str] = {}
    for tag in reversed(languages(language)):
        words.update(own_labels(tag))
        for path in reversed(_files(folders, tag)):
            read = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
            words.update({str(name): str(text) for name, text in (read or {}).items()})
    return Labels(language, words)


def _files(folders: Sequence[Path], tag: str) -> tuple[Path, ...]:
    return tuple(path for folder in folders if (path := folder / "labels" / f"{tag}.yaml").is_file())
