"""Reads locators with the labels that people write, as CSL terms.

`p. 3`, `paras. 4–6`, `art. 5(1)`, `at 12:30`. The terms are those of CSL 1.0.2 (specification, "Locators"); the written
forms come from `generator/languages`: the English ones are those of the CSL locale, and the ones that lawyers and analysts add.
"""

from __future__ import annotations

import difflib
import functools
import re
import string
from collections.abc import Mapping

from generator.languages import Locators, together
from generator.languages import language as language_of
from generator.model import Locator
from generator.syntax.characters import DASHES

_ROMAN = r"[ivxlcdm]++(?![^\W_])"
_NUMBER = r"\d(?:\w|[.:/]++(?=\w))*+"
_PIECE = rf"(?:[^\W\d_]{{1,3}}[.-]?)?{_NUMBER}(?:\(\w{{1,5}}\))*+"
_LETTER = r"[A-Za-z](?![^\W_])"
_TO = rf"\s*+[-{DASHES}]++\s*+"
_AND = r"\s*+(?:,\s*+(?:and\s|&)?|&|\band\s)\s*+"
_LABELLED = re.compile(
    rf"(?:{_PIECE}|{_ROMAN}|{_LETTER})(?:{_TO}(?:{_PIECE}|{_ROMAN}|{_LETTER}))?"
    rf"(?:{_AND}(?:§++\s*+)?{_PIECE}(?:{_TO}{_PIECE})?)*",
    re.IGNORECASE,
)
_MARKED = re.compile(rf"\[\d{{1,6}}\](?:{_TO}\[\d{{1,6}}\])?(?:{_AND}\[\d{{1,6}}\](?:{_TO}\[\d{{1,6}}\])?)*")
"""Positions of pages in a document, in brackets because they are not printed numbers: `p. [21]`."""
_BARE = re.compile(rf"{_NUMBER}(?:{_TO}{_PIECE})?(?:{_AND}{_PIECE}(?:{_TO}{_PIECE})?)*")
_TIME = re.compile(r"\d{1,3}:\d\d(?::\d\d)?(?:\s*+[-–]\s*+\d{1,3}:\d\d(?::\d\d)?)?")
_SEPARATOR = re.compile(r"[\s,]*+")
_BRACED = re.compile(r"\s*+(?:,\s*+)?\{([^{}]*+)\}")
_LIKE_A_LABEL = re.compile(r"\s*+(?P<mark>[,{]?)\s*+\{?\s*+(?P<word>[^\W\d_]{1,12}+)(?P<dot>\.?+)\s*+(?=\d)")


def read_locator(written: str, language: str = "") -> tuple[Locator | None, str]:
    """Read the text after a key; return the locator, and the rest without spaces around it.

    `language` is that of the text, whose labels are read before those of others.

    `, p. 3, emphasis mine` gives page 3 and `, emphasis mine`. Digits without a label are a page. `{...}` shows where the
    locator begins and ends, `{}` that there is none; a braced locator without a label is a page too.
    """
    braced = _BRACED.match(written)
    if braced:
        return _read_braced(braced.group(1).strip(), language), written[braced.end() :].strip()
    begin = _SEPARATOR.match(written).end()  # type: ignore[union-attr]  # it also matches an empty text
    labelled = _labelled(written, begin, language) or _bare(written, begin)
    if labelled is None:
        return None, written.strip()
    locator, end = labelled
    return locator, written[end:].strip()


def forms() -> Mapping[str, tuple[str, ...]]:
    """Return the written forms of each CSL locator term in all languages; the first is the English one for hints."""
    return together(Locators).written or {}


@functools.cache
def _terms(language: str = "") -> Mapping[str, str]:
    """Return the term of each form, and of abbreviations without full stop, except `l`, `n`, `r` and `v`.

    In a text of a language, the labels that its pages print are read too, and before all others: `S. 3` is a page in German.
    """
    own = language_of(language).locators if language else None
    printed = [
        (form, term)
        for words in (own and own.several, own and own.printed)
        for term, form in (words or {}).items()
        if form
    ]
    common = [(form, term) for term, words in forms().items() for form in words]
    return {
        written: term
        for form, term in (*common, *reversed(printed))
        for written in dict.fromkeys((form.lower(), form.lower().removesuffix(".")))
        if len(written) > 1 or written in "p§¶" or not written.isascii()
    }


@functools.cache
def _label(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<label>{_alternatives(language)})(?![^\W\d_])", re.IGNORECASE)


_AROUND_LABEL = f"{string.whitespace},{{}}"


@functools.cache
def _label_alone(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives(language)})", re.IGNORECASE)


def _alternatives(language: str) -> str:
    return "|".join(re.escape(form) for form in sorted(_terms(language), key=lambda form: (-len(form), form)))


def label_of(term: str) -> str:
    """Return the written form of a CSL locator term for hints."""
    return forms()[term][0]


def misread_label(written: str, language: str = "") -> tuple[str, int, str] | None:
    """Find a word in the place of a label that is not one; return the word, its offset, and the nearest label."""
    match = _LIKE_A_LABEL.match(written)
    if not match:
        return None
    word, begin = match.group("word").lower(), match.start("word")
    if word in _terms(language) or word + "." in _terms(language):
        return None
    nearest = _nearest(word, bool(match.group("dot")))
    if nearest or (match.group("dot") and match.group("mark") and len(word) <= 6):
        return match.group("word") + match.group("dot"), begin, nearest
    return None


def lone_label(written: str, language: str = "") -> tuple[str, int] | None:
    """Find an abbreviated label without a value, as in `@key, p.`; return the label and its offset."""
    label = written.strip(_AROUND_LABEL)
    if not _label_alone(language).fullmatch(label) or not (label.endswith(".") or label in "p§¶"):
        return None
    return label, written.index(label)


def _nearest(word: str, abbreviated: bool) -> str:
    """Return the label that was probably meant; empty if none is near."""
    slips: Mapping[str, str] = together(Locators).slips or {}  # difflib would correct these mistakes wrongly
    if word in slips:
        return slips[word]
    if len(word) < (3 if abbreviated else 4):
        return ""
    longer = [form for form in _terms() if form.startswith(word)]
    swapped = [form for form in _terms() if sorted(form.removesuffix(".")) == sorted(word)]
    near = longer or swapped or difflib.get_close_matches(word, [form for form in _terms() if len(form) > 3], 1, 0.8)
    return label_of(_terms()[near[0]]) if near else ""


def _read_braced(inside: str, language: str) -> Locator | None:
    label = _label(language).match(inside)
    if label and inside[label.end() :].strip():
        return Locator(_term(label, language), inside[label.end() :].strip())
    return Locator("page", inside) if inside and misread_label("{" + inside, language) is None else None


def _labelled(written: str, begin: int, language: str) -> tuple[Locator, int] | None:
    label = _label(language).match(written, begin)
    if not label:
        return None
    term = _term(label, language)
    start = label.end() + len(written[label.end() :]) - len(written[label.end() :].lstrip())
    marked = _MARKED.match(written, start) if term == "page" else None
    value = marked or _value_pattern(term).match(written, start)
    if not value or not value.group():
        return None
    return Locator(term, value.group().strip()), value.end()


def _value_pattern(term: str) -> re.Pattern[str]:
    if term == "timestamp":
        return _TIME
    return re.compile(r"[^,;]+") if term == "sub-verbo" else _LABELLED


def _bare(written: str, begin: int) -> tuple[Locator, int] | None:
    value = _BARE.match(written, begin)
    return (Locator("page", value.group()), value.end()) if value else None


def _term(label: re.Match[str], language: str) -> str:
    return _terms(language)[label.group("label").lower()]
