"""HTML to PDF: laid out by WeasyPrint, tagged and described so that a file is PDF/UA-1 and PDF/A-3a at once.

The HTML comes from the project's own templates. Whatever it refers to must be among `assets`; nothing is read from the
machine or the network. The same arguments give the same bytes. This module does not know what a brief is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

import pydyf
from weasyprint import CSS, HTML, VERSION, Attachment
from weasyprint.css.counters import CounterStyle
from weasyprint.formatting_structure.boxes import LineBox

from generator.render import fontmap, tags
from generator.render.fetching import ASSETS, Fetcher
from generator.render.fonts import uncovered
from generator.render.metadata import DocumentInfo, timestamp, xmp_block
from generator.render.remarks import Remark, dead_link, listening, missing_alternative, missing_glyph, text_lost
from generator.render.seal import BLANK, seal

__all__ = ["AttachedFile", "DocumentInfo", "OutlineEntry", "PdfResult", "Remark", "warm", "write_pdf"]

PRODUCER = f"WeasyPrint {VERSION}"
_GROUND = 'html { hyphenate-character: "-" } ul { list-style-type: disc }'
"""Comes before every preset's sheets: the fonts lack U+2010, with which WeasyPrint would divide words, and the bullets
of inner lists."""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file embedded in the PDF. `relationship` is one of ISO 32000-2's: `Source`, `Data`, `Supplement` ..."""

    name: str
    data: bytes
    media_type: str
    description: str
    modified: date
    relationship: str = "Data"


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading of the document's outline; `level` and `page` count from 1."""

    level: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class PdfResult:
    """A finished PDF, and what its making had to say about the page."""

    data: bytes
    pages: int
    length: float
    """In pages, of which the last counts as far as it is filled: 2.25 where it is filled to a quarter."""
    remarks: tuple[Remark, ...]
    outline: tuple[OutlineEntry, ...]


@dataclass(frozen=True, slots=True)
class _Sheets:
    """Style sheets as parsed: they are the same for all briefs of a preset, and parsing them costs."""

    parsed: tuple[Any, ...]
    counters: Any
    remarks: tuple[Remark, ...]


def write_pdf(
    html: str,
    stylesheets: Sequence[str],
    about: DocumentInfo,
    attachments: Sequence[AttachedFile] = (),
    *,
    assets: Mapping[str, bytes] | None = None,
) -> PdfResult:
    """Lay out `html` with the style sheets (their text, in order) and finish the PDF.

    `assets` are the pictures that the page names, by relative address. The fonts of `generator.render.fonts` are
    there without being asked for. Raises FontsMissingError where a font package is not installed.
    """
    sheets = _sheets(tuple(stylesheets))
    tagged = tags.Tagged()

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        nonlocal tagged
        if "AF" in pdf.catalog:
            # WeasyPrint 70 lists every attachment twice (Kozea/WeasyPrint 2917).
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
        tagged = tags.retag(document, pdf)

    with listening() as heard:
        page = HTML(string=html, base_url=ASSETS, url_fetcher=Fetcher(assets or {}), media_type="print")
        document = page.render(
            font_config=fontmap.font_config(),
            counter_style=CounterStyle(sheets.counters),
            stylesheets=sheets.parsed,
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
        )
        _describe(document.metadata, about)
        tags.listen_to_pages(document)
        with fontmap.dated(_midnight(about.modified)):
            data = document.write_pdf(
                finisher=finish,
                pdf_variant="pdf/a-3a",
                pdf_tags=True,
                pdf_identifier=BLANK,
                attachments=_embedded(attachments),
            )
    remarks = dict.fromkeys((*sheets.remarks, *heard.remarks(), *_remarks(tagged)))
    outline = tuple(_outline(document.make_bookmark_tree()))
    return PdfResult(seal(data), len(document.pages), _length(document.pages), tuple(remarks), outline)


def warm(stylesheets: Sequence[str] = ()) -> None:
    """Load the layout engine, the fonts and these style sheets, so that children forked afterwards need not."""
    fontmap.warm()
    _sheets(tuple(stylesheets))


@lru_cache(maxsize=8)
def _sheets(stylesheets: tuple[str, ...]) -> _Sheets:
    counters = CounterStyle()
    with listening() as heard:
        parsed = tuple(
            CSS(
                string=text,
                base_url=ASSETS,
                url_fetcher=Fetcher({}),
                font_config=fontmap.font_config(),
                counter_style=counters,
            )
            for text in (_GROUND, *stylesheets)
        )
    return _Sheets(parsed, counters, heard.remarks())


def _describe(metadata: Any, about: DocumentInfo) -> None:
    """Hand WeasyPrint the fields of the information dictionary, and our own block in place of its RDF."""
    metadata.title, metadata.lang = about.title, about.language
    metadata.authors, metadata.keywords = list(about.authors), list(about.keywords)
    metadata.description, metadata.generator = about.subject, about.generator
    metadata.created, metadata.modified = timestamp(about.created), timestamp(about.modified)
    metadata.generate_rdf_metadata = lambda variant, version, conformance: xmp_block(about, PRODUCER)


def _embedded(attachments: Iterable[AttachedFile]) -> list[Attachment]:
    """In order of their names, as a PDF's name tree must be, and with the dates given: a clock would change bytes."""
    embedded = []
    for file in sorted(attachments, key=lambda file: file.name):
        day = _midnight(file.modified)
        embedded.append(
            Attachment(
                url=ASSETS + "attached",
                url_fetcher=Fetcher({"attached": file.data}, {"attached": file.media_type}),
                name=file.name,
                description=file.description,
                relationship=file.relationship,
                created=day,
                modified=day,
            )
        )
    return embedded


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _remarks(tagged: tags.Tagged) -> Iterator[Remark]:
    """What the finished pages lack, each told once; one remark a character, with its first place."""
    first: dict[str, str] = {}
    for text in tagged.texts:
        for character in uncovered(text):
            first.setdefault(character, text)
    yield from (missing_glyph(character, first[character]) for character in sorted(first))
    yield from map(missing_alternative, tagged.undescribed)
    yield from map(dead_link, tagged.dead_links)
    yield from map(text_lost, tagged.lost)


def _length(pages: Sequence[Any]) -> float:
    """How many pages are filled, to a hundredth; margins count as filled on all but the last."""
    page = pages[-1]._page_box
    lines = [box for box in page.children[0].descendants() if isinstance(box, LineBox)]
    lowest = max((line.position_y + line.height for line in lines), default=0.0)
    share: float = (lowest - page.content_box_y()) / page.height
    return len(pages) - 1 + min(max(round(share, 2), 0.01), 1.0)


def _outline(bookmarks: Iterable[Any], level: int = 1) -> Iterator[OutlineEntry]:
    for title, (page, _x, _y), children, _state in bookmarks:
        yield OutlineEntry(level, title, page + 1)
        yield from _outline(children, level + 1)
