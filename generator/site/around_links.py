"""Links from a brief's page to the site, relative to that page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.site import addresses

if TYPE_CHECKING:
    from generator.model import Brief, Library


def around_links(brief: Brief, library: Library) -> dict[str, Any]:
    """Return links to the first page, the brief's data, its topics, and by id the pages of its experts."""
    up = addresses.up(brief.stem)
    named = {text.value for text in brief.experts} | {voice.statement.who for voice in brief.voices}
    return {
        "home": up + addresses.INDEX,
        "topics": tuple({"name": topic, "href": up + addresses.topic_page(topic)} for topic in brief.topics),
        "data": {ending: up + addresses.data(brief.slug, ending) for ending in ("json", "csv")},
        "experts": {who: up + addresses.expert_page(who) for who in sorted(named) if who in library.experts},
    }
