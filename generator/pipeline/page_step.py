"""The steps that make the pages of a brief, and the assets that pages share.

`make_page` makes three things: the page for the screen, the page that `pdf_steps.py` lays out, and the extract for the site.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import __version__
from generator.cite.citation_processor import decoded, digest, encoded, format_citations, is_stored
from generator.cite.own_citation import is_own, own_citation, own_item, read_own, request_of
from generator.cite.styles import BadStyle
from generator.engine import Made, Reads, Rejected
from generator.model import Brief, CitationGroup, FormattedCitations, Library, Status
from generator.model.days import first_day
from generator.pipeline import brief_inputs
from generator.pipeline.brief_steps import notes_of
from generator.pipeline.check_brief import examine, find_preset
from generator.pipeline.inputs.load_project import DRAFT_LEFT_OUT, EDITION_LEFT_OUT
from generator.pipeline.versions import can_draw
from generator.problems import Location
from generator.project import HOUSE
from generator.render.html import Styles, ordered_citation_groups, packed, published, render_page, script_files
from generator.render.isolated_citations import isolate
from generator.render.labels import load_labels
from generator.render.layout.pdf_binder import pack
from generator.render.page import Page, build_page
from generator.render.page.front_matter import address, whole_title
from generator.render.preset import preset_names
from generator.render.style_sheets import ScreenPage, apart, page_assets
from generator.render.template_folders import template_roots
from generator.render.templating import TemplateFault
from generator.render.web_fonts import embedded_font_css, slices
from generator.site.addresses import with_pretty_links
from generator.site.extracts.brief_extract import extract, ids_in
from generator.site.extracts.source_uses import with_capture_days
from generator.site.pages.embed_pages import with_embeds
from generator.site.site_links import around_links

PARTS = ("print", "about", "attached", "pictures")


def make_page(reads: Reads, slug: str, file: str, twin: str = "") -> Made | Rejected:
    """Fact file -> page for the screen, page and attachments for the PDF, and extract for the site.

    `slug` is the name of the brief, `file` the path of its fact file, `twin` that of another file with the same slug. A brief with an
    error is rejected. A draft that is not built gives empty parts and no outputs.
    """
    reads.value("code")
    examined = examine(reads, slug, file, twin)
    brief, preset, style = examined.brief, examined.preset, examined.style
    if brief is not None and brief.status is Status.DRAFT and reads.value("drafts") != "True":
        return _left_out(brief, is_published=brief.edition > 1 or bool(examined.kept))
    notes = notes_of(examined.problems)
    if not examined.sound or brief is None or preset is None or style is None:
        return Rejected(notes)
    page = build_page(brief, examined.library, preset, evidence=examined.evidence, links=examined.links)
    try:
        formatted = _formatted(reads, ordered_citation_groups(page), examined.library, style, brief.language)
        page = replace(page, own_citation=_own_citation(reads, brief, examined.library))
        printed = render_page(page, formatted, styles=Styles.ABSENT)
        drawn = can_draw(json.loads(reads.value("drawing")))
        wanted = reads.value("site") == "True"
        site = (
            around_links(
                brief, examined.library, examined.translations, [number for number, _ in examined.kept], drawn=drawn
            )
            if wanted
            else None
        )
        fonts = slices(printed + str(site))
        screen = _screen(page, formatted, printed, fonts, site, embedded=reads.value("self-contained") == "True")
    except BadStyle as error:
        return Rejected([*notes, *notes_of([error.code.at(brief.place, str(error))])])
    except TemplateFault as fault:
        return Rejected([*notes, *notes_of([fault.problem(Path(reads.root))])])
    screen = screen._replace(html=with_capture_days(screen.html, examined.library, examined.evidence))
    if site is not None:
        screen = with_embeds(screen, page, slug)
        if examined.library.house.addresses == "pretty":
            screen = _with_pretty_links(screen)
    about = json.dumps(_about(brief, examined.library), sort_keys=True)
    attached = pack(brief_inputs.material(reads, examined), brief_inputs.about(brief, preset, printed))
    parts = {"print": printed.encode(), "about": about.encode(), "attached": attached, "pictures": packed(page)}
    outputs = {f"{brief.stem}.html": screen.html.encode(), **screen.files}
    if reads.value("self-contained") != "True":
        outputs |= published(page)
        fonts = tuple(sorted({*fonts, *_house_fonts(reads, examined.library.house.language)}))
        outputs |= extract(brief, examined.library, examined.evidence, page, ids_in(screen.html), fonts, examined.kept)
    return Made(parts=parts, outputs=outputs, notes=notes)


def _left_out(brief: Brief, *, is_published: bool) -> Made | Rejected:
    """Return nothing for a draft. The draft of a new edition is an error, because its earlier editions would leave the site with it."""
    if is_published:
        message = f"edition {brief.edition} is a draft, and without it the published edition would leave the site"
        hint = "publish it, or prepare it on a branch, so that the published edition stays here until then"
        return Rejected(notes_of([EDITION_LEFT_OUT.at(brief.place, message, hint)]))
    return Made(
        parts=dict.fromkeys(PARTS, b""), notes=notes_of([DRAFT_LEFT_OUT.at(brief.place, "this draft is not built")])
    )


def _with_pretty_links(screen: ScreenPage) -> ScreenPage:
    """Return the page and its pages for frames, with links to addresses without `.html`."""
    files = {
        name: with_pretty_links(content.decode()).encode() if name.endswith(".html") else content
        for name, content in screen.files.items()
    }
    return screen._replace(html=with_pretty_links(screen.html), files=files)


def _screen(
    page: Page,
    formatted: FormattedCitations,
    printed: str,
    fonts: Sequence[str],
    site: Mapping[str, Any] | None,
    *,
    embedded: bool,
) -> ScreenPage:
    """Return the page for the screen. `printed` is the page for the PDF, with the same words; `fonts` are the slices that draw them."""
    if not embedded:
        return apart(render_page(page, formatted, fonts=fonts, site=site), page.stem, page.up)
    html = render_page(page, formatted, styles=Styles.EMBEDDED, fonts_css=embedded_font_css(printed))
    return ScreenPage(html, {})


def _house_fonts(reads: Reads, language: str) -> tuple[str, ...]:
    """Return the slices of fonts that draw the words of the publisher and of the site, which are on the pages around a brief."""
    words = "".join(load_labels(template_roots(Path(reads.root)), language).words.values())
    with suppress(OSError):
        words += reads.file(HOUSE).decode(errors="replace")
    return slices(words)


def make_assets(reads: Reads) -> Made:
    """Make the files that pages link to: the style sheets of all presets, and the scripts."""
    reads.value("drawing")
    outputs = {path: reads.file(str(file)) for path, file in script_files().items()}
    for name in preset_names(Path(reads.root)):
        preset, _ = find_preset(reads, name, Location(""))
        if preset is not None:
            outputs |= page_assets(preset)
    return Made(outputs=outputs)


def _formatted(
    reads: Reads, citation_groups: Sequence[CitationGroup], library: Library, style: Path, language: str
) -> FormattedCitations:
    """Format citations. The same request is sent to pandoc only once."""

    def compute() -> bytes:
        return encoded(format_citations(citation_groups, library.sources, style, language))

    request = digest(citation_groups, library.sources, style.read_bytes(), language).encode()
    return isolate(decoded(reads.cached("citations", request, compute, is_stored)), language)


def _own_citation(reads: Reads, brief: Brief, library: Library) -> tuple[tuple[str, str], ...]:
    """Return the citation of the brief itself, in the formats of reference managers."""
    item = own_item(brief, library.house, whole_title(brief), address(library.house, brief.stem))
    return read_own(reads.cached("own citation", request_of(item), lambda: own_citation(item), is_own))


def _about(brief: Brief, library: Library) -> dict[str, Any]:
    """Return the PDF's metadata as JSON values. Its dates come from the brief, never from the clock."""
    house = library.house
    day = (first_day(brief.date) if brief.date else datetime.date(1970, 1, 1)).isoformat()
    info = {
        "title": str(brief.title),
        "language": brief.language,
        "created": day,
        "modified": day,
        "authors": [person.name for person in brief.authors] or [house.name],
        "subject": brief.subtitle,
        "keywords": [*brief.topics, *(str(question.ask) for question in brief.questions)],
        "publisher": house.name,
        "generator": f"policy-brief-generator {__version__}",
        "licence": house.licence.name,
        "licence_url": house.licence.url,
        "identifier": f"doi:{brief.doi}" if brief.doi else address(house, brief.stem, "pdf") or brief.number,
    }
    draft = brief.status is Status.DRAFT
    return {"stem": brief.stem, "file": brief.file, "preset": brief.preset, "draft": draft, "info": info}
