"""People at the time of their statement, and names in another language than the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.languages.locales import sort_key, sortable
from generator.model import Affiliation, Brief, Citation, Date, Expert, ExpertKind, Library, Source, Statement
from generator.model.days import affiliation_at, first_day
from generator.model.walk import walk
from generator.render.labels import Labels
from generator.render.page.page_views import ForeignWords
from generator.render.page.statement import source_language
from generator.render.page.views import Head


def head(who: str, date: Date | None, library: Library, labels: Labels) -> Head:
    """Return the column header for `who` (an expert's id) at the date `said`; an unknown id is printed unchanged."""
    expert = library.experts.get(who)
    if expert is None:
        return Head(who, who, who, "", "", "")
    then = affiliation_at(expert, date)
    today = current_affiliation(expert)
    now = labels("now", affiliation=_words(today, labels)) if then and today and then != today else ""
    institution = labels("institution") if expert.kind is ExpertKind.INSTITUTION else ""
    affiliation = _words(then, labels) if then else expert.affiliation_note
    line = affiliation if then and not then.role else affiliation[:1].upper() + affiliation[1:]
    return Head(expert.id, expert.name, expert.family or expert.name, affiliation, now, institution, line)


def columns(brief: Brief, library: Library) -> tuple[str, ...]:
    """Return the ids of a brief's experts in printing order: by family name, unless the editors chose an order.

    Names that no alphabet orders keep their order.
    """
    given = tuple(text.value for text in brief.experts)
    if not is_alphabetical(brief, library):
        return given
    return by_name(given, library, brief.language)


def by_name(experts: Iterable[str], library: Library, language: str) -> tuple[str, ...]:
    """These ids by family name, as far as an alphabet orders the names."""
    return tuple(sorted(experts, key=lambda who: sort_key(_sorted_by(who, library), language)))


def is_alphabetical(brief: Brief, library: Library) -> bool:
    """Whether the columns are printed in alphabetical order."""
    return brief.order == "alphabetical" and sortable(_sorted_by(text.value, library) for text in brief.experts)


def _sorted_by(who: str, library: Library) -> str:
    expert = library.experts.get(who)
    return f"{expert.family or expert.name} {expert.name}" if expert else who


def current_affiliation(expert: Expert) -> Affiliation | None:
    """Return the affiliation without an end; of several, the one that began last."""
    return max((one for one in expert.affiliations if one.end is None), key=_began, default=None)


def _began(affiliation: Affiliation) -> int:
    return first_day(affiliation.start).toordinal() if affiliation.start else 0


def _words(affiliation: Affiliation, labels: Labels) -> str:
    if affiliation.role and affiliation.organisation:
        return labels("affiliation", role=affiliation.role, organisation=affiliation.organisation)
    return affiliation.role or affiliation.organisation


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
