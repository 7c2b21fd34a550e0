"""Links from a brief's page to the site, relative to that page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from generator.languages.locales import own_name
from generator.model import Brief, HouseStyle, LanguageVersion, Library, Status
from generator.render.page.machine_metadata import description
from generator.render.scripts import direction_of
from generator.site import addresses


def around_links(
    brief: Brief,
    library: Library,
    translations: Sequence[LanguageVersion] = (),
    kept: Sequence[int] = (),
    *,
    drawn: bool = True,
) -> dict[str, Any]:
    """The first page, the search, the brief as data, its topics, its translations, and by id the pages of the experts that it names.

    `kept` are the editions whose PDFs stay at addresses of their own.
    `drawn` says whether pictures for sharing can be drawn on this machine.
    """
    up = addresses.up(brief.stem)
    named = {text.value for text in brief.experts} | {voice.statement.who for voice in brief.voices}
    return {
        "home": up + addresses.INDEX,
        "search": up + addresses.SEARCH,
        "icon": up + addresses.ICON,
        "related": up + addresses.related_page(brief.slug),
        "topics": tuple({"name": topic, "href": up + addresses.topic_page(topic)} for topic in brief.topics),
        "embeds": tuple(_embeds(brief, library, up)),
        "data": {ending: up + addresses.data(brief.slug, ending) for ending in ("json", "csv")},
        "languages": tuple(_language(one, up) for one in translations),
        "alternates": tuple(_alternates(brief, library.house, translations)) if translations else (),
        "editions": tuple({"n": number, "href": up + addresses.edition_file(brief.slug, number)} for number in kept),
        "predecessor": _predecessor(brief, kept, up),
        "picture": _picture(brief, library) if drawn else {},
        "experts": {who: up + addresses.expert_page(who) for who in sorted(named) if who in library.experts},
    }


def _predecessor(brief: Brief, kept: Sequence[int], up: str) -> str:
    """The edition before this one (RFC 5829); empty where it is not kept."""
    earlier = [number for number in kept if number < brief.edition]
    return up + addresses.edition_file(brief.slug, earlier[-1]) if earlier else ""


def _embeds(brief: Brief, library: Library, up: str) -> Iterator[dict[str, str]]:
    """The positions first, then each question's strip; `address` is empty where the site's is not known, `title` is for an attribute."""
    parts = [("positions", "")] if brief.questions else []
    parts += [(addresses.strip_name(one.id), one.ask.value.strip()) for one in brief.questions]
    for name, ask in parts:
        path = addresses.embed(brief.slug, name)
        block = "overview" if ask else "positions"
        yield {
            "block": block,
            "ask": ask,
            "title": escape(ask or brief.title.value.strip()),
            "href": up + path,
            "address": library.house.site and library.house.site + path,
        }


def _picture(brief: Brief, library: Library) -> dict[str, str]:
    """Return the full address of the picture for shared links, and its description; empty if there is none."""
    site = library.house.site
    if not site or brief.status is not Status.PUBLISHED:
        return {}
    return {
        "href": site + addresses.picture(brief.slug),
        "alt": " – ".join((brief.title.value.strip(), description(brief))),
    }


def _language(one: LanguageVersion, up: str) -> dict[str, str]:
    return {
        "tag": one.language,
        "name": own_name(one.language),
        "href": f"{up}{one.stem}.html",
        "direction": direction_of(one.language),
    }


def _alternates(brief: Brief, house: HouseStyle, translations: Sequence[LanguageVersion]) -> Iterator[dict[str, str]]:
    """All languages of the brief, this one too, as search engines want them (`hreflang`); the original for all other readers."""
    address = house.site or addresses.up(brief.stem)
    own = (brief.language, brief.stem, brief.translation_of is None)
    family = [own, *((one.language, one.stem, one.original) for one in translations)]
    for language, stem, original in sorted(family, key=lambda one: one[0]):
        href = f"{address}{stem}" + ("" if house.addresses == "pretty" else ".html")
        yield {"tag": language, "href": href}
        if original:
            yield {"tag": "x-default", "href": href}
