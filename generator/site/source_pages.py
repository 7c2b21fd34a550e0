"""Pages of sources: where each is cited, and which of its quotations were verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.site import addresses
from generator.site.brief_lists import pager
from generator.site.linked_data import source as source_data
from generator.site.site_frame import SitePage, draw, frame, read_entry
from generator.syntax.dates import format_date, read_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.engine import Made, Plain, Reads, Rejected


def make_sources(
    reads: Reads, path: str, sections: tuple[str, ...], sources: Sequence[tuple[str, str, int]], number: int, of: int
) -> Made | Rejected:
    """Make one page of all sources. `sources` has key, a citing brief, and the number of citing briefs."""
    around = frame(reads)
    rows = []
    for key, slug, count in sources:
        about = read_entry(reads, slug, f"about:{key}")
        rows.append({"about": about, "href": addresses.source_page(key), "count": count})
    view: dict[str, Plain] = {
        "rows": tuple(rows),
        "number": number,
        "of": of,
        "pager": pager(addresses.SOURCES, number, of),
    }
    title = around.labels("site_sources")
    title = title if number == 1 else around.labels("site_page", title=title, n=number)
    return draw(around, SitePage("sources", path, sections, title, view))


def make_source(reads: Reads, path: str, sections: tuple[str, ...], key: str, slugs: Sequence[str]) -> Made | Rejected:
    """Make the page of one source from the entries of the briefs that cite it, newest brief first."""
    around = frame(reads)
    about = read_entry(reads, slugs[0], f"about:{key}")
    briefs = [{"title": read_entry(reads, slug, "title"), **read_entry(reads, slug, f"source:{key}")} for slug in slugs]
    captured = max(one["captured"] for one in briefs)
    quotations = [one for brief in briefs for one in brief["quotations"]]
    view = {
        "about": about,
        "captured": {"iso": captured, "when": format_date(read_date(captured), around.labels.language)}
        if captured
        else None,
        "passages": sum(one["passages"] for one in briefs),
        "briefs": tuple(briefs),
        "quotations": len(quotations),
    }
    title = about["title"] or about["short"]
    data = source_data(around, about, quotations)
    description = around.labels("site_source_description", title=title)
    return draw(around, SitePage("source", path, sections, title, view, description, data=data))
