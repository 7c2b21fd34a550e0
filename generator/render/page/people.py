"""Who somebody was when they said something, and how the head of their column says so. Knows nothing of what they said."""

from __future__ import annotations

from generator.model import Affiliation, Date, Expert, ExpertKind, Library
from generator.render.labels import Labels
from generator.render.page.records import Head
from generator.syntax.dates import first_day, last_day


def head(who: str, said: Date | None, library: Library, labels: Labels) -> Head:
    """The head for `who` (an expert's id) at the date `said`; an id that no expert has is printed as it is."""
    expert = library.experts.get(who)
    if expert is None:
        return Head(who, who, who, "", "", "")
    then = affiliation_at(expert, said)
    today = current_affiliation(expert)
    now = labels("now", affiliation=_words(today, labels)) if then and today and then != today else ""
    institution = labels("institution") if expert.kind is ExpertKind.INSTITUTION else ""
    affiliation = _words(then, labels) if then else expert.affiliation_note
    return Head(expert.id, expert.name, expert.family or expert.name, affiliation, now, institution)


def affiliation_at(expert: Expert, said: Date | None) -> Affiliation | None:
    """The affiliation held on that date; without a date the only one, or the one without an end that began last."""
    if said is None:
        return expert.affiliations[0] if len(expert.affiliations) == 1 else current_affiliation(expert)
    held = [affiliation for affiliation in expert.affiliations if _covers(affiliation, said)]
    return max(held, key=_began, default=None)


def current_affiliation(expert: Expert) -> Affiliation | None:
    """The affiliation that has no end; of several, the one that began last."""
    return max((one for one in expert.affiliations if one.end is None), key=_began, default=None)


def _covers(affiliation: Affiliation, said: Date) -> bool:
    begun = affiliation.start is None or first_day(affiliation.start) <= last_day(said)
    over = affiliation.end is not None and last_day(affiliation.end) < first_day(said)
    return begun and not over


def _began(affiliation: Affiliation) -> int:
    return first_day(affiliation.start).toordinal() if affiliation.start else 0


def _words(affiliation: Affiliation, labels: Labels) -> str:
    if affiliation.role and affiliation.organisation:
        return labels("affiliation", role=affiliation.role, organisation=affiliation.organisation)
    return affiliation.role or affiliation.organisation
