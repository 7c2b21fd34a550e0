"""Finds names and titles in another language than the page, to mark them wherever they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Brief, Citation, Library, Source, Statement
from generator.model.walk import walk
from generator.render.page.statement import source_language
from generator.render.page.views import ForeignWords

_SHORTEST = 12
"""Least characters of a title of one word, because a shorter word may be in a sentence by chance."""


def foreign_words(brief: Brief, library: Library) -> tuple[ForeignWords, ...]:
    """Return the names of experts and titles of sources in a brief, longest first."""
    found = {(words, language) for words, language in (*_names(brief, library), *_titles(brief, library)) if words}
    own = brief.language.partition("-")[0]
    foreign = (ForeignWords(words, language) for words, language in found if language.partition("-")[0] != own)
    return tuple(sorted(foreign, key=lambda one: (-len(one.words), one.words, one.language)))


def foreign_sources(brief: Brief, library: Library) -> dict[str, str]:
    """Return the languages of cited sources that differ from the brief's, by key."""
    own = brief.language.partition("-")[0]
    languages = {key: source_language(library.sources[key]) for key in sorted(_cited(brief, library))}
    return {key: tag for key, tag in languages.items() if tag and tag.partition("-")[0] != own}


def _cited(brief: Brief, library: Library) -> set[str]:
    """Return the keys of all known sources that are cited."""
    keys = {citation.key for record in (brief, library.house) for citation in walk(record, Citation)}
    return keys & library.sources.keys()


def _names(brief: Brief, library: Library) -> Iterator[tuple[str, str]]:
    who = {str(one) for one in brief.experts} | {statement.who for statement in walk(brief, Statement)}
    experts = (library.experts[one] for one in who & library.experts.keys())
    return ((expert.name, expert.language) for expert in experts if expert.language)


def _titles(brief: Brief, library: Library) -> Iterator[tuple[str, str]]:
    for source in (library.sources[key] for key in _cited(brief, library)):
        if language := source_language(source):
            yield from ((title, language) for title in _own_titles(source))


def _own_titles(source: Source) -> Iterator[str]:
    """Yield titles in the words of the source. A short title that is not a part of the full title is the editors' description."""
    for title in (source.title, source.short if source.short in source.title else ""):
        if " " in title or len(title) >= _SHORTEST or not title.isascii():
            yield title
