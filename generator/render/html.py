"""Renders a page's records as HTML with the templates of its preset, with links, pictures and scripts.

Note numbers follow the reading order of the preset, so a page is rendered twice: once for the order of its citations
(`ordered_citation_groups`), and again with the formatted citations (`render_page`).

A PDF must be the same when it is rebuilt without the other briefs, so its words have no link.

A page is complete without scripts. Each script has one feature and needs no other script. Scripts are part of the program: a design of a
project changes the look of a page, never the code in its readers' browsers.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from markupsafe import Markup, escape

from generator.model import CitationGroup, CitationKind, FactReference, FormattedCitations, PictureFile, Placement
from generator.problems.message_words import counted
from generator.render.labels import FULL_STOPS, LabelFault, Labels
from generator.render.notes import NoteView, Writing, at_the_foot, mark_id, tie, tuck, unbroken
from generator.render.page.page_views import Page
from generator.render.preset import TEMPLATE
from generator.render.printed_citations import (
    BackMatter,
    Marks,
    Numbers,
    Recorder,
    bibliography_entry,
    by_number,
    source_id,
)
from generator.render.script_runs import mark_scripts
from generator.render.scripts import direction_of
from generator.render.style_sheets import embedded_sheets, mirrored_styles, preset_folder, together
from generator.render.template_folders import template_roots
from generator.render.templating import Function, Misuse, Plain, PlainPage, TemplateFault, plain_page, render
from generator.render.web_fonts import sheet
from generator.syntax.markdown.prose import render_prose

Found = TypeVar("Found")
_LEANING = re.compile(r'\s(<span class="citation">|<a class="(?:citation|fact-ref)"[^<>]*+>)')
"""The space before a reference in the sentence."""


class Styles(StrEnum):
    """How a page includes its style sheets."""

    LINKED = "linked"
    """Linked, in `assets/` of the output folder."""
    EMBEDDED = "embedded"
    """Embedded in the page, which then needs no other file."""
    ABSENT = "absent"
    """Omitted, because the PDF's engine gets them parsed."""


_ENDINGS = {"jpeg": "jpg", "png": "png", "svg": "svg"}
_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml"}


def asset_names(page: Page) -> dict[str, str]:
    """Return the addresses of the pictures in the page for the PDF, by name."""
    return {name: f"pictures/{_named(name, file)}" for name, file in page.files.items()}


def data_addresses(page: Page) -> dict[str, str]:
    """Return addresses that contain the pictures (RFC 2397), by name."""
    return {
        name: f"data:{_TYPES[file.kind]};base64,{b64encode(file.data).decode()}" for name, file in page.files.items()
    }


def _named(name: str, file: PictureFile) -> str:
    return f"{name}.{_ENDINGS[file.kind]}"


_ADDRESSES: dict[Styles, Callable[[Page], dict[str, str]]] = {
    Styles.LINKED: lambda page: {name: page.up + path for name, path in published_at(page).items()},
    Styles.EMBEDDED: data_addresses,
    Styles.ABSENT: asset_names,
}
"""Where the pictures are, by the way of including style sheets."""


def ordered_citation_groups(page: Page) -> tuple[CitationGroup, ...]:
    """Return the citation groups that the page prints, in reading order, with repetitions. Raises TemplateFault.

    A footnote is a citation group without citations, and those in it come after it.
    """
    return tuple(_recorded(page).citation_groups)


def _recorded(page: Page) -> Recorder:
    recorder = Recorder(inside=page.preset.notes != "none")
    _rendered(page, recorder, BackMatter(), Styles.ABSENT, "")
    return recorder


def render_page(
    page: Page,
    formatted: FormattedCitations,
    *,
    styles: Styles = Styles.LINKED,
    fonts_css: str = "",
    fonts: Sequence[str] = (),
    site: Mapping[str, Plain] | None = None,
) -> str:
    """Return the page as one HTML document.

    `formatted` is the citation processor's result for `ordered_citation_groups(page)`: as many citation groups, in that order.
    `fonts_css` are `@font-face` rules, needed if the styles are embedded. `fonts` are the slices of fonts whose style sheets a page
    with linked styles links. `site` has addresses of the pages around the brief,
    as `generator.site.site_links` makes them, for a page that is among them. The same arguments give the same text.
    Raises TemplateFault if a template has an error.
    """
    by_numbers = page.preset.notes == "none" and formatted.kind is CitationKind.NOTE
    footnoted = any(prose.footnotes for prose in plain_page(page).proses)
    recorder = _recorded(page) if by_numbers or footnoted else Recorder()
    if by_numbers:
        formatted = by_number(formatted, recorder.citation_groups, source_id, page.language)
    numbers = Numbers(formatted, page.labels)
    back = _back(page, formatted, recorder)
    more = {"font_sheets": tuple(page.up + sheet(name) for name in fonts), "site": site}
    html = _render(page, numbers, back, styles, fonts_css, more)
    html = with_links(html, {} if styles is Styles.ABSENT else page.brief_links, page.up)
    if numbers.used != len(formatted.citation_groups):
        now, then = (counted(number, "time") for number in (numbers.used, len(formatted.citation_groups)))
        message = f"the page cites {now}, and {then} when it was first rendered"
        raise _fault(page, message)
    if page.preset.notes == "page" and styles is Styles.ABSENT:
        notes = {note.number: str(note.html) for note in back.notes}
        html = at_the_foot(html, notes, str(escape(page.labels("back", n="{n}"))))
    if footnoted and any(f'id="note-{note.number}"' not in html for note in back.notes):
        raise _fault(page, "the page has footnotes, and the design prints no notes: add the block `notes`")
    # WeasyPrint 70 breaks a line far too early where its text fits and the space before an inline element does not
    html = _LEANING.sub(r"\1 ", html) if styles is Styles.ABSENT else html
    if page.direction == "rtl":
        html = mirrored_styles(html)
    html = mark_scripts(html, page.language, {one.words: one.language for one in page.foreign})
    return together(html) if styles is Styles.EMBEDDED else html


def _fault(page: Page, message: str) -> TemplateFault:
    return TemplateFault(page.preset.folders[0] / TEMPLATE, 1, message)


def _back(page: Page, formatted: FormattedCitations, recorder: Recorder) -> BackMatter:
    """Return the back matter. Without footnotes on the page, each note belongs to a citation."""

    def again(number: int, time: int) -> Markup:
        label = page.labels("back", n=number) + page.labels.aside(time)
        return Markup(' <a class="note-again" href="#{}" role="doc-backlink" aria-label="{}">({})</a>').format(
            mark_id(number, time), label, time
        )

    sentence = Numbers(formatted, page.labels).sentence
    if recorder.footnotes:
        writing = Writing(
            formatted,
            recorder.citation_groups,
            recorder.footnotes,
            sentence,
            _fact_link(page),
            again,
            page.labels.quotation_marks,
            _spoken(page),
        )
        notes = tuple(writing.notes())
    else:
        texts = formatted.citation_groups if formatted.kind is CitationKind.NOTE else ()
        notes = tuple(NoteView(number, unbroken(text)) for number, text in enumerate(texts, 1))
    return BackMatter(formatted.kind, notes, tuple(map(bibliography_entry, formatted.bibliography)))


# ---------------------------------------------------------------- rendering


def _render(
    page: Page, marks: Marks, back: BackMatter, styles: Styles, fonts_css: str, more: Mapping[str, Plain]
) -> str:
    return tie("".join(_without_blank_lines(_rendered(page, marks, back, styles, fonts_css, more))))


def _rendered(
    page: Page,
    marks: Marks,
    back: BackMatter,
    styles: Styles,
    fonts_css: str,
    more: Mapping[str, Plain] | None = None,
) -> str:
    """Render the templates, which get `more` by name. Raises TemplateFault."""
    plain = plain_page(page)
    addresses = _ADDRESSES[styles](page)
    functions = (
        Function("t", _label(page.labels)),
        Function("cite", lambda cluster: _apart(marks.cite(_own(plain.cluster, cluster)))),
        Function("prose", _prose(page, plain, marks, inline=False)),
        Function("inline", _prose(page, plain, marks, inline=True)),
        Function("unbroken", lambda text: unbroken(escape(text))),
        Function("address", lambda name: _own(lambda one: addresses[str(one)], name)),
    )
    values = {
        "page": plain.page,
        "back": back.plain(),
        "styles": styles.value,
        "site": None,
        "font_sheets": (),
        **(more or {}),
        "sheet_folder": page.up + preset_folder(page.preset),
        "script_folder": page.up + SCRIPT_FOLDER,
        "scripts": scripts_of(page),
        "sheets": embedded_sheets(page, fonts_css) if styles is Styles.EMBEDDED else {},
    }
    return render(page.preset.folders, values | {function.name: function for function in functions})


def _label(labels: Labels) -> Callable[..., str]:
    def filled(name: str, /, **places: object) -> str:
        try:
            return labels(name, **places)
        except LabelFault as fault:
            raise Misuse(str(fault)) from None

    return filled


def _own(find: Callable[[Plain], Found], reference: Plain) -> Found:
    """Return the record that a template passes back. Raises Misuse."""
    try:
        return find(reference)
    except LookupError as fault:
        raise Misuse(str(fault)) from None


def _prose(page: Page, plain: PlainPage, marks: Marks, *, inline: bool) -> Callable[..., Markup]:
    """Return the function with which templates print prose and the citations behind it."""

    def render(reference: Plain, cited: Plain = None, placed: Callable[[str, str], object] | None = None) -> Markup:
        """Return the prose, with `cited` cited at its end. The macro `placed` prints the figure of a kind and an id."""
        prose, group = _own(plain.prose, reference), _own(plain.cluster, cited)

        def figure(one: Placement) -> str:
            return str(escape(placed(one.kind, one.id))) if placed else ""

        if prose is None:
            return marks.cite(group)
        note = marks.footnotes_of(prose)
        html = render_prose(
            prose,
            lambda _index, inner: marks.cite(inner),
            _fact_link(page),
            note,
            inline=inline,
            marks=page.labels.quotation_marks,
            spoken=_spoken(page),
            placed=figure,
        )
        return Markup(tuck(_ended(html, marks.cite(group))))  # noqa: S704 prose is escaped where it is rendered

    return render


def _spoken(page: Page) -> Callable[[CitationGroup], str]:
    """Return a function that gives the attributes of words from the source that a cluster names first."""

    def attributes(cluster: CitationGroup) -> str:
        language = page.source_languages.get(cluster.citations[0].key) if cluster.citations else None
        if language is None:
            return ""
        direction = direction_of(language)
        return f' lang="{language}"' + (f' dir="{direction}"' if direction != page.direction else "")

    return attributes


def _ended(html: str, mark: Markup) -> str:
    """Put `mark` at the end of the last paragraph: before its full stop, but note numbers after one that is not ideographic."""
    if not mark:
        return html
    body, closing = (html.rstrip().removesuffix("</p>"), "</p>") if html.rstrip().endswith("</p>") else (html, "")
    before = ("。",) if _is_note(mark) else FULL_STOPS
    stop = body[-1] if body.endswith(before) else ""
    return f"{body.removesuffix(stop)}{_apart(mark)}{stop}{closing}"


def _apart(mark: Markup) -> Markup:
    """Put a space before a citation in words, and none before a number."""
    return mark if not mark or _is_note(mark) else " " + mark


def _is_note(mark: str) -> bool:
    return mark.endswith("</sup>")


def _fact_link(page: Page) -> Callable[[FactReference], str]:
    """Return the function that prints a reference to a fact or figure as a link with its number."""

    def link(reference: FactReference) -> str:
        if figure := page.figure_numbers.get(reference.fact):
            words = page.labels(f"{reference.fact.partition(':')[0]}_reference", n=figure)
            return str(Markup('<a class="fact-ref" href="#{}">{}</a>').format(reference.fact.replace(":", "-"), words))
        number = page.fact_numbers.get(reference.fact)
        if number is None:
            return str(escape(f"[#{reference.fact}]"))
        words = page.labels("fact_reference", n=number)
        return str(Markup('<a class="fact-ref" href="#fact-{}">{}</a>').format(reference.fact, words))

    return link


def _without_blank_lines(html: str) -> Iterator[str]:
    yield from (line.rstrip() + "\n" for line in html.splitlines() if line.strip())


_LINK = re.compile(r'<a href="brief:([^"]*+)"([^<>]*+)>((?:(?!</?a\b).)*+)</a>', re.DOTALL)


def with_links(html: str, links: Mapping[str, str], up: str) -> str:
    """Return the page with the addresses of `links`, by the text after `brief:`; `up` is the path from its folder to the output folder.

    A link without an address is replaced by its words.
    """

    def replaced(match: re.Match[str]) -> str:
        address, attributes, words = match.groups()
        return f'<a href="{escape(up + links[address])}"{attributes}>{words}</a>' if address in links else words

    return _LINK.sub(replaced, html) if 'href="brief:' in html else html


FOLDER = "assets/pictures"
"""Relative to the output folder; each brief has a folder in it. No brief is in a folder called `assets`."""


def published_at(page: Page) -> dict[str, str]:
    """Return the published paths of a page's pictures by name, relative to the output folder."""
    return {name: f"{FOLDER}/{page.stem}/{_named(name, file)}" for name, file in page.files.items()}


def published(page: Page) -> dict[str, bytes]:
    """Return the files that are published with a page, by their paths in the output folder."""
    return {path: page.files[name].data for name, path in published_at(page).items()}


def packed(page: Page) -> bytes:
    """Encode the files of the page for the PDF, for the layout step."""
    files = {address: b64encode(page.files[name].data).decode() for name, address in asset_names(page).items()}
    return json.dumps(files, sort_keys=True).encode()


def unpacked(packed: bytes) -> dict[str, bytes]:
    """Decode what `packed` encoded: bytes by address."""
    return {address: b64decode(data) for address, data in json.loads(packed).items()}


SCRIPT_FOLDER = "assets/scripts"
"""Relative to the output folder."""
THEME = "theme"
"""The script of every page, also of the site's pages."""
_OTHERS = ("columns", "notes", "permalinks", "unfold")


def script_files() -> dict[str, Path]:
    """Return the file of each script, by its path in the output folder."""
    folder = template_roots()[-1] / "scripts"
    return {f"{SCRIPT_FOLDER}/{name}.js": folder / f"{name}.js" for name in (THEME, *_OTHERS)}


def scripts_of(page: Page) -> tuple[str, ...]:
    """Return the names of the scripts that a page needs, in addition to the one for themes."""
    idle = {"columns"} if not page.matrix.people else set()
    return tuple(name for name in _OTHERS if name not in idle)
