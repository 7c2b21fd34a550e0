"""Which facts a position or option rests on, and what those facts said when somebody last looked.

A link from a position or option to a fact becomes *suspect* when the fact changes, until somebody reviews it (the idea
is that of Doorstop's links between requirements). `briefs/reviews.lock` keeps, one line an entry and sorted, so that
git merges it: brief, record, fact, fingerprint of the fact's content, day of the review. This module reads no file: it
takes and gives text.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from generator.model import Amount, Brief, CitationGroup, Fact, Figure, Position, Text
from generator.problems import Code, Location, Problem, Severity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

HEADER = "# brief reviews 1: written by `brief review`; brief, record, fact, fingerprint, day"

REVIEWS_DAMAGED = Code("reviews-damaged", Severity.ERROR)

CODES = (REVIEWS_DAMAGED,)

ENTRY = re.compile(
    r"(?P<brief>\S+) (?P<record>\S+) (?P<fact>\S+) (?P<fingerprint>[0-9a-f]{32}) (?P<date>\d{4}-\d\d-\d\d)"
)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """That a record of a brief (`position/<question>/<expert>` or `option/<id>`) rests on a fact of the same brief."""

    brief: str
    record: str
    fact: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a fact looked like when a link was last reviewed, and when that was (an ISO date)."""

    fingerprint: str
    date: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """What the lock file says."""

    entries: Mapping[Link, Review] = field(default_factory=dict)
    damaged: bool = False
    """True when the file could not be read; then it holds no entry."""

    def among(self, briefs: frozenset[str]) -> Reviews:
        """These without the entries of briefs that are no more."""
        return replace(self, entries={link: one for link, one in self.entries.items() if link.brief in briefs})


# ---------------------------------------------------------------- what a fact says


def fingerprint(fact: Fact) -> str:
    """128 bits of SHA-256, in hexadecimal, over what `fact` says and cites: neither its place nor its review date."""
    content = {
        "claim": _folded(fact.claim.text.value),
        "cite": _citation_group(fact.cite),
        "figures": [_figure(figure) for figure in fact.figures],
        "preferred": fact.preferred and [fact.preferred.figure, _folded(fact.preferred.because)],
        "note": _folded(fact.note.text.value) if fact.note else "",
    }
    if fact.short:
        content["short"] = _folded(fact.short.text.value)
    canonical = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:32]


def _folded(words: str) -> str:
    """Breaking a line elsewhere is no change."""
    return " ".join(words.split())


def _amount(amount: Amount) -> list[str]:
    """Writing the same number in another way is no change."""
    return [f"{amount.low:f}", f"{amount.high:f}", amount.qualifier, amount.unit]


def _citation_group(group: CitationGroup | None) -> list[list[Any]]:
    citations = group.citations if group else ()
    return [
        [one.key, one.locator and [one.locator.label, one.locator.value], one.prefix, one.suffix] for one in citations
    ]


_ADDED = ("measures", "period", "scenario", "derived")
"""Fields that count only where they are given, so that reviews of facts without them still hold."""


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "amount": _amount(figure.amount),
        "by": _folded(figure.by),
        "cite": _citation_group(figure.cite),
        "date": figure.date and [figure.date.year, figure.date.month, figure.date.day],
        "note": _folded(figure.note),
        **{name: _folded(value) for name in _ADDED if (value := getattr(figure, name))},
    }


# ---------------------------------------------------------------- which links there are


def links(brief: Brief) -> Iterator[tuple[Link, Fact, Location]]:
    """Every link of `brief` to a fact that it has, with the place of the link.

    Earlier positions are left out: they are a record of what was held then.
    """
    facts = {fact.id: fact for fact in brief.facts}
    for record, resting in _resting(brief):
        for name in resting:
            if name.value in facts:
                yield Link(brief.slug, record, name.value), facts[name.value], name.place


def _resting(brief: Brief) -> Iterator[tuple[str, tuple[Text, ...]]]:
    for question in brief.questions:
        for expert, cell in question.cells.items():
            if isinstance(cell, Position):
                yield f"position/{question.id}/{expert}", cell.rests_on
    for option in brief.options:
        yield f"option/{option.id}", option.rests_on


def suspects(brief: Brief, reviews: Reviews) -> Iterator[tuple[Link, Location, Review | None]]:
    """The links whose fact has changed since its review, and (with None) those that were never reviewed."""
    for link, fact, place in links(brief):
        review = reviews.entries.get(link)
        if review is None or review.fingerprint != fingerprint(fact):
            yield link, place, review


def reviewed(
    reviews: Reviews, briefs: Iterable[Brief], today: datetime.date, only: frozenset[str] = frozenset()
) -> Reviews:
    """`reviews` after everything in `briefs` was looked at, or of that the records named in `only`.

    New and changed links are dated `today`, links that are gone are left out. What was reviewed before and has not
    changed keeps its day.
    """
    entries = dict(reviews.entries)
    for brief in briefs:
        found = {link: fingerprint(fact) for link, fact, _ in links(brief)}
        gone = [link for link in entries if link.brief == brief.slug and link not in found]
        for link in gone:
            del entries[link]
        for link, mark in found.items():
            unchanged = link in entries and entries[link].fingerprint == mark
            if not unchanged and (not only or link.record in only):
                entries[link] = Review(mark, today.isoformat())
    return replace(reviews, entries=entries)


# ---------------------------------------------------------------- the file


def write(reviews: Reviews) -> str:
    """The text of the lock file."""
    lines = [
        f"{link.brief} {link.record} {link.fact} {review.fingerprint} {review.date}"
        for link, review in sorted(reviews.entries.items(), key=lambda entry: entry[0])
    ]
    return "\n".join([HEADER, *lines]) + "\n"


def parse(text: str, file: str) -> tuple[Reviews, tuple[Problem, ...]]:
    """Read the text of the lock file; any damage is reported, and then no entry is believed."""
    entries: dict[Link, Review] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        match = ENTRY.fullmatch(line)
        link = Link(match["brief"], match["record"], match["fact"]) if match else None
        if match is None or link is None or link in entries:
            problems.append(_damage(line, Location(file, number, 1, max(len(line), 1)), link))
        else:
            entries[link] = Review(match["fingerprint"], match["date"])
    return (Reviews({}, damaged=True) if problems else Reviews(entries)), tuple(problems)


def _damage(line: str, place: Location, link: Link | None) -> Problem:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return REVIEWS_DAMAGED.at(place, "an unfinished git merge", "keep the entries of both sides, delete the marks")
    if link:
        return REVIEWS_DAMAGED.at(place, f"a second entry for {link.record} and {link.fact}", "delete the older one")
    return REVIEWS_DAMAGED.at(place, "this line is no entry", "delete it, then run `brief review`")
