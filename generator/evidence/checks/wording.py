"""Whether the editor's own words take sides, hide who speaks, or mix two kinds of doubt.

The words are data (`generator/languages/`); a language without them is not checked. Quotations are not checked.

Quotations in prose, citations, references to facts and addresses of links are replaced by spaces, so every other character
keeps its offset, and a problem in a sentence can be shown at its place.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.evidence.checks.subject import Subject
from generator.languages import LoadedVerb, VagueAttributions
from generator.languages import language as language_of
from generator.model import Brief, Library, Prose, Statement
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity
from generator.syntax.citations import CITE
from generator.syntax.sentences import sentences as sentences_of
from generator.syntax.spans import place_at

LOADED_VERB = Code("loaded-verb", Severity.WARNING, rests_on=("language", "/house.language"))
VAGUE_ATTRIBUTION = Code("vague-attribution", Severity.WARNING, rests_on=("language", "/house.language"))
MIXED_CERTAINTY = Code("mixed-certainty", Severity.WARNING, rests_on=("language", "/house.language"))
NAME_BEFORE = re.compile(r"(?<!\w)[^\W\d_a-zà-ÿ][\w’'-]*$")
"""A capitalised word at the end of the text before a verb."""
REACH = 100
"""Characters before a verb that are searched for its subject."""


def check_wording(subject: Subject) -> Iterator[Problem]:
    """Yield `loaded-verb`, `vague-attribution` and `mixed-certainty`, in all prose of the brief."""
    words = words_of(subject.brief.language)
    if words is None:
        return
    people = names_of(subject.library)
    for sentence in sentences(subject.brief):
        yield from loaded_verbs(sentence, words, people)
        yield from vague_attributions(sentence, words)
        yield from mixed_certainty(sentence, words)


def names_of(library: Library) -> re.Pattern[str]:
    """Return a pattern for a known expert's name, in any of its forms, at the end of the text before a verb."""
    names = {name for expert in library.experts.values() for name in (expert.name, expert.family, *expert.also) if name}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names)))})$" if names else r"(?!)")


def loaded_verbs(sentence: Sentence, words: WordingPatterns, people: re.Pattern[str]) -> Iterator[Problem]:
    """Yield `loaded-verb` at the verb."""
    for verb in words.verbs:
        for match in verb.pattern.finditer(sentence.words):
            if is_attribution(match, sentence.words, verb, words, people):
                message = f"“{match.group()}” implies {verb.implies}"
                yield LOADED_VERB.at(
                    sentence.place(*match.span()), message, f"write “{verb.instead}”, or a neutral verb"
                )


def is_attribution(
    match: re.Match[str], written: str, verb: Verb, words: WordingPatterns, people: re.Pattern[str]
) -> bool:
    """Whether somebody is said to say something: a subject precedes the verb, or the words that are said follow it."""
    if words.before.match(written, match.end()):
        return True
    before = words.between.sub("", written[max(match.start() - REACH, 0) : match.start()]).rstrip()
    if words.pronouns.search(before) or people.search(before):
        return True
    return not verb.people_only and bool(NAME_BEFORE.search(before)) and not words.articles.search(before)


def vague_attributions(sentence: Sentence, words: WordingPatterns) -> Iterator[Problem]:
    """Yield `vague-attribution` at the phrase, once even if several patterns match it."""
    spans = {match.span("phrase") for pattern in words.vague for match in pattern.finditer(sentence.words)}
    for start, end in sorted(spans):
        message = f"“{sentence.words[start:end]}” does not name a person"
        yield VAGUE_ATTRIBUTION.at(
            sentence.place(start, end), message, "name and cite the person who says it, or leave it out"
        )


def mixed_certainty(sentence: Sentence, words: WordingPatterns) -> Iterator[Problem]:
    """Yield `mixed-certainty` at the word of likelihood."""
    sure = words.confidence.search(sentence.words)
    likely = words.likelihood.search(sentence.words)
    if sure and likely:
        message = f"“{sure.group()}” (confidence) and “{likely.group()}” (likelihood) are in one sentence"
        yield MIXED_CERTAINTY.at(sentence.place(*likely.span()), message, "write two sentences")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the editor."""

    words: str
    """The sentence, with spaces in place of quotations, citations and references."""
    start: int
    """Its offset in `prose.text.value`."""
    prose: Prose
    speaker: str = ""
    """The id of the expert whose position it paraphrases; empty elsewhere."""
    fact: str = ""
    """The id of the fact that it is part of; empty elsewhere."""

    def place(self, start: int, end: int) -> Location:
        """Return the place of a stretch of `words`."""
        return place_at(self.prose.text, self.start + start, max(end - start, 1))

    def facts(self) -> tuple[tuple[str, int], ...]:
        """Return the facts that it refers to, by id, each with the offset of the reference in `words`."""
        end = self.start + len(self.words)
        references = (one for one in self.prose.facts if self.start <= one.offset < end)
        return tuple((one.fact, one.offset - self.start) for one in references)

    def marks(self) -> tuple[int, ...]:
        """Return the offsets of citations and references to facts in `words`."""
        cited = (group.citations[0].offset for group in self.prose.citation_groups if group.citations)
        here = (offset - self.start for offset in (*cited, *(one.offset for one in self.prose.facts)))
        return tuple(sorted(offset for offset in here if 0 <= offset < len(self.words)))


def sentences(brief: Brief) -> Iterator[Sentence]:
    """Yield every sentence of the title, the questions and the prose of `brief`."""
    spoken = {id(prose): one.who for one in walk(brief, Statement) for prose in (one.says, one.short) if prose}
    claimed = {id(prose): fact.id for fact in brief.facts for prose in walk(fact, Prose)}
    lines = (Prose(text) for text in (brief.title, *(question.ask for question in brief.questions)))
    for prose in (*lines, *walk(brief, Prose)):
        words = editors_words(prose)
        for start, end in sentence_bounds(words):
            yield Sentence(words[start:end], start, prose, spoken.get(id(prose), ""), claimed.get(id(prose), ""))


# ---------------------------------------------------------------- replacing by spaces

GROUP = re.compile(r"\[(?:[^\[\]]|\[[^\[\]]*\])*\]")
IN_TEXT = re.compile(rf"{CITE.pattern}(?:[ \t\n]?\[[^\[\]]*\])?")
FACT_REFERENCE = re.compile(r"\[#[^\[\]\s]+\]")
ADDRESS = re.compile(r"(?<=\])\([^()\s]*(?:\s+\"[^\"]*\")?\)|<https?://[^<>\s]*>|https?://\S+")
BLOCK_QUOTATION = re.compile(r"^ {0,3}>.*(?:\n(?!\s*\n).+)*", re.MULTILINE)


def editors_words(prose: Prose) -> str:
    """Return the Markdown of `prose`, of the same length, with spaces for everything that is not the editor's own words."""
    words = GROUP.sub(_blank_if_cited, prose.text.value)
    for pattern in (FACT_REFERENCE, IN_TEXT, ADDRESS, BLOCK_QUOTATION):
        words = pattern.sub(_blank, words)
    for quotation in prose.quotations:
        if not quotation.block:
            end = _end_of(quotation.words, words, quotation.offset + 1)
            words = words[: quotation.offset] + _spaces(words[quotation.offset : end + 1]) + words[end + 1 :]
    return words


def _spaces(written: str) -> str:
    return "".join(char if char == "\n" else " " for char in written)


def _blank(match: re.Match[str]) -> str:
    return _spaces(match.group())


def _blank_if_cited(match: re.Match[str]) -> str:
    return _blank(match) if CITE.search(match.group()) else match.group()


def _end_of(quoted: str, words: str, start: int) -> int:
    """Return the offset after the last character of a quotation in Markdown, passing over marks such as emphasis."""
    end = start
    for char in quoted:
        at = end if char.isspace() else words.find(char, end)
        if at < 0:
            break
        end = at + (not char.isspace())
    return end


# ---------------------------------------------------------------- sentences

_BLOCK_END = re.compile(r"\n[^\S\n]*+\n|\n(?=[^\S\n]*+(?:[-*+]|\d+[.)])\s)")
"""A blank line, or the end of the line before an item of a list."""


def sentence_bounds(words: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence; the space after a sentence, where its citations are, belongs to it."""
    blocks = sorted({0, *(match.end() for match in _BLOCK_END.finditer(words)), len(words)})
    for first, last in pairwise(blocks):
        for start, end in sentences_of(words, first, last):
            if words[start:end].strip():
                yield start, end


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying that takes sides."""

    pattern: re.Pattern[str]
    """Matches the verb in one of its forms."""
    instead: str
    implies: str
    people_only: bool
    """Whether only a known expert's name or a pronoun before it counts, not any name."""


@dataclass(frozen=True, slots=True)
class WordingPatterns:
    """What the wording checks look for in one language. No pattern is case-sensitive."""

    verbs: tuple[Verb, ...]
    pronouns: re.Pattern[str]
    """A pronoun at the end of the text before a verb."""
    articles: re.Pattern[str]
    """A word at the end of the text before a verb that makes a noun of it, although it may be capitalised."""
    between: re.Pattern[str]
    """Words that may be between a name and its verb, at the end of the text before the verb."""
    before: re.Pattern[str]
    """What follows a verb of saying."""
    vague: tuple[re.Pattern[str], ...]
    confidence: re.Pattern[str]
    likelihood: re.Pattern[str]
    attributing: re.Pattern[str]
    """A word with which a sentence attributes a number to somebody."""


@functools.lru_cache(maxsize=16)
def words_of(language: str) -> WordingPatterns | None:
    """Return the patterns for a BCP 47 tag; None if nothing is known."""
    wording = language_of(language).wording
    if wording is None:
        return None
    loaded, mixed = wording.loaded_verb, wording.mixed_certainty
    return WordingPatterns(
        verbs=tuple(map(_verb, loaded.verbs)),
        pronouns=_pattern(rf"\b{_any(loaded.pronouns)}$"),
        articles=_pattern(rf"\b{_any(loaded.articles)}$"),
        between=_pattern(rf"(?:\b{_any(loaded.between)}\s+)+$"),
        before=_pattern(rf"\s+{_any(loaded.before)}(?!\w)"),
        vague=tuple(_vague(wording.vague_attribution)),
        confidence=_pattern(rf"\b{_any(mixed.confidence)}\b"),
        likelihood=_pattern(rf"\b{_any(mixed.likelihood)}\b"),
        attributing=_pattern(rf"\b{_any(wording.contested_flat.words)}\b"),
    )


def _verb(verb: LoadedVerb) -> Verb:
    return Verb(_pattern(rf"\b{_any(verb.words)}\b"), verb.instead, verb.implies, verb.of == "people")


def _vague(rule: VagueAttributions) -> Iterator[re.Pattern[str]]:
    who, verbs = _any(rule.who), _any(rule.verbs)
    which = rf"(?:{_any(rule.which)}\s*)"
    begins = rf"(?:^\W*|[,;:(–—]\s*|\b{_any(rule.clause)}\s+)"
    yield _pattern(rf"{begins}(?P<phrase>{which}?\b{who}\s+{verbs})\b")
    yield _pattern(rf"\b(?P<phrase>{which}\b{who}\s+{verbs})\b")
    yield _pattern(rf"\b(?P<phrase>{_any(rule.whole)})(?!\w)")


def _any(phrases: Iterable[str]) -> str:
    """Join phrases, longer ones first, so that the whole of what was written is matched."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(phrase.replace(" ", r"\s+") for phrase in ordered) + ")"


def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.IGNORECASE)
