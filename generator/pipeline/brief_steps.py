"""The steps that make a brief from a fact file, and problems as the notes of a step.

Only this module defines them. The build engine runs them, and skips those whose inputs have not changed. A step gets all its input
through `Reads`, so no dependency is declared. Imports that only one step needs are inside it: a build with nothing to do imports none.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.engine import Reads, Step, Target
from generator.pipeline.versions import can_draw, versions
from generator.project import HOUSE

if TYPE_CHECKING:
    from generator.engine import Made, Rejected
    from generator.model import Brief, CitationGroup, FormattedCitations, Library
    from generator.problems import Problem
    from generator.render.page import Page
    from generator.render.pdf import Layout
    from generator.render.style_sheets import ScreenPage


ASSETS = "assets"
"""Folder in the output folder for the style sheets and fonts that pages share."""


def make_page(reads: Reads, slug: str, file: str, twin: str = "") -> Made | Rejected:
    """Fact file -> HTML for the screen, HTML for the PDF, and its attachments."""
    from generator.engine import Made, Rejected
    from generator.pipeline import brief_inputs
    from generator.pipeline.check_brief import examine

    reads.value("code")
    examined = examine(reads, slug, file, twin)
    notes = notes_of(examined.problems)
    brief, preset, style = examined.brief, examined.preset, examined.style
    if not examined.sound or brief is None or preset is None or style is None:
        return Rejected(notes)
    from generator.cite.styles import BadStyle
    from generator.render.binding import pack
    from generator.render.html import Styles, ordered_citation_groups, packed, published, render_page
    from generator.render.page import build_page
    from generator.render.templating import TemplateFault
    from generator.render.web_fonts import slices
    from generator.site.around_links import around_links
    from generator.site.brief_extract import extract
    from generator.site.embed_pages import with_embeds
    from generator.site.extract_file import extract_path
    from generator.site.source_uses import with_capture_days

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
        outputs[extract_path(slug)] = extract(brief, examined.library, examined.evidence, page, fonts, examined.kept)
    return Made(parts=parts, outputs=outputs, notes=notes)


def _with_pretty_links(screen: ScreenPage) -> ScreenPage:
    """The page, and the pages for frames that come with it, with links to addresses without `.html`."""
    from generator.site.addresses import with_pretty_links

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
    """The page for the screen. `printed` is the one for the PDF, with the same words; `fonts` the slices that draw them."""
    from generator.render.html import Styles, render_page
    from generator.render.style_sheets import ScreenPage, apart

    if not embedded:
        return apart(render_page(page, formatted, fonts=fonts, site=site), page.stem, page.up)
    from generator.render.web_fonts import embedded_font_css

    html = render_page(page, formatted, styles=Styles.EMBEDDED, fonts_css=embedded_font_css(printed))
    return ScreenPage(html, {})


def _house_fonts(reads: Reads, language: str) -> tuple[str, ...]:
    """The slices of fonts that draw the publisher's words and those of the site, which are on pages around a brief."""
    from generator.render.labels import load_labels
    from generator.render.preset import template_roots
    from generator.render.web_fonts import slices

    words = "".join(load_labels(template_roots(Path(reads.root)), language).words.values())
    with suppress(OSError):
        words += reads.file(HOUSE).decode(errors="replace")
    return slices(words)


def make_layout(reads: Reads, printed: bytes, about: bytes, pictures: bytes) -> Made | Rejected:
    """HTML -> laid-out pages. Runs only if the page, or the libraries that draw it, have changed."""
    from generator.engine import Made, Rejected

    layout, problems = lay_out_brief(reads, printed, about, pictures)
    if layout is None or any(problem.is_error for problem in problems):
        return Rejected(notes_of(problems))
    return Made(parts={"objects": layout.objects.to_bytes()}, notes=notes_of(problems))


def lay_out_brief(
    reads: Reads, printed: bytes, about: bytes, pictures: bytes, *, judged: bool = False
) -> tuple[Layout | None, Sequence[Problem]]:
    """Lay out the page of a brief, and return its problems; with `judged` also the faults that `brief check --layout` reports."""
    from generator.pipeline.check_brief import find_preset
    from generator.problems import Location
    from generator.render.design_checks import check_length
    from generator.render.html import unpacked
    from generator.render.pdf import lay_out
    from generator.render.script_runs import scripts_used
    from generator.render.scripts import direction_of
    from generator.render.style_sheets import pdf_stylesheets
    from generator.render.xmp import DocumentInfo

    reads.value("drawing")
    if scripts_used(printed.decode()):
        reads.value("fonts")
    fields = json.loads(about)
    place = Location(fields["file"])
    preset, problems = find_preset(reads, fields["preset"], place)
    if preset is None:
        return None, problems
    info = fields["info"]
    dates = {name: datetime.date.fromisoformat(info[name]) for name in ("created", "modified")}
    lists = {name: tuple(info[name]) for name in ("authors", "keywords")}
    described = DocumentInfo(**{**info, **dates, **lists})
    sheets = pdf_stylesheets(preset, direction_of(info["language"]))
    layout = lay_out(printed.decode(), sheets, described, assets=unpacked(pictures), judged=judged)
    faults = [diagnostic.code.at(place, diagnostic.message, diagnostic.hint) for diagnostic in layout.diagnostics]
    faults += check_length(preset, layout.length, layout.outline, place, draft=fields["draft"])
    return layout, faults


def make_pdf(reads: Reads, objects: bytes, about: bytes, attached: bytes) -> Made:
    """Laid-out pages and attachments -> PDF. This is quick, so an edit that is not printed costs no layout."""
    from generator.engine import Made
    from generator.render.binding import attachments, bind, unpack
    from generator.render.pdf_objects import Objects

    drawing = json.loads(reads.value("drawing"))
    fields = json.loads(about)
    files, manifest_fields = unpack(attached)
    day = datetime.date.fromisoformat(fields["info"]["modified"])
    enclosed = attachments(files, {**manifest_fields, "versions": manifest_fields["versions"] | drawing}, day)
    return Made(outputs={f"{fields['stem']}.pdf": bind(Objects.from_bytes(objects), enclosed)})


def make_assets(reads: Reads) -> Made:
    """Write the style sheets of all presets, and the scripts, that pages name."""
    from generator.engine import Made
    from generator.pipeline.check_brief import find_preset
    from generator.problems import Location
    from generator.render.html import script_files
    from generator.render.preset import preset_names
    from generator.render.style_sheets import page_assets

    reads.value("drawing")
    outputs = {path: reads.file(str(file)) for path, file in script_files().items()}
    for name in preset_names(Path(reads.root)):
        preset, _ = find_preset(reads, name, Location(""))
        if preset is not None:
            outputs |= page_assets(preset)
    return Made(outputs=outputs)


def refuse_pdfs(reads: Reads) -> Rejected:
    """Report once, for all briefs, that no PDF can be laid out on this machine."""
    from generator.engine import Rejected
    from generator.render.layout_diagnostics import libraries_missing

    reads.value("drawing")
    return Rejected(notes_of([libraries_missing("build")]))


def warm_page() -> None:
    """Load what every page needs. Each process has its own pandoc."""
    from importlib import import_module

    for name in (
        "generator.pipeline.brief_inputs",
        "generator.cite.processor",
        "generator.evidence.verification.verify_brief",
        "generator.read.file_readers",
        "generator.read.yamltext",
        "generator.render.html",
        "generator.syntax.prose",
        "markdown_it",
        "babel.dates",
    ):
        import_module(name)


def warm() -> None:
    """Load what every layout needs, if this machine can lay out PDFs."""
    if can_draw(versions()):
        from generator.render.pdf import warm as warm_pdf

        warm_pdf()


WARM_UPS = (warm, warm_page)
"""Warm-ups of an idle worker. The layout comes first: while one worker makes a page, another gets ready to lay it out."""


def accept_layout(parts: Mapping[str, bytes]) -> bool:
    """Whether a layout from the cache may be bound into a PDF."""
    from generator.render.cached_objects import may_be_bound

    return may_be_bound(parts)


_PROBLEM = {"severity", "code", "place", "message", "hint", "marked"}


def notes_of(problems: Iterable[Problem]) -> list[Any]:
    """Convert problems to notes."""
    from dataclasses import asdict

    return [{key: value for key, value in asdict(problem).items() if key in _PROBLEM} for problem in problems]


BRIEF = (
    Step("page", make_page, warm=warm_page),
    Step(
        "layout",
        make_layout,
        inputs=("page.print", "page.about", "page.pictures"),
        cached=True,
        warm=warm,
        accepts=accept_layout,
    ),
    Step("pdf", make_pdf, inputs=("layout.objects", "page.about", "page.attached")),
)
"""The steps from a fact file to a brief."""
SHARED_ASSETS = Target(ASSETS, (Step("assets", make_assets),))
NO_LIBRARIES = Target("pdf-libraries", (Step("libraries", refuse_pdfs),))


def _formatted(
    reads: Reads, citation_groups: Sequence[CitationGroup], library: Library, style: Path, language: str
) -> FormattedCitations:
    """Format citations. The same request is sent to pandoc only once."""
    from generator.cite.processor import decoded, digest, encoded, format_citations, is_stored

    def compute() -> bytes:
        return encoded(format_citations(citation_groups, library.sources, style, language))

    request = digest(citation_groups, library.sources, style.read_bytes(), language).encode()
    return decoded(reads.cached("citations", request, compute, is_stored))


def _own_citation(reads: Reads, brief: Brief, library: Library) -> tuple[tuple[str, str], ...]:
    """How the brief itself is cited, in the formats of reference managers."""
    from generator.cite.own_citation import is_own, own_citation, own_item, read_own, request_of
    from generator.render.page.front_matter import address, whole_title

    item = own_item(brief, library.house, whole_title(brief), address(library.house, brief.stem))
    return read_own(reads.cached("own citation", request_of(item), lambda: own_citation(item), is_own))


def _about(brief: Brief, library: Library) -> dict[str, Any]:
    """Return the PDF's metadata as JSON values. Its dates come from the brief, never from the clock."""
    from generator.model import Status
    from generator.model.days import first_day

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
        "identifier": f"doi:{brief.doi}"
        if brief.doi
        else f"{house.site}{brief.stem}.pdf"
        if house.site
        else brief.number,
    }
    draft = brief.status is Status.DRAFT
    return {"stem": brief.stem, "file": brief.file, "preset": brief.preset, "draft": draft, "info": info}


def problems_of(notes: Iterable[Any]) -> tuple[Problem, ...]:
    """Convert the notes of a step to problems."""
    from generator.problems import Location, Problem, Severity

    return tuple(
        Problem(
            **{**note, "severity": Severity(note["severity"]), "place": Location(**note["place"])},
        )
        for note in notes
    )


def is_problem(note: Any) -> bool:
    """Whether a note from a database or a cache has the form that `notes_of` gives, for a file of the project."""
    from generator.engine.plain_data import within
    from generator.problems import Severity

    if not isinstance(note, dict) or note.keys() != _PROBLEM or not isinstance(note["place"], dict):
        return False
    place = note["place"]
    texts = [value for key, value in note.items() if key != "place"] + [place.get("file")]
    numbers = [value for key, value in place.items() if key != "file"]
    return (
        place.keys() == _PLACE
        and all(isinstance(text, str) for text in texts)
        and all(type(number) is int for number in numbers)
        and note["severity"] in list(Severity)
        and (place["file"] == "" or within(place["file"]))
    )


_PLACE = {"file", "line", "column", "length"}
