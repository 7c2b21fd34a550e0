"""People at the time of their statement: affiliation and head of the column."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Affiliation, Brief, Date, Expert, ExpertKind, Library
from generator.model.days import affiliation_at, first_day
from generator.render.labels import Labels
from generator.render.page.views import Head
from generator.syntax.collation import sort_key, sortable


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
