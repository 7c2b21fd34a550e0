"""The words of a language that the gate needs: negations, stand-ins, numbers, units, months.

Negations and stand-ins come from `generator/languages`, number words from ICU, everything else from CLDR through Babel. A word
can only make the gate stricter: a word that is missing here is compared like any other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import regex

from generator.evidence.gate.tokens import BROKEN, DENSE_LETTER, SEPARATOR, tokenize
from generator.evidence.gate.unit_symbols import SYMBOLS
from generator.languages import Amounts, primary, together
from generator.languages import language as language_of
from generator.languages.locales import spelled_out

COMMON = ("de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ru", "uk", "tr", "el", "ar", "fa", "he", "hi", "vi", "id")
"""Languages whose number and unit words are used if the language is unknown."""
ENGLISH = ("en", "en_GB", "en_IN")
"""Languages whose words are used in every language, because sources quote each other."""
_PLACEHOLDER = re.compile(r"[{}#0\s\u200e\u200f\u00a0\u202f]+")
_RAISED_END = regex.compile(r"(?<=\p{L}\p{M}*)\p{No}+\Z")
_SPELLED = (0, *range(2, 101), 1000)


@dataclass(frozen=True, slots=True)
class WordPatterns:
    """Words by their whole form, beginning, end or any part; in scripts without spaces, sequences of tokens."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    ends: tuple[str, ...]
    parts: tuple[str, ...]
    dense: tuple[str, ...]

    def match(self, word: str) -> bool:
        """Whether a token is one of the words, also if a line ends inside it or a footnote mark follows it."""
        return any(
            form in self.whole
            or form.startswith(self.beginnings)
            or form.endswith(self.ends)
            or any(part in form for part in self.parts)
            for form in _forms(word)
        )

    def among(self, tokens: Iterable[str]) -> tuple[str, ...]:
        """Return the words among consecutive tokens, in order of kind."""
        tokens = tuple(tokens)
        line = SEPARATOR + "".join(token + SEPARATOR for token in tokens)
        dense = (entry.replace(SEPARATOR, "") for entry in self.dense if entry in line)
        return (*filter(self.match, tokens), *dense)


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language, in lower case."""

    negations: WordPatterns
    reversals: WordPatterns
    """Words that make what they govern untrue, unreal or uncertain: `failed to`, `unlikely`, `might`."""
    stand_ins: frozenset[str]
    numbers: frozenset[str]
    scales: frozenset[str]
    """`million`, `lakh`, per cent."""
    units: frozenset[str]
    """Names of units."""
    currencies: frozenset[str]
    """Names of currencies, by their last word."""
    months: frozenset[str]
    ranges: frozenset[str]
    """Words between the two ends of a range or a choice: `to`, `or`."""
    conjunctions: frozenset[str] | None
    """Words for `and`, which also join the ends of a range; None if they are not known."""
    fractions: frozenset[str]
    """Words for parts of one: `thirds`."""
    ones: frozenset[str]
    """Words for one, most of which are articles or pronouns too."""
    particles: frozenset[str] | None
    """Words without a meaning of their own; None if they are not known."""
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    """Units, currencies, eras and times of day of several words, by their first word: `basis points`, `v. Chr.`"""
    limits: Mapping[str, tuple[tuple[str, ...], ...]]
    """Words before an amount that limit it, by their first word: `less than`, `up to`."""

    conditions: Mapping[str, tuple[tuple[str, ...], ...]]
    """Words that begin a condition or an exception, by their first word."""
    inversions: frozenset[str]
    """Verbs that begin a condition if they begin a sentence: `Were`."""
    clause_openers: frozenset[str]
    """Words behind which a clause may stand without *that*: `believe`, `proof`."""
    affirming: Mapping[str, tuple[tuple[str, ...], ...]]
    """Words before *that* that affirm what follows, by their first word: `no doubt`."""
    truths: frozenset[str]
    """Words that judge a statement, with a negation before them: `true`."""

    def negated(self, tokens: Iterable[str]) -> tuple[str, ...]:
        """Return the negations among consecutive tokens, in order of kind."""
        return self.negations.among(tokens)

    @cached_property
    def dense(self) -> tuple[str, ...]:
        """Return the negations in scripts without spaces between words."""
        return tuple(entry.replace(SEPARATOR, "") for entry in self.negations.dense)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Return the beginnings of scale words and currencies, for their inflected forms."""
        words = [word for word in self.scales | self.currencies if len(word) > 3 and not DENSE_LETTER.match(word)]
        return tuple({word[: max(4, len(word) - 2)] for word in words})

    def _inflected(self, word: str) -> bool:
        return len(word) > 4 and word.casefold().startswith(self.stems)

    @cached_property
    def dense_limits(self) -> tuple[str, ...]:
        """Return the words behind an amount that limit it, in scripts without spaces between words."""
        behind = (form for forms in (together(Amounts).behind or {}).values() for form in forms)
        return tuple(form for form in behind if DENSE_LETTER.match(form))

    @cached_property
    def dense_units(self) -> tuple[str, ...]:
        """Return the units and scale words in scripts without spaces between words."""
        return tuple(word for word in self.scales | self.units | self.currencies if DENSE_LETTER.match(word))

    def scale(self, word: str) -> bool:
        """Whether a token is a scale word, as a word of its own."""
        return len(word) > 1 and any(form in self.scales for form in _forms(word))

    def magnitude(self, word: str) -> bool:
        """Whether a token counts in powers of ten, or parts of one: `hundreds`, `half`."""
        folded = word.casefold()
        return folded in self.scales or folded in self.fractions or (self._inflected(word) and folded.isalpha())

    def number(self, word: str) -> bool:
        """Whether a token is a number word or a compound of them."""
        return any(all(part in self.numbers for part in form.split("-")) for form in _forms(word))

    def unit(self, word: str) -> bool:
        """Whether a token after a number is its unit, currency, per cent or scale."""
        bare = _RAISED_END.sub("", word)
        return (
            word in SYMBOLS
            or bare in SYMBOLS
            or self._inflected(word)
            or bare in _codes()
            or any(form in one for one in (self.scales, self.units, self.currencies) for form in _forms(word))
        )


def _forms(word: str) -> tuple[str, ...]:
    """Return what a token may be, in lower case: without a footnote mark, and with and without a hyphen at the end of a line."""
    word = _RAISED_END.sub("", word).casefold()
    return (word,) if BROKEN not in word else (word.replace(BROKEN, ""), word.replace(BROKEN, "-"))


def judged(language: str) -> bool:
    """Whether the negations of a language are known, so that an omission or an addition can be judged."""
    return language_of(language).negations is not None


def replaceable(language: str) -> bool:
    """Whether the stand-ins of a language are known, so that a replacement can be judged."""
    return judged(language) and language_of(language).stand_ins is not None


@functools.cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of a language, by its BCP 47 tag. What is unknown of it is replaced by that of many languages."""
    tag = primary(language)
    tags = (tag, *ENGLISH) if _locale(tag) is not None else (*COMMON, *ENGLISH)
    negating = (tag,) if judged(language) else ("en", *COMMON)
    data = [locale for one in tags if (locale := _locale(one)) is not None]
    return Vocabulary(
        _patterns(entry for one in negating for entry in language_of(one).negations or ()),
        _patterns(entry for one in negating for entry in language_of(one).reversals or ()),
        frozenset(word.casefold() for word in language_of(tag).stand_ins or ()),
        frozenset(word for one in tags for word in _spelled(one, _SPELLED)),
        _first_words(form for one in data for form in _scales(one)) | _scale_words(),
        _first_words(form for one in data for form in _units(one)),
        _last_words(form for one in data for form in _currencies(one)),
        _first_words(form for one in data for form in _months(one)),
        frozenset(word for one in tags for word in _amounts(one).range_to) | _joining("or", data),
        _conjunctions(tag, tags, data),
        frozenset(word for one in tags for word in _amounts(one).fractions),
        frozenset(word for one in tags for word in _spelled(one, (1,))),
        language_of(tag).function_words,
        _by_first_word(_stated_phrases().union(*(_phrases(one) for one in tags if "_" not in one))),
        _by_first_word(phrase for one in tags for phrase in _limits(one)),
        _by_first_word(phrase for one in negating for phrase in _tokens_of(language_of(one).conditions or ())),
        frozenset(word for one in negating for word in language_of(one).inversions or ()),
        frozenset(word for one in negating for word in language_of(one).clause_openers or ()),
        _by_first_word(phrase for one in negating for phrase in _tokens_of(language_of(one).affirming or ())),
        frozenset(word for one in negating for word in language_of(one).truths or ()),
    )


def _patterns(entries: Iterable[str]) -> WordPatterns:
    """Sort the entries of a word list by the place of their asterisk; entries of scripts without spaces apart."""
    whole, beginnings, ends, parts, dense = set(), [], [], [], []
    for entry in entries:
        word = entry.strip("*").casefold()
        if DENSE_LETTER.search(word):
            dense.append(SEPARATOR + "".join(token + SEPARATOR for token in tokenize(word).exact))
        elif entry.startswith("*") and entry.endswith("*"):
            parts.append(word)
        elif entry.endswith("*"):
            beginnings.append(word)
        elif entry.startswith("*"):
            ends.append(word)
        else:
            whole.add(word)
    return WordPatterns(frozenset(whole), tuple(beginnings), tuple(ends), tuple(parts), tuple(dense))


@functools.cache
def per_cent_words() -> frozenset[str]:
    """Return words for per cent and per mille in all languages, in lower case."""
    return frozenset(word for word, unit in (together(Amounts).units or {}).items() if unit in ("%", "‰"))


# ---------------------------------------------------------------- CLDR and ICU


def _locale(tag: str) -> Mapping[str, Any] | None:
    from babel import Locale, UnknownLocaleError

    try:
        data: Mapping[str, Any] = Locale.parse(tag)._data
    except (ValueError, UnknownLocaleError):
        return None
    return data


def _spelled(tag: str, numbers: Iterable[int]) -> Iterator[str]:
    for number in numbers:
        for token in tokenize(spelled_out(number, tag)).exact:
            if len(token) > 1:
                yield token.casefold()


def _scales(data: Mapping[str, Any]) -> Iterator[str]:
    for forms in data["compact_decimal_formats"].values():
        for patterns in forms.values():
            yield from (str(pattern.pattern).split(";")[0].replace("'", "") for pattern in patterns.values())
    yield from _unit_forms(data["unit_patterns"].get("concentr-percent", {}))


@functools.cache
def _scale_words() -> frozenset[str]:
    """Return scale words of all languages, because texts use those of others: `mln`, `lakh`."""
    words = together(Amounts)
    return frozenset(word.casefold() for word in (*words.scale_words, *(words.scales or {})) if " " not in word)


@functools.cache
def _phrases(tag: str) -> frozenset[tuple[str, ...]]:
    """Return everything of several words that CLDR has for the place after a number, as tokens in lower case."""
    data = _locale(tag)
    if data is None:
        return frozenset()
    forms = {*_units(data), *_currencies(data), *(name for names in data["eras"].values() for name in names.values())}
    for width in ("abbreviated", "wide"):
        periods = data["day_periods"].get("format", {}).get(width, {})
        forms.update(periods[name] for name in ("am", "pm") if name in periods)
    return _several(forms)


@functools.cache
def _stated_phrases() -> frozenset[tuple[str, ...]]:
    """Return those of the languages' files."""
    words = together(Amounts)
    behind = (form for forms in (words.behind or {}).values() for form in forms)
    return _several((*words.behind_number, *(words.units or {}), *behind))


def _limits(tag: str) -> Iterator[tuple[str, ...]]:
    """Yield the words for bounds as tokens; *about* changes no value."""
    return _tokens_of(
        form for name, some in (_amounts(tag).qualifiers or {}).items() if name != "about" for form in some
    )


def _tokens_of(forms: Iterable[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(token.casefold() for token in tokenize(form).exact) for form in forms)


def _several(forms: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Return the forms of several words, without those of scripts without spaces."""
    bare = {_PLACEHOLDER.sub(" ", form).strip() for form in forms}
    some = {tuple(token.casefold() for token in tokenize(form).exact) for form in bare if re.search(r"\W", form)}
    return frozenset(words for words in some if len(words) > 1 and words[0][0].isalpha() and not _is_dense(words))


def _is_dense(words: Iterable[str]) -> bool:
    return any(DENSE_LETTER.match(word) for word in words)


def _by_first_word(phrases: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in sorted(set(phrases)):
        by_first[phrase[0]] = (*by_first.get(phrase[0], ()), phrase)
    return by_first


def _units(data: Mapping[str, Any]) -> Iterator[str]:
    return (form for unit in data["unit_patterns"].values() for form in _unit_forms(unit))


def _amounts(language: str) -> Amounts:
    return language_of(language).amounts or Amounts()


def _conjunctions(tag: str, tags: Iterable[str], data: Iterable[Mapping[str, Any]]) -> frozenset[str] | None:
    if not _amounts(tag).range_and:
        return None
    return frozenset(word for one in tags for word in _amounts(one).range_and) | _joining("standard", data)


def _joining(style: str, data: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The words of CLDR's patterns for lists of two, `{0} or {1}`."""
    patterns = (one["list_patterns"].get(style, {}).get("2", "") for one in data)
    return frozenset(words[0] for pattern in patterns if len(words := _form_words(pattern)) == 1)


def _currencies(data: Mapping[str, Any]) -> Iterator[str]:
    yield from (name for forms in data["currency_names_plural"].values() for name in forms.values())
    yield from data["currency_names"].values()


@functools.cache
def _codes() -> frozenset[str]:
    """Return ISO 4217 codes and CLDR's currency signs, as written."""
    data = _locale("en") or {}
    return frozenset(token for code, sign in data["currency_symbols"].items() for token in (code, sign))


def _unit_forms(unit: Mapping[str, Any]) -> Iterator[str]:
    for length in ("long", "short"):
        forms = unit.get(length, {})
        yield from (form for form in (forms.values() if hasattr(forms, "values") else ()) if isinstance(form, str))


def _months(data: Mapping[str, Any]) -> Iterator[str]:
    for context in data["months"].values():
        yield from (name for length in ("wide", "abbreviated") for name in context.get(length, {}).values())


def _first_words(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(words[0] for form in forms if (words := _form_words(form))) - {*together(Amounts).not_units}


def _last_words(forms: Iterable[str]) -> frozenset[str]:
    return frozenset(words[-1] for form in forms if (words := _form_words(form))) - {*together(Amounts).not_units}


@functools.cache
def _form_words(form: str) -> tuple[str, ...]:
    tokens = tokenize(_PLACEHOLDER.sub(" ", form)).exact
    if _is_dense(tokens):
        return ("".join(token for token in tokens if DENSE_LETTER.match(token)),)
    return tuple(token.casefold() for token in tokens if token[0].isalpha() or token[0] == "%")
