r"""Converts BibTeX entries of the same shape only once.

Two entries of the same kind, with the same fields and only plain words and numbers in them, are converted in the same way. So the
second one is also converted with placeholders, which later entries replace by their own words. Everything that is not plain (LaTeX,
particles of names, identifiers) is part of the shape. Placeholders are used only if the first entry of the shape gets the same result
with and without them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import product
from string import ascii_lowercase
from typing import Any, NamedTuple

from generator.cite.formats import WrittenField
from generator.cite.formats.bibtex_text import BibEntry

Answer = dict[str, Any] | str
"""A converted entry, or the converter's error."""
Convert = Callable[[Sequence[BibEntry]], list[Answer]]

_NAMES = frozenset({"author", "editor", "translator"})
_NUMBERS = frozenset({"volume", "number", "issue", "pages"})
_LISTS = frozenset({"publisher", "institution", "school", "organization", "location", "address"})
"""Fields in which ` and ` separates items."""
_WORDS = _LISTS | frozenset(
    """title subtitle shorttitle booktitle booksubtitle maintitle journal journaltitle shortjournal series abstract note
    annote annotation keywords issn isbn howpublished""".split()
)
_UNREAD = frozenset(
    "file timestamp owner groups creationdate modificationdate date-added date-modified biburl bibsource".split()
)
"""Fields of other programs, which no converter reads."""

_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303"}
_ACCENT = re.compile(r"\{\\(['`^\"~])(?:\{([A-Za-z])\}|([A-Za-z]))\}|\\(['`^\"~])(?:\{([A-Za-z])\}|([A-Za-z]))")
_PLAIN = re.compile(r"[^\W_]+(?:(?: |, |-| & )[^\W_]+)*")
_PROSE = re.compile(r"(?!.*(?:--|\.\.\.))[^\\{}$~`'\"_^<>*\[\]#@|…]+")
_SENTENCES = frozenset({"abstract", "note", "annote", "annotation", "keywords"})
"""Fields in which punctuation does not matter."""
_FAMILY = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_GIVEN = r"[^\W\d_]+\.?(?:[ -][^\W\d_]+\.?)*"
_INVERTED = re.compile(rf"({_FAMILY}), ({_GIVEN})")
_DIRECT = re.compile(rf"({_GIVEN}) ({_FAMILY})")
_NUMBER = re.compile(r"(\d+)(?:( ?--? ?)(\d+))?")
_PLACEHOLDER = re.compile(r"Qz[a-z]+q|9\d{6}9", re.IGNORECASE)


class EntryShape(NamedTuple):
    entry: BibEntry
    """The entry with placeholders."""
    values: dict[str, str]
    """The words that each placeholder replaces."""

    @property
    def key(self) -> tuple[object, ...]:
        return (self.entry.kind, *((field.name, field.value) for field in self.entry.fields))


class _Once(NamedTuple):
    """The only entry of its shape so far."""

    values: dict[str, str]
    answer: Answer


class Shapes:
    """The shapes of one file, with their results."""

    def __init__(self, is_sent: Callable[[WrittenField], bool]) -> None:
        """Only the fields for which `is_sent` is true are converted."""
        self._is_sent = is_sent
        self._known: dict[tuple[object, ...], _Once | dict[str, Any] | None] = {}
        """By shape: its first entry, or the result with placeholders; None if each entry is converted separately."""

    def convert(self, entries: Sequence[BibEntry], convert: Convert) -> list[Answer]:
        """Return the result for each entry. `convert` is used if no shape fits. Threads may call this at the same time."""
        shapes = [shape_of(entry, self._is_sent) for entry in entries]
        groups: dict[tuple[object, ...], list[int]] = {}
        for number, shape in enumerate(shapes):
            groups.setdefault(shape.key, []).append(number)
        first = [group[0] for key, group in groups.items() if key not in self._known]
        repeated = [key for key, group in groups.items() if self._is_repeated(key, len(group))]
        asked = convert([*(entries[n] for n in first), *(shapes[groups[key][0]].entry for key in repeated)])
        answers = dict(zip(first, asked, strict=False))
        for number in first:
            self._known.setdefault(shapes[number].key, _Once(shapes[number].values, answers[number]))
        for key, answer in zip(repeated, asked[len(first) :], strict=True):
            self._learn(key, answer)
        alone = [n for n, shape in enumerate(shapes) if n not in answers and self._known[shape.key] is None]
        answers |= zip(alone, convert([entries[n] for n in alone]) if alone else (), strict=True)
        return [
            answers[n] if n in answers else _filled(self._known[shape.key], shape.values)
            for n, shape in enumerate(shapes)
        ]

    def _is_repeated(self, key: tuple[object, ...], times: int) -> bool:
        return isinstance(self._known[key], _Once) if key in self._known else times > 1

    def _learn(self, key: tuple[object, ...], answer: Answer) -> None:
        once = self._known[key]
        if isinstance(once, _Once):
            same = isinstance(answer, dict) and _without_id(_filled(answer, once.values)) == _without_id(once.answer)
            self._known[key] = answer if same and isinstance(answer, dict) else None


def shape_of(entry: BibEntry, is_sent: Callable[[WrittenField], bool]) -> EntryShape:
    """Return the entry with placeholders for everything that is plain in the converted fields."""
    values: dict[str, str] = {}
    fields = tuple(
        WrittenField(field.name, _marked(field.name, field.value, values), 0)
        for field in entry.fields
        if field.name not in _UNREAD and is_sent(field)
    )
    return EntryShape(BibEntry(entry.kind, "", 0, fields), values)


def _marked(name: str, written: str, values: dict[str, str]) -> str:
    """Return a field with marks in place of its words, if pandoc keeps them as they are; the words go to `values`."""
    if name in _NAMES:
        return " and ".join(_marked_name(one, values) for one in _plain_letters(written).split(" and "))
    if name in _NUMBERS:
        return _marked_number(written, values)
    if name not in _WORDS:
        return written
    value = _plain_letters(written)
    if name in ("title", "booktitle"):
        value = re.sub(r"^\{([^{}]*)\}$", r"\1", value)
    if name in _SENTENCES:
        return _word(value, values) if _PROSE.fullmatch(value) else written
    parts = value.split(": ")
    if not all(map(_PLAIN.fullmatch, parts)) or (name in _LISTS and " and " in value):
        return written
    return ": ".join(_word(part, values) for part in parts)


def _plain_letters(written: str) -> str:
    r"""Return LaTeX with its accented letters, `\&`, `\%` and white space as plain text."""
    value = " ".join(written.split())
    if "\\" not in value:
        return value
    return _ACCENT.sub(_accented, value).replace("\\&", "&").replace("\\%", "%")


def _accented(found: re.Match[str]) -> str:
    mark, letter = found[1] or found[4], found[2] or found[3] or found[5] or found[6]
    whole = unicodedata.normalize("NFC", letter + _ACCENTS[mark])
    return whole if len(whole) == 1 else found[0]


def _marked_name(name: str, values: dict[str, str]) -> str:
    """Mark family and given names. A word in lower case may be a particle, which decides how a name is divided."""
    if any(word[:1].islower() for word in re.split(r"[ -]", name)):
        return name
    if inverted := _INVERTED.fullmatch(name):
        return f"{_word(inverted[1], values)}, {_word(inverted[2], values)}"
    if direct := _DIRECT.fullmatch(name):
        return f"{_word(direct[1], values)} {_word(direct[2], values)}"
    return name


def _marked_number(written: str, values: dict[str, str]) -> str:
    number = _NUMBER.fullmatch(written)
    if number is None:
        return written
    first = _digits(number[1], values)
    return f"{first}{number[2]}{_digits(number[3], values)}" if number[3] else first


_LETTERS = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)]


def _word(value: str, values: dict[str, str]) -> str:
    placeholder = f"Qz{_LETTERS[len(values) % len(_LETTERS)]}q"
    return values.setdefault(placeholder, value) and placeholder


def _digits(value: str, values: dict[str, str]) -> str:
    placeholder = f"9{len(values):06}9"
    return values.setdefault(placeholder, value) and placeholder


def _filled(answer: Any, values: dict[str, str]) -> Any:
    """Return a result with the values in place of the placeholders."""
    if isinstance(answer, str):
        return _PLACEHOLDER.sub(lambda found: values.get(found[0], found[0]), answer)
    if isinstance(answer, dict):
        return {name: _filled(value, values) for name, value in answer.items()}
    return [_filled(value, values) for value in answer] if isinstance(answer, list) else answer


def _without_id(answer: Answer) -> Answer:
    return {name: value for name, value in answer.items() if name != "id"} if isinstance(answer, dict) else answer
