"""Pages that list briefs, questions and sources; the first page is one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.engine import Made, Plain, Reads, Rejected
from generator.languages.locales import own_name
from generator.site import addresses
from generator.site.extracts.related_briefs import Shared
from generator.site.pages.linked_data import collection, website
from generator.site.pages.linked_data import source as source_data
from generator.site.pages.site_frame import Frame, SitePage, draw, frame, read_entry
from generator.syntax.dates import format_date, read_date
from generator.syntax.identifiers import doi_address

Cards = Sequence[tuple[str, Sequence[tuple[str, str]]]]
"""Briefs, each with language and page of its other versions."""

Filters = Sequence[tuple[str, str, str, int]]
"""Kind, name, address and number of briefs of lists."""


def make_index(
    reads: Reads,
    path: str,
    sections: tuple[str, ...],
    briefs: Cards,
    number: int,
    of: int,
    filters: Filters,
) -> Made | Rejected:
    """Make one page of all briefs, newest first. The first page also links to the other lists."""
    around = frame(reads)
    cards = read_cards(reads, briefs)
    kinds = tuple(dict.fromkeys(kind for kind, *_ in filters))
    groups = tuple((kind, tuple(_link(one) for one in filters if one[0] == kind)) for kind in kinds)
    view: dict[str, Plain] = {
        "cards": cards,
        "number": number,
        "of": of,
        "filters": groups,
        "pager": pager("", number, of),
    }
    title = around.house.name if number == 1 else around.labels("site_page", title=around.house.name, n=number)
    data = website(around) if number == 1 else collection(around, path, title, cards)
    feed = addresses.FEED if around.address and briefs else ""
    description = around.labels("site_description", name=around.house.name)
    return draw(around, SitePage("index", path, sections, title, view, description, feed, data, _statuses(cards)))


def make_list(
    reads: Reads,
    path: str,
    sections: tuple[str, ...],
    kind: str,
    name: str,
    first: str,
    briefs: Cards,
    number: int,
    of: int,
    total: int,
    feed: str,
) -> Made | Rejected:
    """Make one page of the briefs of a topic, a year or a language; `first` is the first of these pages, `total` the number of briefs."""
    around = frame(reads)
    cards = read_cards(reads, briefs)
    words = list_name(kind, name)
    view: dict[str, Plain] = {
        "cards": cards, "kind": kind, "name": words, "total": total, "number": number, "of": of,
        "pager": _continued_pager(first, number, of),
    }  # fmt: skip
    title = words if number == 1 else around.labels("site_page", title=words, n=number)
    data = collection(around, path, words, cards)
    description = around.labels("site_list_description", name=words)
    return draw(around, SitePage("list", path, sections, title, view, description, feed, data, _statuses(cards)))


def make_topics(
    reads: Reads, path: str, sections: tuple[str, ...], topics: Sequence[tuple[str, str, int]]
) -> Made | Rejected:
    """Make the page of all topics with their numbers of briefs."""
    around = frame(reads)
    view: dict[str, Plain] = {
        "topics": tuple({"name": name, "href": href, "count": count} for name, href, count in topics)
    }
    return draw(around, SitePage("topics", path, sections, around.labels("site_topics"), view))


def make_related(
    reads: Reads, path: str, sections: tuple[str, ...], slug: str, shared: Sequence[Shared]
) -> Made | Rejected:
    """Make the page of related briefs, with the shared items of each."""
    around = frame(reads)
    title = read_entry(reads, slug, "title")
    cards = read_cards(reads, [(other, ()) for other, *_ in shared])
    rows: list[Plain] = []
    for card, (other, experts, topics, sources) in zip(cards, shared, strict=True):
        names = [read_entry(reads, other, f"person:{who}")["name"] for who in experts]
        own = read_entry(reads, other, "card")["topics"]
        words = [topic for topic in own if addresses.topic_key(topic) in topics]
        rows.append({"card": card, "experts": tuple(names), "topics": tuple(words), "sources": sources})
    view: dict[str, Plain] = {"brief": title, "rows": tuple(rows)}
    heading = f"{around.labels('related_briefs')}{around.labels.colon}{title['title']}"
    return draw(around, SitePage("related", path, sections, heading, view, statuses=_statuses([title])))


def read_cards(reads: Reads, briefs: Cards) -> tuple[dict[str, Plain], ...]:
    """Return the cards of briefs, with their topics and their other languages as links."""
    return tuple(_card(read_entry(reads, slug, "card"), versions) for slug, versions in briefs)


def _statuses(briefs: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    return frozenset(brief["status"] for brief in briefs)


def _card(card: dict[str, Plain], versions: Sequence[tuple[str, str]]) -> dict[str, Plain]:
    topics = card["topics"]
    assert isinstance(topics, list)
    return {
        **card,
        "topics": tuple({"name": topic, "href": addresses.topic_page(topic)} for topic in topics),
        "versions": tuple({"tag": tag, "name": list_name("language", tag), "href": href} for tag, href in versions),
    }


def pager(folder: str, number: int, of: int) -> dict[str, str]:
    """Return the pages before and after a page of a list; empty if there is none."""
    return {
        "previous": addresses.numbered(folder, number - 1) if number > 1 else "",
        "next": addresses.numbered(folder, number + 1) if number < of else "",
    }


def _continued_pager(first: str, number: int, of: int) -> dict[str, str]:
    """Return the pages before and after a page of a list whose pages continue the `first`; empty if there is none."""
    return {
        "previous": addresses.continued(first, number - 1) if number > 1 else "",
        "next": addresses.continued(first, number + 1) if number < of else "",
    }


def list_name(kind: str, name: str) -> str:
    """Return the title of a list of briefs; a language has its own name for itself (CLDR)."""
    if kind != "language":
        return name
    return own_name(name)


def _link(one: tuple[str, str, str, int]) -> dict[str, Plain]:
    kind, name, href, count = one
    return {"name": list_name(kind, name), "href": href, "count": count}


def make_questions(
    reads: Reads, path: str, sections: tuple[str, ...], slugs: Sequence[str], number: int, of: int
) -> Made | Rejected:
    """Make one page of the questions of all briefs, newest brief first."""
    around = frame(reads)
    briefs = tuple(
        {
            "title": read_entry(reads, slug, "title"),
            "questions": tuple(_question(one) for one in read_entry(reads, slug, "questions")),
        }
        for slug in slugs
    )
    view: dict[str, Plain] = {
        "briefs": briefs,
        "number": number,
        "of": of,
        "pager": pager(addresses.QUESTIONS, number, of),
    }
    title = around.labels("site_questions")
    title = title if number == 1 else around.labels("site_page", title=title, n=number)
    statuses = _statuses(brief["title"] for brief in briefs)
    return draw(around, SitePage("questions", path, sections, title, view, statuses=statuses))


def _question(one: dict[str, Plain]) -> dict[str, Plain]:
    """Return a question with its experts as links to their cells, and the experts without a position by reason."""
    cells = one["cells"]
    assert isinstance(cells, list)
    return {
        **one,
        "speaking": tuple(cell for cell in cells if not cell["gap"]),
        "silent": tuple({**cell, "gap": cell["gap"].replace("-", "_")} for cell in cells if cell["gap"]),
    }


def _about(reads: Reads, around: Frame, slug: str, key: str) -> dict[str, Any]:
    """Return what the site says about a source, with its date in the language of the site."""
    about: dict[str, Any] = read_entry(reads, slug, f"about:{key}")
    day = about["iso"]
    when = format_date(read_date(day), around.labels.language) if day else around.labels("undated")
    return {**about, "when": when, "doi_href": doi_address(about["doi"]) if about["doi"] else ""}


def make_sources(
    reads: Reads, path: str, sections: tuple[str, ...], sources: Sequence[tuple[str, str, int]], number: int, of: int
) -> Made | Rejected:
    """Make one page of all sources. `sources` has key, a citing brief, and the number of citing briefs."""
    around = frame(reads)
    rows: list[Plain] = []
    for key, slug, count in sources:
        about = _about(reads, around, slug, key)
        rows.append({"about": about, "href": addresses.source_page(key), "count": count})
    view: dict[str, Plain] = {
        "rows": tuple(rows),
        "number": number,
        "of": of,
        "pager": pager(addresses.SOURCES, number, of),
    }
    title = around.labels("site_sources")
    title = title if number == 1 else around.labels("site_page", title=title, n=number)
    return draw(around, SitePage("sources", path, sections, title, view))


def make_source(
    reads: Reads,
    path: str,
    sections: tuple[str, ...],
    key: str,
    first: str,
    known: tuple[str, str, int],
    slugs: Sequence[str],
    number: int,
    of: int,
) -> Made | Rejected:
    """Make one page of a source, with the entries of some of the briefs that cite it, newest first.

    `first` is the first of these pages. `known` has the newest brief that cites the source, the day of the latest capture (empty for
    none), and the number of verified passages in all briefs. So a page reads only the briefs that it shows, and the newest.
    """
    around = frame(reads)
    newest, captured, passages = known
    about = _about(reads, around, newest, key)
    briefs = [{"title": read_entry(reads, slug, "title"), **read_entry(reads, slug, f"source:{key}")} for slug in slugs]
    quotations = [one for brief in briefs for one in brief["quotations"]]
    view = {
        "about": about,
        "captured": {"iso": captured, "when": format_date(read_date(captured), around.labels.language)}
        if captured
        else None,
        "passages": passages,
        "briefs": tuple(briefs),
        "number": number,
        "of": of,
        "pager": _continued_pager(first, number, of),
    }
    statuses = _statuses(brief["title"] for brief in briefs)
    name = about["title"] or about["short"]
    data = source_data(around, about, quotations)
    description = around.labels("site_source_description", title=name)
    title = name if number == 1 else around.labels("site_page", title=name, n=number)
    return draw(around, SitePage("source", path, sections, title, view, description, data=data, statuses=statuses))
