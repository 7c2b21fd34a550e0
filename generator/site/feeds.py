"""Atom feeds (RFC 4287): of all briefs, of a topic, of an expert. They contain no drafts or withdrawn briefs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from generator.site import addresses
from generator.site.site_frame import Frame, frame, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.engine import Made, Reads

EPOCH = "1970-01-01"
"""The day of a brief without a date: a feed needs one, and the clock must not be read."""


def make_feed(reads: Reads, path: str, kind: str, name: str, page: str, slugs: Sequence[str]) -> Made:
    """Make the feed of the newest briefs of a list. `page` is the page with all of them."""
    from generator.engine import Made

    around = frame(reads)
    cards = [read_entry(reads, slug, "card") for slug in slugs]
    title = _title(reads, around, kind, name, slugs)
    return Made(outputs={path: "\n".join([*_feed(around, path, page, title, cards), ""]).encode()})


def _title(reads: Reads, around: Frame, kind: str, name: str, slugs: Sequence[str]) -> str:
    if kind == "expert" and slugs:
        name = read_entry(reads, slugs[0], f"person:{name}")["name"]
    return f"{around.house.name}: {name}" if name else around.house.name


def _feed(around: Frame, path: str, page: str, title: str, cards: Sequence[dict[str, Any]]) -> Iterator[str]:
    updated = max((card["iso"] for card in cards), default="") or EPOCH
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(around.house.language)}>'
    yield f"<id>{escape(around.address + path)}</id>"
    yield f"<title>{escape(title)}</title>"
    yield f"<updated>{_moment(updated)}</updated>"
    yield f"<author><name>{escape(around.house.name)}</name></author>"
    yield f'<link rel="self" type="application/atom+xml" href={quoteattr(around.address + path)}/>'
    yield f'<link rel="alternate" type="text/html" href={quoteattr(around.url(page))}/>'
    if around.house.licence.name or around.house.licence.url:
        yield f"<rights>{escape(around.house.licence.name or around.house.licence.url)}</rights>"
    for card in cards:
        yield from _entry(around, card)
    yield "</feed>"


def _entry(around: Frame, card: dict[str, Any]) -> Iterator[str]:
    address = around.url(card["href"])
    yield f"<entry xml:lang={quoteattr(card['language'])}>"
    yield f"<id>{escape(address)}</id>"
    yield f"<title>{escape(card['title'])}</title>"
    yield f"<updated>{_moment(card['iso'] or EPOCH)}</updated>"
    for author in card["authors"]:
        yield f"<author><name>{escape(author)}</name></author>"
    yield f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>'
    yield f'<link rel="related" type="application/pdf" href={quoteattr(around.address + card["pdf"])}/>'
    for topic in card["topics"]:
        yield f"<category term={quoteattr(addresses.topic_key(topic))} label={quoteattr(topic)}/>"
    yield f"<summary>{escape(card['answer'] or card['description'])}</summary>"
    yield "</entry>"


def _moment(day: str) -> str:
    """Return the earliest time of a date in the form of RFC 3339, in UTC."""
    return f"{day}{'-01-01'[(len(day) - 4) :]}T00:00:00Z"
