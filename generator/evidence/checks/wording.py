"""Whether the editor's own words take sides, hide who speaks, or mix two kinds of doubt.

The words are data (`generator/languages/`); a language without them is not checked. Quotations are not checked.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.evidence.checks.subject import Subject
from generator.languages import LoadedVerb, VagueAttributions
from generator.languages import language as language_of
from generator.model import Brief, Library, Prose, Statement
from generator.model.walk import walk
from generator.problems import Code, Problem, Severity
from generator.syntax.markdown.editors_words import Sentence, sentences_of

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


def sentences(brief: Brief) -> Iterator[Sentence]:
    """Yield every sentence of the title, the questions and the prose of `brief`."""
    spoken = {id(prose): one.who for one in walk(brief, Statement) for prose in (one.says, one.short) if prose}
    claimed = {id(prose): fact.id for fact in brief.facts for prose in walk(fact, Prose)}
    lines = (Prose(text) for text in (brief.title, *(question.ask for question in brief.questions)))
    for prose in (*lines, *walk(brief, Prose)):
        speaker, fact = spoken.get(id(prose), ""), claimed.get(id(prose), "")
        yield from (replace(sentence, speaker=speaker, fact=fact) for sentence in sentences_of(prose))


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
