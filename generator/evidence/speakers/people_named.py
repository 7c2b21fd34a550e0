"""Finds the people whom a passage of a source names outside quotation marks.

They may be unknown to the project.

A name is a known person's (`person_names.py`), or two or more words with capitals in a row, or the last of such words elsewhere in the
text. Organisations and places look like names too. They do not count if the text shows what they are: names of countries, names that
never occur without an article (`the White House`), and what belongs to the name before it: `Ann Example, who heads Harbour Watch,`,
`Ann Example of Harbour Watch`. Others count as people: the passage then names one more, and the check is stricter.
Scripts without capital letters hide unknown names, so only known people are found in them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator.evidence.gate import Transcript
from generator.evidence.gate.paragraphs import plain
from generator.evidence.speakers.person_names import mentions
from generator.evidence.speakers.sentence_speakers import WINDOW, name_pattern
from generator.languages import Reporting, any_of, together
from generator.languages.locales import countries
from generator.model import Expert
from generator.syntax.quotations import find_in
from generator.syntax.sentences import sentences

BEFORE = 100
"""Characters before a name in which its article is searched."""
_BEFORE_WORDS = " '\u2026\u2013"
_WORD = re.compile(r"\S+")
_SMALL_WORD = re.compile(r"(?<![\w'])[^\W\d_]+(?![\w'])")


def people_named(
    passage: str, who: Expert, others: Iterable[Expert], transcript: Transcript, *, words: tuple[int, int] = (0, 0)
) -> tuple[str, ...]:
    """Return the people named in a passage: names of experts, and other names as written.

    Names in quotation marks, or in the part `words` of the passage (start and end), do not count.
    """
    others = list(others)
    text = plain(_without_speech(passage, words))
    spans = [
        (one.name + _possessive(text, span[1]), *span)
        for one in (who, *others)
        for span in mentions(one, _rest(one, who, others), text, transcript)
    ]
    rows = [span for span in _names(text, transcript) if not any(_overlap(span, (a, b)) for _, a, b in spans)]
    named = [*spans, *((text[start:end], start, end) for start, end in rows)]
    belonging = [part for _, _, end in named for part in _parts_of_name(text, end)]
    return tuple(
        dict.fromkeys(
            name
            for name, *span in named
            if not any(_overlap(span, part) for part in belonging)
            and not (tuple(span) in rows and _is_no_person(name, transcript))
        )
    )


def _overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _parts_of_name(text: str, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of what belongs to a name that ends at an offset: an organisation, and words between commas."""
    affiliation = _affiliation().match(text, end)
    if affiliation:
        yield affiliation.span("organisation")
    apposition = _apposition().match(text, affiliation.end() if affiliation else end)
    if apposition and apposition["first"].islower() and apposition["first"] not in together(Reporting).clauses:
        yield apposition.span()


def _is_no_person(name: str, transcript: Transcript) -> bool:
    """Whether a name is a country's, or always has an article in the text."""
    last = " ".join(name.split()[-2:])
    bare = re.compile(rf"(?<!\w){re.escape(last)}(?!\w)")
    return name in countries() or all(
        _behind_article().search(transcript.plain, max(match.start() - BEFORE, 0), match.start())
        for match in bare.finditer(transcript.plain)
    )


@functools.cache
def _affiliation() -> re.Pattern[str]:
    reporting = together(Reporting)
    between = rf"(?:{any_of(reporting.affiliation)})\s+(?:(?:{any_of(reporting.articles)})\s+)?"
    return re.compile(rf"\s+{between}(?P<organisation>{name_pattern().pattern})")


@functools.cache
def _apposition() -> re.Pattern[str]:
    """Match words between commas, the first of them in small letters."""
    return re.compile(r",\s+(?P<first>[^\W\d_]+)[^,.;:!?\u2026]{0,150},(?=\s)")


@functools.cache
def _behind_article() -> re.Pattern[str]:
    """Match an article, and more words with capitals after it, at the end of a text."""
    return re.compile(rf"(?<!\w)(?i:{any_of(together(Reporting).definite)})\s+(?:[A-Z]\w+\s+){{0,4}}\Z")


def _possessive(text: str, end: int) -> str:
    """Return the `'s` after a name, which then does not speak, except for `Ann Example's view`; "" if there is none."""
    match = re.compile(r"'s(?!\w)\s*(\w*)").match(text, end)
    return "'s" if match and match[1] not in together(Reporting).nouns else ""


def is_all_speech(paragraph: str) -> bool:
    """Whether a paragraph has no words outside quotation marks."""
    return not any(char.isalnum() for char in _without_speech(paragraph, (0, 0)))


def _rest(one: Expert, who: Expert, others: list[Expert]) -> list[Expert]:
    return [other for other in (who, *others) if other is not one]


def _without_speech(passage: str, words: tuple[int, int]) -> str:
    """Return the passage with an ellipsis for its direct speech and the quoted words."""
    start, end = max(words[0] - WINDOW, 0), words[1] + WINDOW
    spoken = [(one.start, one.end) for one in find_in(passage[start:end])]
    parts, at = [], start
    for first, last in sorted([*((start + a, start + b) for a, b in spoken), words]):
        parts.append(passage[at : max(first, at)])
        at = max(last, at)
    return "\u2026".join((*parts, passage[at:end]))


def _names(text: str, transcript: Transcript) -> Iterator[tuple[int, int]]:
    """Yield the spans of words with capitals in a row that may name somebody, and of family names of such people."""
    families = _families(transcript)
    for start, end in _rows(text, _small_words(transcript)):
        words = text[start:end].split()
        if len(words) > 1 or words[0] in families:
            yield start, end


@lru_cache(maxsize=64)
def _families(transcript: Transcript) -> frozenset[str]:
    rows = (transcript.plain[start:end].split() for start, end in _rows(transcript.plain, _small_words(transcript)))
    return frozenset(words[-1] for words in rows if len(words) > 1)


@lru_cache(maxsize=64)
def _small_words(transcript: Transcript) -> frozenset[str]:
    return frozenset(match[0] for match in _SMALL_WORD.finditer(transcript.plain) if match[0].islower())


def _rows(text: str, small: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield words with capitals in a row, without the word that only begins a sentence, articles and pronouns."""
    for begin, end in sentences(text):
        first = end - len(text[begin:end].lstrip(_BEFORE_WORDS))
        for match in name_pattern().finditer(text, begin, end):
            words = _WORD.finditer(text, *match.span())
            kept = [word.start() for word in words if not _only_opens(word[0], small, is_first=word.start() == first)]
            if kept:
                yield kept[0], match.end()


def _only_opens(word: str, small: frozenset[str], *, is_first: bool) -> bool:
    """Whether a word with a capital is no part of a name: an article or pronoun, or a common word that begins a sentence."""
    reporting = together(Reporting)
    lower = word.casefold()
    is_common = lower in small or lower in reporting.openers
    return lower in reporting.articles or lower in reporting.pronouns or (is_first and is_common)
