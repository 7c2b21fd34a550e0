"""Addresses that a brief's page needs of the pages around it, relative to that page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from generator.site import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Brief, Library


def around_links(brief: Brief, library: Library) -> dict[str, Any]:
    """The first page, the brief as data, its parts for frames, its topics, and by id the pages of the experts that it names."""
    up = addresses.up(brief.stem)
    named = {text.value for text in brief.experts} | {voice.statement.who for voice in brief.voices}
    return {
        "home": up + addresses.INDEX,
        "topics": tuple({"name": topic, "href": up + addresses.topic_page(topic)} for topic in brief.topics),
        "embeds": tuple(_embeds(brief, library, up)),
        "data": {ending: up + addresses.data(brief.slug, ending) for ending in ("json", "csv")},
        "experts": {who: up + addresses.expert_page(who) for who in sorted(named) if who in library.experts},
    }


def _embeds(brief: Brief, library: Library, up: str) -> Iterator[dict[str, str]]:
    """The positions first, then each question's strip; `address` is empty where the site's is not known, `title` is for an attribute."""
    parts = [("positions", "")] if brief.questions else []
    parts += [(addresses.strip_name(one.id), one.ask.value.strip()) for one in brief.questions]
    top = f"{library.house.site.rstrip('/')}/" if library.house.site else ""
    for name, ask in parts:
        path = addresses.embed(brief.slug, name)
        block = "overview" if ask else "positions"
        yield {
            "block": block,
            "ask": ask,
            "title": escape(ask or brief.title.value.strip()),
            "href": up + path,
            "address": top and top + path,
        }
