"""Records which facts a position or option depends on, and their content at the last review.

A link from a position or option to a fact becomes *suspect* when the fact changes, until somebody reviews it (the idea comes
from Doorstop's links between requirements). `briefs/reviews.lock` has one line an entry and is sorted, so that git can merge it:
brief, record, fact, fingerprint of the fact's content, day of the review. This module reads no file.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from generator.model import Amount, Brief, CitationGroup, Fact, Figure, Position, Text
from generator.problems import Code, Location, Problem, Severity
from generator.project import REVIEWS

HEADER = "# brief reviews 1: written by `brief review`; brief, record, fact, fingerprint, day"

REVIEWS_DAMAGED = Code("reviews-damaged", Severity.ERROR)

ENTRY = re.compile(
    r"(?P<brief>\S+) (?P<record>\S+) (?P<fact>\S+) (?P<fingerprint>[0-9a-f]{32}) (?P<date>\d{4}-\d\d-\d\d)"
)


@dataclass(frozen=True, slots=True, order=True)
class FactLink:
    """A link from a record of a brief (`position/<question>/<expert>` or `option/<id>`) to a fact of the same brief."""

    brief: str
    record: str
    fact: str


@dataclass(frozen=True, slots=True)
class Review:
    """The fingerprint of a fact when a link was last reviewed, and the day of that review (an ISO date)."""

    fingerprint: str
    date: str


@dataclass(frozen=True, slots=True)
class Reviews:
    """The content of the lock file."""

    entries: Mapping[FactLink, Review] = field(default_factory=dict)
    damaged: bool = False
    """Whether the file could not be read; then there are no entries."""

    def among(self, briefs: frozenset[str]) -> Reviews:
        """Return the reviews without the entries of briefs that no longer exist."""
        return replace(self, entries={link: one for link, one in self.entries.items() if link.brief in briefs})


# ---------------------------------------------------------------- content of a fact


def fingerprint(fact: Fact) -> str:
    """Return 128 bits of SHA-256, in hexadecimal, over the content and citations of `fact`, without its place and review date."""
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
    """Fold white space: breaking a line elsewhere is no change."""
    return " ".join(words.split())


def _amount(amount: Amount) -> list[str]:
    """Return the value: writing the same number in another way is no change."""
    return [f"{amount.low:f}", f"{amount.high:f}", amount.qualifier, amount.unit]


def _citation_group(group: CitationGroup | None) -> list[list[Any]]:
    citations = group.citations if group else ()
    return [
        [one.key, one.locator and [one.locator.label, one.locator.value], one.prefix, one.suffix] for one in citations
    ]


_ADDED = ("measures", "period", "scenario", "derived")
"""Fields that count only if they have a value, so that reviews of facts without them stay valid."""


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "amount": _amount(figure.amount),
        "by": _folded(figure.by),
        "cite": _citation_group(figure.cite),
        "date": figure.date and [figure.date.year, figure.date.month, figure.date.day],
        "note": _folded(figure.note),
        **{name: _folded(value) for name in _ADDED if (value := getattr(figure, name))},
    }


# ---------------------------------------------------------------- links


def links(brief: Brief) -> Iterator[tuple[FactLink, Fact, Location]]:
    """Yield every link of `brief` to an existing fact, with the place of the link.

    Earlier positions are left out, because they record what was held then.
    """
    facts = {fact.id: fact for fact in brief.facts}
    for record, resting in _resting(brief):
        for name in resting:
            if name.value in facts:
                yield FactLink(brief.slug, record, name.value), facts[name.value], name.place


def _resting(brief: Brief) -> Iterator[tuple[str, tuple[Text, ...]]]:
    for question in brief.questions:
        for expert, cell in question.cells.items():
            if isinstance(cell, Position):
                yield f"position/{question.id}/{expert}", cell.rests_on
    for option in brief.options:
        yield f"option/{option.id}", option.rests_on


def suspects(brief: Brief, reviews: Reviews) -> Iterator[tuple[FactLink, Location, Review | None]]:
    """Yield the links whose fact has changed since its review, and (with None) those that were never reviewed."""
    for link, fact, place in links(brief):
        review = reviews.entries.get(link)
        if review is None or review.fingerprint != fingerprint(fact):
            yield link, place, review


def reviewed(
    reviews: Reviews, briefs: Iterable[Brief], today: datetime.date, only: frozenset[str] = frozenset()
) -> Reviews:
    """Return `reviews` after everything in `briefs` was reviewed, or only the records named in `only`.

    New and changed links get the date `today`; links that no longer exist are left out. An unchanged link keeps the day of its
    review.
    """
    entries = dict(reviews.entries)
    for brief in briefs:
        fingerprints = {link: fingerprint(fact) for link, fact, _ in links(brief)}
        gone = [link for link in entries if link.brief == brief.slug and link not in fingerprints]
        for link in gone:
            del entries[link]
        for link, mark in fingerprints.items():
            unchanged = link in entries and entries[link].fingerprint == mark
            if not unchanged and (not only or link.record in only):
                entries[link] = Review(mark, today.isoformat())
    return replace(reviews, entries=entries)


# ---------------------------------------------------------------- the file


def write(reviews: Reviews) -> str:
    """Return the text of the lock file."""
    lines = [
        f"{link.brief} {link.record} {link.fact} {review.fingerprint} {review.date}"
        for link, review in sorted(reviews.entries.items(), key=lambda entry: entry[0])
    ]
    return "\n".join([HEADER, *lines]) + "\n"


def parse(text: str) -> tuple[Reviews, tuple[Problem, ...]]:
    """Read the text of the lock file; if it is damaged, the damage is reported and there are no entries."""
    entries: dict[FactLink, Review] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        match = ENTRY.fullmatch(line)
        link = FactLink(match["brief"], match["record"], match["fact"]) if match else None
        if match is None or link is None or link in entries:
            problems.append(_damage(line, Location(REVIEWS, number, 1, max(len(line), 1)), link))
        else:
            entries[link] = Review(match["fingerprint"], match["date"])
    return (Reviews({}, damaged=True) if problems else Reviews(entries)), tuple(problems)


def _damage(line: str, place: Location, link: FactLink | None) -> Problem:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        return REVIEWS_DAMAGED.at(
            place,
            "the file contains the conflict markers of a git merge",
            "keep the entries of both sides, and delete the markers",
        )
    if link:
        return REVIEWS_DAMAGED.at(place, f"a second entry for {link.record} and {link.fact}", "delete the older one")
    return REVIEWS_DAMAGED.at(place, "this line is not an entry", "delete it, then run `brief review`")
