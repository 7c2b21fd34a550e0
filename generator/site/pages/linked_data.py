"""JSON-LD metadata of the site's pages (schema.org)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from generator.site.pages.site_frame import Frame, web_page


def publisher(around: Frame) -> dict[str, Any]:
    """Return the publisher, with its address if it has one."""
    named = {"@type": "Organization", "name": around.house.name}
    return named | ({"url": around.address} if around.address else {})


def website(around: Frame) -> dict[str, Any]:
    """Return the site as a whole."""
    site = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": around.house.name,
        "inLanguage": around.house.language,
        "publisher": publisher(around),
    }
    return site | ({"url": around.address} if around.address else {})


def collection(around: Frame, path: str, name: str, cards: Iterable[Any]) -> dict[str, Any]:
    """Return a list of briefs. The briefs are in it if they have an address."""
    page = web_page(around, path, name, "CollectionPage")
    if not around.address:
        return page
    reports = ({"@type": "Report", "headline": card["title"], "url": around.url(card["href"])} for card in cards)
    return page | {"hasPart": list(reports)}


def profile(around: Frame, path: str, person: Mapping[str, Any], current: str) -> dict[str, Any]:
    """Return a person or an institution, and the page about them."""
    kind = "Person" if person["kind"] == "person" else "Organization"
    about: dict[str, Any] = {"@type": kind, "name": person["name"]}
    if kind == "Person" and current:
        about["affiliation"] = {"@type": "Organization", "name": current}
    page = {"@context": "https://schema.org", "@type": "ProfilePage", "inLanguage": around.language}
    return page | ({"url": around.url(path)} if around.address else {}) | {"mainEntity": about}


def source(around: Frame, about: Mapping[str, Any], quotations: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a source, and its verified words in briefs."""
    work: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "name": about["title"] or about["short"],
        "url": about["url"],
        "datePublished": about["iso"],
        "author": [{"@type": "Person", "name": name} for name in about["authors"]],
        "hasPart": [
            {
                "@type": "Quotation",
                "text": one["words"],
                **({"spokenByCharacter": {"@type": "Person", "name": one["who"]}} if one["who"] else {}),
            }
            for one in quotations
        ],
    }
    return {name: value for name, value in work.items() if value}
