"""Renders a page's records as HTML with the templates of its preset.

Note numbers follow the reading order of the preset, so a page is rendered twice: once for the order of its citations
(`ordered_citation_groups`), and again with the formatted citations (`render_page`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from markupsafe import Markup, escape

from generator.model import (
    BibliographyEntry,
    CitationGroup,
    CitationKind,
    FactReference,
    FormattedCitations,
    Placement,
    Prose,
)
from generator.problems.counts import counted
from generator.render.brief_references import with_links
from generator.render.endnotes import NoteView, Printed, Writing, mark_id, note_mark
from generator.render.footnote_numbers import at_the_foot
from generator.render.labels import LabelFault, Labels
from generator.render.mirroring import mirrored, mirrored_styles
from generator.render.note_numbers import tie, tuck
from generator.render.numbered_citations import by_number
from generator.render.page.views import Page
from generator.render.page_scripts import SCRIPT_FOLDER, scripts_of
from generator.render.page_sheet import together
from generator.render.picture_files import asset_names, data_addresses, published_at
from generator.render.preset import TEMPLATE, Preset
from generator.render.script_runs import mark_scripts
from generator.render.script_sheet import script_css
from generator.render.scripts import direction_of
from generator.render.template_data import Plain, PlainPage, plain_page
from generator.render.templating import Function, Misuse, TemplateFault, render
from generator.render.theme_rules import with_theme
from generator.render.unbroken import unbroken
from generator.render.web_fonts import sheet
from generator.syntax.prose import render_prose

SHEET_FOLDER = "assets"
"""Folder of the style sheets and fonts of all pages, relative to the output folder; each preset has a folder in it."""
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


_ADDRESSES: dict[Styles, Callable[[Page], dict[str, str]]] = {
    Styles.LINKED: lambda page: {name: page.up + path for name, path in published_at(page).items()},
    Styles.EMBEDDED: data_addresses,
    Styles.ABSENT: asset_names,
}
"""Where the pictures are, by the way of including style sheets."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the bibliography; citations in the text link to `id`."""

    id: str
    html: Markup


def ordered_citation_groups(page: Page) -> tuple[CitationGroup, ...]:
    """Return the citation groups that the page prints, in reading order, with repetitions. Raises TemplateFault.

    A footnote is a citation group without citations, and those in it come after it.
    """
    return tuple(_recorded(page).citation_groups)


def _recorded(page: Page) -> _Recorder:
    recorder = _Recorder(inside=page.preset.notes != "none")
    _rendered(page, recorder, _Back(), Styles.ABSENT, "")
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
    as `generator.site.around_links` makes them, for a page that is among them. The same arguments give the same text.
    Raises TemplateFault if a template has an error.
    """
    by_numbers = page.preset.notes == "none" and formatted.kind is CitationKind.NOTE
    footnoted = any(prose.footnotes for prose in plain_page(page).proses)
    recorder = _recorded(page) if by_numbers or footnoted else _Recorder()
    if by_numbers:
        formatted = by_number(formatted, recorder.citation_groups, source_id, page.language)
    numbers = _Numbers(formatted, page.labels)
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


def _back(page: Page, formatted: FormattedCitations, recorder: _Recorder) -> _Back:
    """Return the back matter. Without footnotes on the page, each note belongs to a citation."""

    def again(number: int, time: int) -> Markup:
        label = f"{page.labels('back', n=number)} ({time})"
        return Markup(' <a class="note-again" href="#{}" role="doc-backlink" aria-label="{}">({})</a>').format(
            mark_id(number, time), label, time
        )

    sentence = _Numbers(formatted, page.labels).sentence
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
    return _Back(formatted.kind, notes, tuple(map(_entry, formatted.bibliography)))


def page_assets(preset: Preset) -> dict[str, bytes]:
    """Return the style sheets of a page with linked styles, by their paths in the output folder, without fonts."""
    sheets = {"screen": with_theme(_screen(preset)), "print": _browser_print(preset)}
    turned = {f"{name}.rtl": mirrored(text) for name, text in sheets.items()}
    return {f"{_folder(preset)}/{name}.css": text.encode() for name, text in (sheets | turned).items()}


def _screen(preset: Preset) -> str:
    return script_css(screen=True) + preset.sheet("screen.css")


def _browser_print(preset: Preset) -> str:
    """Return the sheets for printing from a browser: the one of the PDF, and rules that only browsers understand."""
    return script_css(screen=True) + preset.sheet("print.css") + preset.sheet("browser.css")


def _folder(preset: Preset) -> str:
    return f"{SHEET_FOLDER}/{preset.name}"


def pdf_stylesheets(preset: Preset, direction: str = "ltr") -> tuple[str, ...]:
    """Return the style sheets of the PDF as text, in order, for pages of a direction."""
    sheets = script_css(screen=False) + preset.sheet("print.css"), preset.sheet("paged.css")
    return tuple(map(mirrored, sheets)) if direction == "rtl" else sheets


# ---------------------------------------------------------------- citations in the text


class _Marks(Protocol):
    """Prints references to sources and notes, in the order of its calls."""

    def cite(self, group: CitationGroup | None) -> Markup:
        """One citation."""

    def footnotes_of(self, prose: Prose) -> Callable[[int], Markup]:
        """Return a function that prints references to the footnotes of one prose, for each time that it is printed."""


class _Recorder:
    """Records citations and prints nothing. `inside`: notes can contain citations."""

    def __init__(self, *, inside: bool = True) -> None:
        self.citation_groups: list[CitationGroup] = []
        self.footnotes: list[Printed] = []
        self._inside = inside

    def cite(self, group: CitationGroup | None) -> Markup:
        if group is not None:
            self.citation_groups.append(group)
        return Markup()

    def footnotes_of(self, prose: Prose) -> Callable[[int], Markup]:
        printed: dict[int, Printed] = {}

        def refer(index: int) -> Markup:
            if index in printed:
                printed[index].times += 1
                return Markup()
            printed[index] = Printed(prose, prose.footnotes[index])
            self.footnotes.append(printed[index])
            self.citation_groups += printed[index].citation_groups(inside=self._inside)
            return Markup()

        return refer


@dataclass(frozen=True, slots=True)
class _Back:
    """Return notes and bibliography for the templates of the back matter."""

    kind: CitationKind = CitationKind.NOTE
    notes: tuple[NoteView, ...] = ()
    entries: tuple[EntryView, ...] = ()

    def plain(self) -> dict[str, Plain]:
        """Return it as templates get it."""
        notes = tuple[Plain, ...]({"number": note.number, "html": note.html} for note in self.notes)
        entries = tuple[Plain, ...]({"id": entry.id, "html": entry.html} for entry in self.entries)
        return {"kind": self.kind.value, "notes": notes, "entries": entries}


@dataclass(slots=True)
class _Numbers:
    """Prints formatted citations in order, and the numbers of notes."""

    formatted: FormattedCitations
    labels: Labels
    used: int = field(default=0)
    """Number of printed citation groups, also in notes."""
    notes: int = field(default=0)

    def cite(self, group: CitationGroup | None) -> Markup:
        if group is None:
            return Markup()
        self._use()
        if self.formatted.kind is CitationKind.NOTE:
            self.notes += 1
            return self._beside() + self._mark(self.notes)
        return self.sentence(group, self.formatted.citation_groups[self.used - 1])

    def footnotes_of(self, prose: Prose) -> Callable[[int], Markup]:
        numbers: dict[int, list[int]] = {}

        def refer(index: int) -> Markup:
            if index not in numbers:
                self._use(1 + len(prose.footnotes[index].citation_groups))
                self.notes += 1
                numbers[index] = [self.notes, 0]
            numbers[index][1] += 1
            return self._mark(*numbers[index])

        return refer

    def _use(self, count: int = 1) -> None:
        if self.used + count > len(self.formatted.citation_groups):
            raise Misuse("the page cites more often than when it was first rendered")
        self.used += count

    def _mark(self, number: int, time: int = 1) -> Markup:
        return note_mark(number, self.labels("note_name", n=number), time)

    def _beside(self) -> Markup:
        """Return the text of a note style in the sentence: the author's name, if the prose uses it as part of the sentence."""
        in_text = self.formatted.in_text
        return Markup(in_text[self.used - 1]) if in_text else Markup()  # noqa: S704 safe HTML of the citation processor

    def sentence(self, group: CitationGroup, formatted: str) -> Markup:
        """Return the text in the sentence, as a link to the bibliography unless it has links of its own."""
        words = unbroken(formatted)
        keys = {entry.key for entry in self.formatted.bibliography}
        key = next((citation.key for citation in group.citations if citation.key in keys), None)
        if key is None or "<a " in words:
            return Markup('<span class="citation">{}</span>').format(words)
        return Markup('<a class="citation" href="#{}">{}</a>').format(source_id(key), words)


def _entry(entry: BibliographyEntry) -> EntryView:
    return EntryView(source_id(entry.key), unbroken(entry.html))


def source_id(key: str) -> str:
    """Return the anchor of a source in the bibliography, because HTML's ids cannot contain spaces."""
    return "source-" + re.sub(r"\s", "_", key)


# ---------------------------------------------------------------- rendering


def _render(page: Page, marks: _Marks, back: _Back, styles: Styles, fonts_css: str, more: Mapping[str, Plain]) -> str:
    return tie("".join(_without_blank_lines(_rendered(page, marks, back, styles, fonts_css, more))))


def _rendered(
    page: Page,
    marks: _Marks,
    back: _Back,
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
        "sheet_folder": page.up + _folder(page.preset),
        "script_folder": page.up + SCRIPT_FOLDER,
        "scripts": scripts_of(page),
        "sheets": _sheets(page, fonts_css) if styles is Styles.EMBEDDED else {},
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


def _prose(page: Page, plain: PlainPage, marks: _Marks, *, inline: bool) -> Callable[..., Markup]:
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
    """Put `mark` at the end of the last paragraph: note numbers after its full stop, other citations before it."""
    if not mark:
        return html
    body, closing = (html.rstrip().removesuffix("</p>"), "</p>") if html.rstrip().endswith("</p>") else (html, "")
    stop = "." if body.endswith(".") and not _is_note(mark) else ""
    return f"{body.removesuffix(stop)}{_apart(mark)}{stop}{closing}"


def _apart(mark: Markup) -> Markup:
    """Put a space before a citation in words, and none before a number."""
    return mark if not mark or _is_note(mark) else " " + mark


def _is_note(mark: str) -> bool:
    return mark.endswith("</sup>")


def _fact_link(page: Page) -> Callable[[FactReference], str]:
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


def _sheets(page: Page, fonts_css: str) -> dict[str, Markup]:
    """Return style sheets that are safe inside `<style>`: nothing in them can end the element."""
    texts = {"screen": _screen(page.preset), "print": _browser_print(page.preset)}
    if page.direction == "rtl":
        texts = {name: mirrored(text) for name, text in texts.items()}
    texts["fonts"] = fonts_css
    return {name: Markup(text.replace("</", "<\\/")) for name, text in texts.items()}  # noqa: S704 our own


def _without_blank_lines(html: str) -> Iterator[str]:
    yield from (line.rstrip() + "\n" for line in html.splitlines() if line.strip())
