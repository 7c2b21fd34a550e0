"""Single pages of the site, such as corrections and "about"; its style sheet, scripts and fonts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from generator.engine import Made, Reads, Rejected
from generator.render.scripts import direction_of
from generator.render.style_sheets import mirrored, script_css, with_theme
from generator.render.template_folders import template_roots
from generator.render.web_fonts import web_fonts
from generator.site.pages.linked_data import website
from generator.site.pages.site_frame import DEEP, SitePage, draw, frame, read_entry
from generator.site.site_inputs import TEMPLATES


def make_corrections(reads: Reads, path: str, sections: tuple[str, ...], slugs: Sequence[str]) -> Made | Rejected:
    """Make the log of corrections and editions, latest first."""
    around = frame(reads)
    events = []
    for slug in slugs:
        title, log = read_entry(reads, slug, "title"), read_entry(reads, slug, "log")
        events += [{**title, "kind": "correction", **one} for one in log["corrections"]]
        if log["edition"] > 1:
            events.append({**title, "kind": "edition", "n": log["edition"], "what": log["updates"]})
        if title["status"] == "withdrawn":
            events.append({**title, "kind": "withdrawn", "what": ""})
    events.sort(key=lambda event: str(event["iso"]), reverse=True)
    view = {"events": tuple(events)}
    return draw(around, SitePage("corrections", path, sections, around.labels("site_corrections"), view))


def make_about(
    reads: Reads, path: str, sections: tuple[str, ...], briefs: int, experts: int, sources: int
) -> Made | Rejected:
    """Make the page about the publisher: its method, funding and contact."""
    around = frame(reads)
    counts = {"briefs": briefs, "experts": experts, "sources": sources}
    title = around.labels("site_about")
    return draw(around, SitePage("about", path, sections, title, {"counts": counts}, data=website(around)))


def make_accessibility(reads: Reads, path: str, sections: tuple[str, ...]) -> Made | Rejected:
    """Make the accessibility statement."""
    around = frame(reads)
    return draw(around, SitePage("accessibility", path, sections, around.labels("site_accessibility"), {}))


def make_not_found(reads: Reads, path: str, sections: tuple[str, ...]) -> Made | Rejected:
    """Make the page that a host shows for an address that does not exist."""
    around = frame(reads)
    title = around.labels("site_not_found")
    return draw(around, SitePage("not-found", path, sections, title, {}, anywhere=True))


def make_sheet(reads: Reads, path: str) -> Made:
    """The style sheet of all pages of the site: the sheet of briefs, and its own; mirrored for languages from right to left."""
    around = frame(reads)
    reads.folder("templates/parts")
    roots = template_roots(Path(reads.root))
    shared = next(top / "parts/screen.css" for top in roots if (top / "parts/screen.css").is_file())
    own = next(top / TEMPLATES / "site.css" for top in roots if (top / TEMPLATES / "site.css").is_file())
    css = "".join(reads.file(str(sheet)).decode() for sheet in (shared, own))
    css = with_theme(mirrored(css) if direction_of(around.language) == "rtl" else css)
    return Made(outputs={path: f"{script_css(screen=True)}{css}".encode()})


def make_script(reads: Reads, path: str) -> Made:
    """Make a script of the site, from the project's own templates or the program's."""
    reads.value("site-code")
    for folder in ("templates", f"templates/{TEMPLATES}"):
        reads.folder(folder)
    places = (root / TEMPLATES / PurePosixPath(path).name for root in template_roots(Path(reads.root)))
    return Made(outputs={path: reads.file(str(next(place for place in places if place.is_file())))})


def make_icon(reads: Reads, path: str) -> Made:
    """The sign of the site in a browser's tab: positions on a scale, in the colours of the house style."""
    deep = frame(reads).house.colours.deep or DEEP
    dots = "".join(f'<circle cx="{x}" cy="16" r="4"/>' for x in (7, 16, 25))
    icon = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" fill="{deep}"/><g fill="#fff"><rect x="3" y="15" width="26" height="2"/>{dots}</g></svg>'
    )
    return Made(outputs={path: f"{icon}\n".encode()})


def make_fonts(reads: Reads, name: str) -> Made:
    """A slice of the fonts: its style sheet and its files."""
    reads.value("site-code")
    return Made(outputs=web_fonts(name))
