"""Metadata of a page: description, `citation_*` tags and JSON-LD.

Google Scholar reads the `citation_*` tags. They need complete addresses, so they exist only if the house style says where briefs are
published. A page without an address is a `CreativeWork`, because an `Article` of schema.org must have one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.model import Brief, HouseStyle, Library, Status
from generator.model.days import iso
from generator.render.labels import Labels
from generator.render.page.front_matter import address, series
from generator.render.page.linked_parts import linked_parts
from generator.render.page.views import Metadata
from generator.syntax.identifiers import doi_address

_DESCRIPTION = 200
"""Most characters of the summary in the page's description."""


def metadata(brief: Brief, library: Library, labels: Labels) -> Metadata:
    house = library.house
    scholarly, page = bool(house.site and brief.date), address(house, brief.stem)
    data = _linked_data(brief, house, labels, scholarly)
    parts = linked_parts(brief, library, page)
    return Metadata(
        description=description(brief),
        canonical=page,
        tags=(*_tags(brief, house, labels), *_dublin_core(brief, house, page)) if scholarly else (),
        json_ld=_script({**data, "hasPart": parts} if parts else data),
        graph=_graph(brief, house, page) if page else (),
    )


def description(brief: Brief) -> str:
    """Return the answer, or the first words of the summary; without either the subtitle, or the title."""
    prose = brief.answer or brief.summary
    words = " ".join((prose.plain if prose else brief.subtitle or brief.title.value).split())
    if len(words) <= _DESCRIPTION:
        return words
    return words[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:.") + " …"


def _tags(brief: Brief, house: HouseStyle, labels: Labels) -> tuple[tuple[str, str], ...]:
    assert brief.date is not None
    tags = [("citation_title", brief.title.value.strip())]
    tags += [("citation_author", person.name) for person in brief.authors] or [("citation_author", house.name)]
    tags.append(("citation_publication_date", iso(brief.date).replace("-", "/")))
    tags.append(("citation_technical_report_institution", house.name))
    if brief.number:
        tags.append(("citation_technical_report_number", series(brief, house, labels)))
    tags.append(("citation_language", brief.language.partition("-")[0]))
    if brief.doi:
        tags.append(("citation_doi", brief.doi))
    if house.issn:
        tags.append(("citation_issn", house.issn))
    tags += [("citation_keywords", topic) for topic in brief.topics]
    tags.append(("citation_pdf_url", address(house, brief.stem, "pdf")))
    return tuple(tags)


def _dublin_core(brief: Brief, house: HouseStyle, page: str) -> Iterator[tuple[str, str]]:
    """Return tags of Dublin Core for HTML (dublincore.org, DC-HTML), which library catalogues read."""
    yield "DC.title", brief.title.value.strip()
    yield from (("DC.creator", person.name) for person in brief.authors)
    yield "DC.publisher", house.name
    yield "DC.date", iso(brief.date) if brief.date else ""
    yield "DC.language", brief.language
    yield from (("DC.subject", topic) for topic in brief.topics)
    yield "DC.identifier", page
    if house.licence.url:
        yield "DC.rights", house.licence.url


def _graph(brief: Brief, house: HouseStyle, page: str) -> tuple[tuple[str, str], ...]:
    """Return properties of Open Graph (ogp.me), which are shown with a shared link to the page."""
    return (
        ("og:type", "article"),
        ("og:title", brief.title.value.strip()),
        ("og:description", description(brief)),
        ("og:url", page),
        ("og:site_name", house.name),
        ("og:locale", brief.language.replace("-", "_")),
    )


def _linked_data(brief: Brief, house: HouseStyle, labels: Labels, scholarly: bool) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": house.name} | ({"url": house.site} if house.site else {})
    authors = [
        {"@type": "Person", "name": person.name} | ({"url": person.url} if person.url else {})
        for person in brief.authors
    ]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report" if scholarly else "CreativeWork",
        "headline": brief.title.value.strip(),
        "alternativeHeadline": brief.subtitle.strip(),
        "description": description(brief),
        "author": authors or [publisher],
        "publisher": publisher,
        "datePublished": iso(brief.date) if brief.date else "",
        "inLanguage": brief.language,
        "version": str(brief.edition),
        "creativeWorkStatus": "Published" if brief.status is Status.PUBLISHED else brief.status.value.capitalize(),
        "license": house.licence.url,
        "url": address(house, brief.stem),
        "sameAs": doi_address(brief.doi) if brief.doi else "",
        "keywords": ", ".join(brief.topics),
        "isPartOf": {"@type": "Periodical", "name": house.series or labels("series"), "issn": house.issn}
        if house.issn
        else None,
        "reportNumber": series(brief, house, labels) if brief.number and scholarly else "",
    }
    return {name: value for name, value in data.items() if value}


def _script(data: dict[str, Any]) -> str:
    """Return JSON that is safe inside `<script>`: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
