"""What a page tells machines: description, the `citation_*` tags that Google Scholar reads, and JSON-LD after schema.org.

Scholar's tags need whole addresses, so they are given only where the house style says where briefs are published; a page
without an address is described as a `CreativeWork`, for an `Article` of schema.org must have one. Knows nothing of how
the page looks.
"""

from __future__ import annotations

import json
from typing import Any

from generator.model import Brief, HouseStyle, Status
from generator.model.days import iso
from generator.render.labels import Labels
from generator.render.page.front_matter import address, series
from generator.render.page.views import Metadata

_DESCRIPTION = 200
"""Characters of the summary that serve as the page's description, at most."""


def metadata(brief: Brief, house: HouseStyle, labels: Labels) -> Metadata:
    scholarly = bool(house.site and brief.date)
    return Metadata(
        description=description(brief),
        canonical=address(house, brief.stem),
        tags=_tags(brief, house, labels) if scholarly else (),
        json_ld=_script(_linked_data(brief, house, labels, scholarly)),
    )


def description(brief: Brief) -> str:
    """The answer, or the first words of the summary, cut between words; without either the subtitle, or the title."""
    said = brief.answer or brief.summary
    words = " ".join((said.plain if said else brief.subtitle or brief.title.value).split())
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
    tags.append(("citation_pdf_url", address(house, brief.stem, "pdf")))
    return tuple(tags)


def _linked_data(brief: Brief, house: HouseStyle, labels: Labels, scholarly: bool) -> dict[str, Any]:
    publisher = {"@type": "Organization", "name": house.name} | ({"url": house.site} if house.site else {})
    authors = [{"@type": "Person", "name": person.name} for person in brief.authors]
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
        "reportNumber": series(brief, house, labels) if brief.number and scholarly else "",
    }
    return {name: value for name, value in data.items() if value}


def _script(data: dict[str, Any]) -> str:
    """JSON that may stand inside `<script>`: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
