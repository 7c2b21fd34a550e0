"""Metadata of a page: description, `citation_*` tags, JSON-LD of its claims and quotations.

Google Scholar reads the `citation_*` tags. They need complete addresses, so they exist only if the house style says where briefs are
published. A page without an address is a `CreativeWork`, because an `Article` of schema.org must have one.

A paraphrase is a `Claim` of the expert, words of a source are a `Quotation`; each has its source. It is
not a `ClaimReview`, because nobody judges whether a claim is true.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.model import Brief, Expert, ExpertKind, HouseStyle, Library, Source, Statement, Status
from generator.model.days import iso
from generator.model.walk import cells
from generator.render.labels import Labels
from generator.render.page.front_matter import address, series
from generator.render.page.page_views import Metadata
from generator.render.page.statement import said_on
from generator.syntax.identifiers import doi_address
from generator.syntax.quotations import printed

_DESCRIPTION = 200
"""Most characters of the summary in the page's description."""
_NOT_INDEXED = (("robots", "noindex"),)
"""Tags of a draft: search engines and catalogues leave it out, even if somebody publishes it by mistake."""


def metadata(brief: Brief, library: Library, labels: Labels) -> Metadata:
    house = library.house
    scholarly, page = bool(house.site and brief.date), address(house, brief.stem)
    draft = brief.status is Status.DRAFT
    data = _linked_data(brief, house, labels, scholarly)
    catalogued = (*_tags(brief, house, labels), *_dublin_core(brief, house, page)) if scholarly else ()
    parts = linked_parts(brief, library, page)
    return Metadata(
        description=description(brief),
        canonical=page,
        tags=_NOT_INDEXED if draft else catalogued,
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


def linked_parts(brief: Brief, library: Library, page: str) -> list[dict[str, Any]]:
    """Return every position and voice, in the order of the file; `page` is the brief's address, or empty."""
    statements = [(f"{question.id}-{who}", position.statement) for question, who, position in cells(brief)]
    statements += [(f"voice-{voice.id}", voice.statement) for voice in brief.voices]
    return [
        part
        for anchor, statement in statements
        for part in _parts(statement, library, f"{page}#{anchor}" if page else "")
    ]


def _parts(statement: Statement, library: Library, address: str) -> Iterator[dict[str, Any]]:
    """Yield what somebody said as schema.org's Claim and Quotation; nothing of an unknown expert."""
    expert = library.experts.get(statement.who)
    if expert is None:
        return
    who, day = _who(expert), said_on(statement, library)
    keys = (citation.key for citation in statement.cite.citations) if statement.cite else ()
    sources = [_source(library.sources[key]) for key in keys if key in library.sources]
    common = {"datePublished": iso(day) if day else "", "citation": sources, "url": address}
    if statement.says:
        yield _filled({"@type": "Claim", "text": " ".join(statement.says.plain.split()), "author": who, **common})
    if statement.quote:
        text = " ".join(printed(statement.quote.value).split())
        yield _filled({"@type": "Quotation", "text": text, "spokenByCharacter": who, **common})


def _who(expert: Expert) -> dict[str, str]:
    return {"@type": "Person" if expert.kind is ExpertKind.PERSON else "Organization", "name": expert.name}


def _source(source: Source) -> dict[str, str]:
    issued = iso(source.issued) if source.issued else ""
    name = source.title or source.short
    return _filled({"@type": "CreativeWork", "name": name, "url": source.url, "datePublished": issued})


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
