"""Whether texts are in the language that the page says they are in.

A page says the language of each quotation, title and name, for voices that read it aloud, hyphenation and quotation marks (WCAG 2.2,
3.1.2). It is that of the record or its source, otherwise the brief's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.evidence.checks.subject import Subject
from generator.evidence.checks.wording import sentences
from generator.languages import language
from generator.languages.locales import stated_language
from generator.languages.recognition import other_language
from generator.model import Brief, Citation, CitationGroup, Library, Prose, Statement
from generator.model.walk import walk
from generator.problems import Code, Location, Problem, Severity

OTHER_LANGUAGE = Code(
    "other-language", Severity.WARNING, rests_on=("language", "/house.language", "/sources.references.language")
)


def check_languages(subject: Subject) -> Iterator[Problem]:
    """Yield `other-language` at each sentence and quotation; once if most of the brief is in another language."""
    yield from _own_words(subject.brief)
    library, brief = subject.library, subject.brief.language
    for statement in walk(subject.brief, Statement):
        if statement.quote:
            quoted, key = statement.quote, _source(statement.cite)
            own = "" if statement.translated_by else _of_source(key, library)
            stated = statement.language or own or brief
            yield from _quotation(quoted.value, quoted.place, stated, key, library, is_own=bool(statement.language))
    for prose in walk(subject.brief, Prose):
        for quotation in prose.quotations:
            groups = quotation.citation_groups
            key = _source(prose.citation_groups[groups[0]]) if groups else ""
            if key:  # without a citation it has a problem of its own
                stated = _of_source(key, library) or brief
                yield from _quotation(quotation.words, quotation.place, stated, key, library)


def check_titles(library: Library, briefs: Iterable[Brief]) -> Iterator[Problem]:
    """Yield `other-language` at each source without `language` whose title is not in the language of a brief that cites it."""
    citing = {(citation.key, brief.language) for brief in briefs for citation in walk(brief, Citation)}
    for key in sorted(library.sources.keys() & {key for key, _ in citing}):
        source = library.sources[key]
        found = (_title(key, library, tag) for cited, tag in sorted(citing) if cited == key)
        if (tag := next((tag for tag in found if tag is not None), None)) is not None:
            message = f"the title of @{key} is {_in(tag)}, but its language is not given"
            yield OTHER_LANGUAGE.at(source.place, message, f"add `language: {tag or 'TAG'}` to the source{_tag(tag)}")


def _title(key: str, library: Library, expected: str) -> str | None:
    """Return the language of a source that does not give it, if its title is certainly not in the expected one."""
    source = library.sources.get(key)
    return other_language(source.title, expected) if source and not _of_source(key, library) else None


def _own_words(brief: Brief) -> Iterator[Problem]:
    judged = [(sentence, other_language(sentence.words, brief.language)) for sentence in sentences(brief)]
    foreign = [(sentence, tag) for sentence, tag in judged if tag is not None]
    tag, most = next(iter(Counter(tag for _, tag in foreign).most_common(1)), ("", 0))
    if most > 1 and most * 2 > len(judged):
        message = f"the brief is {_in(tag)}, but its language is {_named(brief.language)}"
        yield OTHER_LANGUAGE.at(brief.title.place, message, f"add `language: {tag or 'TAG'}` to the brief{_tag(tag)}")
        return
    for sentence, tag in foreign:
        start = len(sentence.words) - len(sentence.words.lstrip())
        message = f"this sentence is {_in(tag)}, and the brief in {_named(brief.language)}"
        hint = "translate it; if these are words of a source, put them in quotation marks and cite it"
        yield OTHER_LANGUAGE.at(sentence.place(start, len(sentence.words.rstrip())), message, hint)


def _quotation(
    words: str, place: Location, stated: str, key: str, library: Library, *, is_own: bool = False
) -> Iterator[Problem]:
    tag = other_language(words, stated)
    if tag is None or _title(key, library, stated) is not None:  # then the source itself is reported
        return
    message = f"the quotation is {_in(tag)}, and would be read aloud and hyphenated as {_named(stated)}"
    where = "the source" if key in library.sources and not is_own else "the quotation"
    yield OTHER_LANGUAGE.at(place, message, f"write `language: {tag or 'TAG'}` in {where}{_tag(tag)}")


def _source(group: CitationGroup | None) -> str:
    """Return the key of the first cited source, whose words they are; empty without a citation."""
    return group.citations[0].key if group and group.citations else ""


def _of_source(key: str, library: Library) -> str:
    source = library.sources.get(key)
    return stated_language(source.csl.get("language")) if source else ""


def _named(tag: str) -> str:
    return language(tag).name or f"`{tag}`"


def _in(tag: str) -> str:
    return f"in {_named(tag)}" if tag else "in another language"


def _tag(tag: str) -> str:
    return "" if tag else ", with its BCP 47 tag"
