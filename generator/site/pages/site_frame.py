"""Shared by all pages of the site: publisher, labels, templates, and reading entries of extracts.

Everything is read through `Reads`, so that a page is made again if it changes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from generator.engine import Made, Plain, Reads, Rejected
from generator.model import CitationGroup, FactReference, HouseStyle, Prose
from generator.problems.problem import plain
from generator.project import HOUSE, pretty
from generator.read.file_readers import read_house
from generator.read.yaml_text import parse_bytes
from generator.render.labels import FALLBACK, LabelFault, Labels, load_labels, site_untranslated
from generator.render.script_runs import mark_scripts
from generator.render.scripts import direction_of
from generator.render.template_folders import template_roots
from generator.render.templating import Function, Misuse, TemplateFault, render
from generator.render.web_fonts import has_other_scripts, sheet, slices
from generator.site import addresses
from generator.site.extracts.extract_file import details_path, entry, entry_path, extract_path
from generator.site.site_inputs import HOUSE_VALUE, TEMPLATES, TEMPLATES_VALUE, house_bytes
from generator.syntax.identifiers import contact_address
from generator.syntax.markdown.prose import render_prose

DEEP, ACCENT = "#12284a", "#a03d17"
"""Colours of pages if the house style has none."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The site, as one page needs it."""

    house: HouseStyle
    labels: Labels
    folders: tuple[Path, ...]
    root: Path
    language: str
    """Language of the site's labels: that of the house style, or English if they are not translated."""

    @property
    def address(self) -> str:
        """Address of the site, with a slash at the end; empty if it is unknown."""
        return self.house.site

    @property
    def pretty(self) -> bool:
        """Whether addresses of pages leave out `.html`."""
        return self.house.addresses == "pretty"

    def url(self, path: str) -> str:
        """Return the full address of a page, or its path from the first page if the site has no address."""
        return self.address + (pretty(path).removeprefix("./") if self.pretty and self.address else path)

    @property
    def base(self) -> str:
        """Path of the site's address on its host: `/` or `/briefs/`; empty if the address is unknown."""
        return f"{urlsplit(self.address).path.rstrip('/')}/" if self.address else ""


def read_entry(reads: Reads, slug: str, name: str) -> Any:
    """Return an entry of a brief's extract; the page then depends on it. Raises OSError, and BadExtract if it does not exist."""
    path = f"build/{entry_path(slug, name)}"
    content = reads.peek(path)
    reads.entry(path, name)
    return entry(content, name)


def read_whole(reads: Reads, slug: str) -> Callable[[str], Any]:
    """Return a function from the name of an entry to its value; the page depends on the brief's whole extract. Raises OSError."""
    files = {path: reads.file(f"build/{path}") for path in (extract_path(slug), details_path(slug))}
    return lambda name: entry(files[entry_path(slug, name)], name)


def frame(reads: Reads) -> Frame:
    """Return the data of all pages; the page then depends on the generator, the house style, templates and labels."""
    reads.value("site-code")
    return _frame(reads.root, reads.value(HOUSE_VALUE), reads.value(TEMPLATES_VALUE))


@lru_cache(maxsize=4)
def _frame(folder: str, house_value: str, _templates_value: str) -> Frame:
    """Return the frame once for all pages of a build. `_templates_value` distinguishes versions of templates and labels.

    Problems of the house style are reported with the briefs. If a label of the site is missing, all are in English.
    """
    root = Path(folder)
    house = read_house(parse_bytes(house_bytes(house_value), HOUSE)[0])[0]
    roots = template_roots(root)
    labels = load_labels(roots, FALLBACK if site_untranslated(roots, house.language) else house.language)
    folders = tuple(top / TEMPLATES for top in roots if (top / TEMPLATES).is_dir())
    return Frame(house, labels, folders, root, labels.language)


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page of the site, before it is rendered."""

    template: str
    """Name of its template, without suffixes."""
    path: str
    """Path relative to the output folder."""
    sections: tuple[str, ...]
    """Sections of the site that are not empty."""
    title: str
    view: Mapping[str, Plain]
    """Values for the template, by name."""
    description: str = ""
    feed: str = ""
    """Path of the Atom feed of the listed briefs; empty for none."""
    data: Mapping[str, Any] | None = None
    """JSON-LD metadata, if the page has more than the usual."""
    statuses: frozenset[str] = frozenset()
    """Status of each brief that the page is about. Search engines leave out a page that is about drafts only."""
    anywhere: bool = False
    """It may be shown at any address, so its links begin at the host, with the path of the site's address."""


def draw(frame: Frame, page: SitePage) -> Made | Rejected:
    """Render a page with its template; an error in the template is a problem."""
    values = {
        "page": {
            "path": page.path,
            "title": page.title,
            "description": page.description or frame.labels("site_description", name=frame.house.name),
            "feed": page.feed,
            "indexed": page.statuses != {"draft"},
            "canonical": frame.url(page.path) if frame.address and not page.anywhere else "",
            "json_ld": script(page.data or web_page(frame, page.path, page.title)),
        },
        "site": site_values(frame),
        "sections": page.sections,
        "up": frame.base if page.anywhere else addresses.up(page.path),
        **page.view,
        **{function.name: function for function in functions(frame)},
    }
    try:
        html = render(frame.folders, values, f"{page.template}.html.j2")
    except TemplateFault as fault:
        return Rejected([plain(fault.problem(frame.root))])
    html = _with_fonts(html, page, frame)
    html = addresses.with_pretty_links(html) if frame.pretty else html
    lines = (line.rstrip() for line in html.splitlines())
    return Made(outputs={page.path: "".join(f"{line}\n" for line in lines if line).encode()})


def web_page(around: Frame, path: str, name: str, kind: str = "WebPage") -> dict[str, Any]:
    """Return the JSON-LD metadata of a page of the site (schema.org); `kind` is a subtype of WebPage."""
    site = {"@type": "WebSite", "name": around.house.name}
    page = {"@context": "https://schema.org", "@type": kind, "name": name, "inLanguage": around.language}
    if not around.address:
        return page | {"isPartOf": site}
    return page | {"url": around.url(path), "isPartOf": site | {"url": around.address}}


def _with_fonts(html: str, page: SitePage, frame: Frame) -> str:
    """The page with runs of other scripts marked, and linked with the fonts that draw it."""
    names = slices(html)
    if has_other_scripts(html):
        html = mark_scripts(html, frame.language)
    up = escape(frame.base if page.anywhere else addresses.up(page.path))
    links = "".join(f'<link rel="stylesheet" href="{up}{sheet(name)}">\n' for name in names)
    return html.replace('<link rel="stylesheet"', f'{links}<link rel="stylesheet"', 1)


def script(data: Mapping[str, Any]) -> str:
    """Return JSON that is safe inside `<script>`: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def site_values(frame: Frame) -> dict[str, Plain]:
    """Return the publisher's data for templates, as `site`."""
    house = frame.house
    return {
        "name": house.name,
        "series": house.series or frame.labels("series"),
        "language": frame.language,
        "address": frame.address,
        "feeds": bool(frame.address),
        "licence": house.licence.name or house.licence.url,
        "licence_url": house.licence.url,
        "contact_name": house.contact.name,
        "email": house.contact.email,
        "contact_url": house.contact.url,
        "accessibility": house.contact.accessibility.strip(),
        "accessibility_href": contact_address(house.contact.accessibility.strip()),
        "method": _prose(house.method, frame),
        "disclaimer": _prose(house.disclaimer, frame),
        "funding": _prose(house.funding, frame),
    }


def _prose(prose: Prose | None, frame: Frame) -> str:
    """Return a text of the house style as HTML; citations are replaced by their keys."""
    if prose is None:
        return ""

    def cite(_: int, group: CitationGroup) -> Markup:
        return Markup(" [{}]").format(frame.labels.semicolon.join(citation.key for citation in group.citations))

    def refer(reference: FactReference) -> str:
        return ""

    def note(_: int) -> Markup:
        return Markup()

    return Markup(render_prose(prose, cite, refer, note, marks=frame.labels.quotation_marks))  # noqa: S704 prose is escaped where it is rendered


def functions(frame: Frame) -> tuple[Function, ...]:
    """What templates can call."""

    def filled(name: str, /, **places: object) -> str:
        try:
            return frame.labels(name, **places)
        except LabelFault as fault:
            raise Misuse(str(fault)) from None

    def number(name: str, count: int, /, **places: object) -> str:
        try:
            return frame.labels.count(name, count, **places)
        except LabelFault as fault:
            raise Misuse(str(fault)) from None

    def has(name: str) -> bool:
        return name in frame.labels.words

    return (
        Function("t", filled),
        Function("counted", number),
        Function("has_label", has),
        Function("direction", direction_of),
    )
