"""What other sites show of a brief: its matrix or a strip in a frame, and a picture for links.

They are taken from the finished page of the brief, between comments of its templates, so content and design are the
same. Their links open the brief outside the frame.

Open Graph needs its full address, so it is only made for published briefs, and if the house style has the site's address.
"""

from __future__ import annotations

import posixpath
import re
from typing import Any, NamedTuple

from markupsafe import Markup

from generator.engine import Made, Reads, Rejected
from generator.problems.problem import plain
from generator.render.page.page_views import Page
from generator.render.script_runs import mark_scripts
from generator.render.style_sheets import ScreenPage
from generator.render.templating import TemplateFault, render
from generator.site import addresses
from generator.site.pages.site_frame import ACCENT, DEEP, frame, functions, read_entry, script, site_values

TEMPLATE = "parts/embed.html.j2"
_PART = re.compile(r"<!-- embed ([\w.-]++) -->\n?((?:[^<]|<(?!!-- (?:end of )?embed))*+)<!-- end of embed -->\n?")
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"(?: media="([^"]+)")?>')
_LINK = re.compile(r'(<a\b[^<>]*? href=")([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class _Part(NamedTuple):
    """Content of a frame."""

    name: str
    title: str
    heading: str
    """Heading above the part, if its own headings are of the third level."""
    html: str


def with_embeds(screen: ScreenPage, page: Page, slug: str) -> ScreenPage:
    """Return the page without the comments, and a file for each part between them. Raises TemplateFault."""
    asked = {addresses.strip_name(question.id): question.ask for question in page.matrix.questions}
    parts = [
        _Part(
            found[1], asked.get(found[1], page.title), "" if found[1] in asked else page.labels("positions"), found[2]
        )
        for found in _PART.finditer(screen.html)
    ]
    files = {addresses.embed(slug, part.name): _page(part, screen, page).encode() for part in parts}
    return ScreenPage(_PART.sub(lambda found: found[2], screen.html), screen.files | files)


def _page(part: _Part, screen: ScreenPage, page: Page) -> str:
    """Return one page for a frame. It is always two folders deep."""
    up = addresses.up(addresses.embed("x", part.name))
    brief = f"{up}{page.stem}.html"
    values: dict[str, Any] = {
        "language": page.language,
        "direction": page.direction,
        "preset": page.preset.name,
        "brief": page.title,
        "publisher": page.masthead.publisher,
        "line": page.masthead.line,
        "canonical": page.metadata.canonical,
        "title": part.title,
        "heading": part.heading,
        "href": brief,
        "sheets": tuple(
            {"href": _from_frame(link[1], brief), "media": link[2] or "all"} for link in _SHEET.finditer(screen.html)
        ),
        "json_ld": Markup(script(_said(part, page))),  # noqa: S704 it cannot end its element
        "content": Markup(_LINK.sub(lambda link: _led(link, brief), part.html)),  # noqa: S704 escaped when it was rendered
    }
    html = render(page.preset.folders, values, TEMPLATE)
    return "".join(f"{line}\n" for line in html.splitlines() if line.strip())


def _said(part: _Part, page: Page) -> dict[str, Any]:
    """Return the metadata of the page: it is a part of the brief."""
    brief = {"@type": "Report", "headline": page.title}
    brief |= {"url": page.metadata.canonical} if page.metadata.canonical else {}
    kind = {"@context": "https://schema.org", "@type": "WebPage"}
    return kind | {"name": part.title, "inLanguage": page.language, "isPartOf": brief}


def _led(link: re.Match[str], brief: str) -> str:
    """Return a link of the brief's page for the page in the frame."""
    return f'{link[1]}{_from_frame(link[2], brief)}" target="_top"'


def _from_frame(href: str, brief: str) -> str:
    """Return an address of the brief's page for the page in the frame; `brief` is the address of the brief's page."""
    if href.startswith("#"):
        return brief + href
    if _ELSEWHERE.match(href):
        return href
    return posixpath.normpath(posixpath.join(posixpath.dirname(brief), href))


def make_share_picture(reads: Reads, slug: str) -> Made | Rejected:
    """Make `assets/shared/SLUG.png` with the template `share-picture.html.j2`."""
    from generator.render.share_picture import draw_picture

    around = frame(reads)
    brief = read_entry(reads, slug, "picture")
    colours = around.house.colours
    values = {
        "brief": brief,
        "site": site_values(around),
        "deep": colours.deep or DEEP,
        "accent": colours.accent or ACCENT,
        **{function.name: function for function in functions(around)},
    }
    try:
        html = render(around.folders, values, "share-picture.html.j2")
    except TemplateFault as fault:
        return Rejected([plain(fault.problem(around.root))])
    return Made(outputs={addresses.picture(slug): draw_picture(mark_scripts(html, brief["language"]))})
