"""Lays out HTML with WeasyPrint as objects of a PDF/UA-1 and PDF/A-3a file.

The HTML comes from the project's own templates. Everything that it refers to must be among `assets`; nothing is read from the
machine or the network. The same arguments give the same bytes. `pdf_binder.py` adds the attachments.

WeasyPrint makes the bookmarks from the style sheets: `bookmark-level` in `templates/parts/paged.css` is the level of each heading.

WeasyPrint 70 lays out each letter of an SVG text separately. So Arabic letters are not joined, right-to-left words run backwards, and
Indic vowels are next to their consonants. `install` makes it lay out a text as a whole if its letters have no places of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import lru_cache
from itertools import chain
from typing import Any

import pydyf
import weasyprint.svg
from weasyprint import CSS, HTML, VERSION
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure.boxes import LineBox

from generator.render import tags
from generator.render.fonts import uncovered
from generator.render.layout import layout_assets, line_breaks
from generator.render.layout.copyfitting import fitted
from generator.render.layout.layout_assets import ASSETS, Fetcher, straighten_fonts
from generator.render.layout.layout_diagnostics import (
    Diagnostic,
    collecting,
    dead_link,
    missing_alternative,
    missing_glyph,
    text_lost,
)
from generator.render.layout.page_faults import page_faults
from generator.render.layout.pdf_objects import Objects, taken_from
from generator.render.layout.xmp import DocumentInfo, timestamp, xmp_block
from generator.render.script_runs import scripts_used

_PLACED = ("rotate", "dx", "dy", "letter-spacing", "textLength")
"""Attributes that give single letters their own positions."""
_by_letters = weasyprint.svg.text


class _Whole(str):
    """A text that WeasyPrint treats as one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def install() -> None:
    """Make WeasyPrint draw SVG texts as a whole. A second call changes nothing."""
    for tag, draw in weasyprint.svg.TAGS.items():
        if draw is _by_letters:
            weasyprint.svg.TAGS[tag] = _whole
    weasyprint.svg.text = _whole  # WeasyPrint looks up by this name which elements are text


def _whole(svg: Any, node: Any, font_size: float) -> None:
    placed = any(name in node.attrib for name in _PLACED)
    if node.text and not placed and all(len(node.attrib.get(name, "").split()) < 2 for name in ("x", "y")):
        node._etree_node.text = _Whole(node.text)
    _by_letters(svg, node, font_size)


install()
line_breaks.install()


PRODUCER = f"WeasyPrint {VERSION}"
_GROUND = 'html { hyphenate-character: "-" } ul { list-style-type: disc } img { image-rendering: crisp-edges }'
"""Comes before every preset's sheets: the fonts lack U+2010, with which WeasyPrint would divide words, and the bullets
of inner lists; pictures must not ask readers to interpolate (ISO 19005-3, 6.2.8)."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: an entry of the document's outline. `level` and `page` count from 1."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class LaidOutPdf:
    """A laid-out PDF without attachments, and diagnostics of the page."""

    objects: Objects
    pages: int
    length: float
    """In pages; a last page that is filled to a quarter counts 0.25."""
    diagnostics: tuple[Diagnostic, ...]
    outline: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Parsed style sheets, which are the same for all briefs of a preset, because parsing is slow."""

    parsed: tuple[Any, ...]
    counters: Any
    diagnostics: tuple[Diagnostic, ...]


def lay_out(
    html: str,
    stylesheets: Sequence[str],
    about: DocumentInfo,
    *,
    assets: Mapping[str, bytes] | None = None,
    judged: bool = False,
    least_pages: int = 1,
) -> LaidOutPdf:
    """Lay out `html` with the style sheets (their text, in order), tag it, and add the metadata `about`.

    With `judged` the diagnostics include what `page_faults` finds. If the last page is nearly empty, vertical spaces may change
    (`copyfitting`), but never so that the document has fewer than `least_pages`.

    `assets` are the pictures that the page names, by relative address. The fonts of `generator.render.fonts` are
    always available. Raises FontsMissingError if a font package is not installed.
    """
    finished: list[tuple[tags.Tagged, Objects]] = []

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        """Tag the document and take it before WeasyPrint writes it, because attachments are added later."""
        straighten_fonts(pdf.objects)
        finished.append((tags.retag(document, pdf), taken_from(pdf)))

    scripts = scripts_used(html)
    layout_assets.load_scripts(scripts)
    page = HTML(string=html, base_url=ASSETS, url_fetcher=Fetcher(assets or {}), media_type="print")
    rendered = fitted(lambda sheets: _rendered(page, sheets), stylesheets, least_pages)
    document = rendered.document
    with collecting() as collected:
        _describe(document.metadata, about)
        tags.listen_to_pages(document)
        with layout_assets.dated(datetime.combine(about.modified, time(), UTC)):
            document.write_pdf(finisher=finish, pdf_variant="pdf/a-3a", pdf_tags=True)
    ((tagged, objects),) = finished
    faults = page_faults(document.pages) if judged else ()
    diagnostics = dict.fromkeys(
        (
            *_sheets(tuple(stylesheets)).diagnostics,
            *rendered.diagnostics,
            *collected.diagnostics(),
            *_diagnostics(tagged, scripts),
            *faults,
        )
    )
    outline = tuple(_outline(document.make_bookmark_tree()))
    return LaidOutPdf(objects, len(document.pages), _length(document.pages), tuple(diagnostics), outline)


def warm(stylesheets: Sequence[str] = ()) -> None:
    """Load the layout engine, the fonts and these style sheets before the first layout."""
    layout_assets.warm()
    _sheets(tuple(stylesheets))


@dataclass(frozen=True, slots=True)
class _Rendered:
    """WeasyPrint's document, and what it reported about the pages."""

    document: Any
    diagnostics: tuple[Diagnostic, ...]

    @property
    def pages(self) -> Sequence[Any]:
        pages: Sequence[Any] = self.document.pages
        return pages


def _rendered(page: Any, stylesheets: tuple[str, ...]) -> _Rendered:
    sheets = _sheets(stylesheets)
    with collecting() as collected:
        document = page.render(
            font_config=layout_assets.font_config(),
            counter_style=CounterStyle(sheets.counters),
            stylesheets=sheets.parsed,
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
        )
    return _Rendered(document, collected.diagnostics())


@lru_cache(maxsize=16)
def _sheets(stylesheets: tuple[str, ...]) -> _Sheets:
    """Parse style sheets; what the parser reports is kept with them."""
    counters = CounterStyle()
    with collecting() as collected:
        parsed = tuple(
            CSS(
                string=text,
                base_url=ASSETS,
                url_fetcher=Fetcher({}),
                font_config=layout_assets.font_config(),
                counter_style=counters,
            )
            for text in (_GROUND, *stylesheets)
        )
    return _Sheets(parsed, counters, collected.diagnostics())


def _describe(metadata: Any, about: DocumentInfo) -> None:
    """Set the fields of WeasyPrint's information dictionary, and replace its RDF with our block."""
    metadata.title, metadata.lang = about.title, about.language
    metadata.authors, metadata.keywords = list(about.authors), list(about.keywords)
    metadata.description, metadata.generator = about.subject, about.generator
    metadata.created, metadata.modified = timestamp(about.created), timestamp(about.modified)
    metadata.generate_rdf_metadata = lambda variant, version, conformance: xmp_block(about, PRODUCER)


def _diagnostics(tagged: tags.Tagged, scripts: Sequence[str]) -> Iterator[Diagnostic]:
    """Return diagnostics of the finished pages; one for each missing character, with its first place."""
    for character in uncovered(chain.from_iterable(tagged.texts), scripts):
        yield missing_glyph(character, next(text for text in tagged.texts if character in text))
    yield from map(missing_alternative, tagged.undescribed)
    yield from map(dead_link, tagged.dead_links)
    yield from map(text_lost, tagged.lost)


def _length(pages: Sequence[Any]) -> float:
    """Return the number of filled pages, to a hundredth; margins count as filled except on the last page."""
    page = pages[-1]._page_box
    lines = [box for box in page.children[0].descendants() if isinstance(box, LineBox)]
    lowest = max((line.position_y + line.height for line in lines), default=0.0)
    share: float = (lowest - page.content_box_y()) / page.height
    return len(pages) - 1 + min(max(round(share, 2), 0.01), 1.0)


def _outline(bookmarks: Iterable[Any], level: int = 1) -> Iterator[OutlineEntry]:
    for title, (page, _x, _y), children, _state in bookmarks:
        yield OutlineEntry(level, title, page + 1)
        yield from _outline(children, level + 1)
