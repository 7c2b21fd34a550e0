"""Lists of the site for programs: Atom feeds, a JSON index, `llms.txt`, sitemap."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from generator.engine import Made, Reads
from generator.site import addresses
from generator.site.data.published_data import Index, IndexEntry, as_json
from generator.site.pages.site_frame import Frame, frame, read_entry


def make_lists(reads: Reads, slugs: Sequence[str], related: Sequence[Sequence[str]]) -> Made:
    """Make `index.json`, and `llms.txt` (llmstxt.org). `related` are the related briefs of each brief."""
    around = frame(reads)
    cards = [read_entry(reads, slug, "card") for slug in slugs]
    briefs = tuple(_brief(around, card, others) for card, others in zip(cards, related, strict=True))
    schema = around.address + addresses.schema("index")
    index = Index(schema=schema, version=1, publisher=around.house.name, briefs=briefs)
    llms = "\n".join([*_llms(around, cards), ""])
    return Made(outputs={addresses.JSON_INDEX: _written(index).encode(), addresses.LLMS: llms.encode()})


def _written(index: Index) -> str:
    """Return the index as JSON with a line for each brief, so that an edit changes one line."""
    fields = as_json(index)
    lines = [json.dumps(brief, ensure_ascii=False, sort_keys=True) for brief in fields.pop("briefs")]
    head = json.dumps(fields, ensure_ascii=False, sort_keys=True).removesuffix("}")
    return "\n".join([f'{head}, "briefs": [', ",\n".join(lines), "]}", ""])


_CARD = ("slug", "title", "subtitle", "answer", "number", "status", "edition", "language", "experts", "questions")


def _brief(around: Frame, card: dict[str, Any], related: Sequence[str]) -> IndexEntry:
    return IndexEntry(
        **{name: card[name] for name in _CARD},
        topics=tuple(card["topics"]),
        authors=tuple(card["authors"]),
        date=card["iso"],
        url=around.url(card["href"]),
        pdf=around.address + card["pdf"],
        related=tuple(related),
    )


def _llms(around: Frame, cards: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield f"# {around.house.name}"
    yield ""
    yield f"> {around.labels('site_llms')}"
    yield ""
    yield f"- [{addresses.JSON_INDEX}]({around.address}{addresses.JSON_INDEX})"
    yield ""
    yield f"## {around.labels('site_briefs')}"
    yield ""
    for card in cards:
        words = " ".join((card["answer"] or card["description"]).split())
        yield f"- [{_plain(card['title'])}]({around.url(card['href'])}): {words}"


def _plain(text: str) -> str:
    """Return words for the brackets of a Markdown link."""
    return text.replace("[", "(").replace("]", ")")


def make_sitemap(reads: Reads, pages: Sequence[tuple[str, str]]) -> Made:
    """Make `sitemap.xml` (sitemaps.org): pages, with the day of their last change if it is known."""
    around = frame(reads)
    lines = ['<?xml version="1.0" encoding="utf-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for path, day in pages:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(around.url(path))}</loc>{changed}</url>")
    return Made(outputs={addresses.SITEMAP: "\n".join([*lines, "</urlset>", ""]).encode()})


def make_robots(reads: Reads, mapped: bool) -> Made:
    """Make `robots.txt` (RFC 9309), which allows everything and names the sitemap."""
    around = frame(reads)
    lines = ["User-agent: *", "Disallow:"]
    if mapped:
        lines += ["", f"Sitemap: {around.address}{addresses.SITEMAP}"]
    return Made(outputs={addresses.ROBOTS: "\n".join([*lines, ""]).encode()})


EPOCH = "1970-01-01"
"""The day of a brief without a date: a feed needs one, and the clock must not be read."""


def make_feed(reads: Reads, path: str, kind: str, name: str, page: str, slugs: Sequence[str]) -> Made:
    """Make the feed of the newest briefs of a list. `page` is the page with all of them."""
    around = frame(reads)
    cards = [read_entry(reads, slug, "card") for slug in slugs]
    title = _title(reads, around, kind, name, slugs)
    return Made(outputs={path: "\n".join([*_feed(around, path, page, title, cards), ""]).encode()})


def _title(reads: Reads, around: Frame, kind: str, name: str, slugs: Sequence[str]) -> str:
    if kind == "expert" and slugs:
        name = read_entry(reads, slugs[0], f"person:{name}")["name"]
    return f"{around.house.name}{around.labels.colon}{name}" if name else around.house.name


def _feed(around: Frame, path: str, page: str, title: str, cards: Sequence[dict[str, Any]]) -> Iterator[str]:
    updated = max((card["changed"] for card in cards), default="") or EPOCH
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
    if card["iso"]:
        yield f"<published>{_moment(card['iso'])}</published>"
    yield f"<updated>{_moment(card['changed'] or EPOCH)}</updated>"
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
