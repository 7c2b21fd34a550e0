"""The search index, in shards that the browser reads one after another.

`heads` has titles, answers, questions and experts, which a search needs first; `texts` has statements and facts. A shard
depends only on the briefs in it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.site import addresses
from generator.site.site_frame import TEMPLATES, SitePage, draw, frame, read_entry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.engine import Made, Reads, Rejected


def make_search(reads: Reads, path: str, sections: tuple[str, ...]) -> Made | Rejected:
    """Make the page with the search form."""
    around = frame(reads)
    return draw(around, SitePage("search", path, sections, around.labels("site_search"), {}))


def make_shards(reads: Reads, path: str, part: str, slugs: Sequence[str]) -> Made:
    """Make one shard of `heads` or `texts`."""
    from generator.engine import Made

    reads.value("site-code")
    documents_of = _heads if part == "heads" else _texts
    documents = [document for slug in slugs for document in documents_of(reads, slug)]
    return Made(outputs={path: _json({"version": 1, "documents": documents})})


def make_shard_list(reads: Reads, path: str, heads: int, texts: int) -> Made:
    """Make the list of all shards, which the script reads first."""
    from generator.engine import Made

    reads.value("site-code")
    counts = (("heads", heads), ("texts", texts))
    names = {
        part: [addresses.shard(part, number).rpartition("/")[2] for number in range(1, count + 1)]
        for part, count in counts
    }
    return Made(outputs={path: _json({"version": 1, **names})})


def make_script(reads: Reads, path: str) -> Made:
    """Make the script, from the project's own templates or the program's."""
    from pathlib import Path

    from generator.engine import Made
    from generator.render.preset import template_roots

    reads.value("site-code")
    for folder in ("templates", f"templates/{TEMPLATES}"):
        reads.folder(folder)
    places = (root / TEMPLATES / "search.js" for root in template_roots(Path(reads.root)))
    return Made(outputs={path: reads.file(str(next(place for place in places if place.is_file())))})


def _heads(reads: Reads, slug: str) -> Iterator[dict[str, Any]]:
    card = read_entry(reads, slug, "card")
    text = " · ".join(filter(None, (card["subtitle"], card["answer"] or card["description"], *card["topics"])))
    yield _document("brief", card["href"], card["title"], text, card["language"])
    names: dict[str, str] = {}
    for question in read_entry(reads, slug, "questions"):
        href = _place(card["href"], question["anchor"])
        scale = f"{card['title']} ({' – '.join(question['scale'])})"
        yield _document("question", href, question["ask"], scale, card["language"])
        names.update((cell["who"], cell["name"]) for cell in question["cells"])
    for who, name in names.items():
        yield _document("expert", addresses.expert_page(who), name, card["title"], card["language"])


def _texts(reads: Reads, slug: str) -> Iterator[dict[str, Any]]:
    title = read_entry(reads, slug, "title")
    for one in read_entry(reads, slug, "texts"):
        yield _document(one["kind"], _place(title["href"], one["anchor"]), one["title"], one["text"], title["language"])


def _document(kind: str, href: str, title: str, text: str, language: str) -> dict[str, str]:
    return {"kind": kind, "href": href, "title": title, "text": text, "language": language}


def _place(href: str, anchor: str) -> str:
    return f"{href}#{anchor}" if anchor else href


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
