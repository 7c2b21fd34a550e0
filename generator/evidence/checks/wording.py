"""Whether the editor's own words take sides, hide who speaks, or mix two kinds of doubt.

The words are data (`generator/languages/`); a language without them is not checked. Quotations are not checked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.evidence.checks.own_words import Sentence, sentences
from generator.evidence.checks.wording_patterns import Verb, Words, words_of
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject
    from generator.model import Library

LOADED_VERB = Code("loaded-verb", Severity.WARNING, rests_on=("language", "/house.language"))
VAGUE_ATTRIBUTION = Code("vague-attribution", Severity.WARNING, rests_on=("language", "/house.language"))
MIXED_CERTAINTY = Code("mixed-certainty", Severity.WARNING, rests_on=("language", "/house.language"))

CODES = (LOADED_VERB, VAGUE_ATTRIBUTION, MIXED_CERTAINTY)

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


def loaded_verbs(sentence: Sentence, words: Words, people: re.Pattern[str]) -> Iterator[Problem]:
    """Yield `loaded-verb` at the verb."""
    for verb in words.verbs:
        for match in verb.pattern.finditer(sentence.words):
            if is_attribution(match, sentence.words, verb, words, people):
                message = f"“{match.group()}” implies {verb.implies}"
                yield LOADED_VERB.at(
                    sentence.place(*match.span()), message, f"write “{verb.instead}”, or a neutral verb"
                )


def is_attribution(match: re.Match[str], written: str, verb: Verb, words: Words, people: re.Pattern[str]) -> bool:
    """Whether somebody is said to say something: a subject precedes the verb, or the words that are said follow it."""
    if words.before.match(written, match.end()):
        return True
    before = words.between.sub("", written[max(match.start() - REACH, 0) : match.start()]).rstrip()
    if words.pronouns.search(before) or people.search(before):
        return True
    return not verb.people_only and bool(NAME_BEFORE.search(before)) and not words.articles.search(before)


def vague_attributions(sentence: Sentence, words: Words) -> Iterator[Problem]:
    """Yield `vague-attribution` at the phrase, once even if several patterns match it."""
    spans = {match.span("phrase") for pattern in words.vague for match in pattern.finditer(sentence.words)}
    for start, end in sorted(spans):
        message = f"“{sentence.words[start:end]}” does not name a person"
        yield VAGUE_ATTRIBUTION.at(
            sentence.place(start, end), message, "name and cite the person who says it, or leave it out"
        )


def mixed_certainty(sentence: Sentence, words: Words) -> Iterator[Problem]:
    """Yield `mixed-certainty` at the word of likelihood."""
    sure = words.confidence.search(sentence.words)
    likely = words.likelihood.search(sentence.words)
    if sure and likely:
        message = f"“{sure.group()}” (confidence) and “{likely.group()}” (likelihood) are in one sentence"
        yield MIXED_CERTAINTY.at(sentence.place(*likely.span()), message, "write two sentences")
