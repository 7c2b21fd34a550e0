"""Steps that make a brief from a fact file: read, check, cite, page, layout, PDF.

The engine skips steps whose reads have not changed. Each step reads everything through `Reads`, so nothing has to be declared.
`inspect` runs only the first one, for `brief check`.

Imports that only a step or a problem needs are inside functions, because a run with nothing to do needs none of them.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator import __version__
from generator.engine import Reads, Step, Target, build
from generator.engine.trace import World
from generator.pipeline.inventory import known_versions
from generator.pipeline.publish_site import with_site
from generator.pipeline.versions import can_draw, code_state, font_versions, versions
from generator.project import slug_of, twins

if TYPE_CHECKING:
    from generator.engine import BuildError, Event, Executor, Made, Outcome, Rejected, Report
    from generator.model import Brief, Cluster, FormattedCitations, Library
    from generator.pipeline.check_brief import Examined
    from generator.problems import Problem
    from generator.project import Project
    from generator.render.page import Page
    from generator.render.pdf import Layout

    Look = Callable[[Reads, str, str, str], Examined]
    """Examines a brief, as `generator.pipeline.check_brief.examine` does."""

ASSETS = "assets"
"""Folder beside the pages for the style sheets and fonts that they share."""

FEW, BATCH = 100, 50
"""Briefs that are checked in this process, since starting others takes longer; and those that another one takes at once."""

# ---------------------------------------------------------------- what the commands call


def inspect(
    project: Project,
    slugs: Iterable[str],
    today: datetime.date | None = None,
    look: Look | None = None,
) -> tuple[Problem, ...]:
    """Return every problem of the briefs named, and of the files they share. Publishes nothing.

    That a source or expert is used nowhere shows only when all briefs are named. `look` is called in place of `examine`, by
    those who remember what it found.
    """
    from generator.evidence.checks import check_library
    from generator.evidence.editions.edition_changes import check_gone
    from generator.pipeline.check_brief import editions_of
    from generator.pipeline.checked_sources import damage
    from generator.pipeline.load_project import load_library, misnamed
    from generator.pipeline.source_files import duplicates, places, project_indexes
    from generator.pipeline.used_facts import with_shared

    known = project.fact_files()
    library, problems = load_library(project.open)
    found, briefs = [*problems, *misnamed(project)], []
    for problems, brief in _looked_at(project, slugs, today, look):
        found += problems
        briefs += [brief] if brief else []
    if len(briefs) == len(known):
        library, damaged = with_shared(library, project.open)
        indexes, unreadable = project_indexes(project)
        found += damaged
        found += [*unreadable, *duplicates(library, indexes), *damage(indexes, project.store)]
        found += check_library(library, briefs, places(indexes))
        found += check_gone(editions_of(project)[0], (slug for slug, _ in known))
    return tuple(found)


Seen = tuple[tuple["Problem", ...], "Brief | None"]


def _looked_at(
    project: Project, slugs: Iterable[str], today: datetime.date | None, look: Look | None
) -> Iterable[Seen]:
    """Problems and brief for each slug; many are divided among processes."""
    from generator.engine.batches import in_batches, processors

    names = sorted(set(slugs))
    if look is not None or len(names) <= FEW or processors() < 2:
        return ((one.problems, one.brief) for one in examined(project, names, today, look))
    batches = [(project.folder.resolve(), names[at : at + BATCH], today) for at in range(0, len(names), BATCH)]
    return (seen for batch in in_batches(look_at_batch, batches) for seen in batch)


def look_at_batch(folder: Path, slugs: Sequence[str], today: datetime.date | None) -> list[Seen]:
    """In a worker: what is found in some briefs."""
    from generator.project import Project

    return [(one.problems, one.brief) for one in examined(Project(folder), slugs, today)]


def examined(
    project: Project, slugs: Iterable[str], today: datetime.date | None = None, look: Look | None = None
) -> Iterator[Examined]:
    """Yield each of the briefs named with all that it refers to, read and checked, as for publishing."""
    from generator.pipeline.check_brief import examine

    look = look or examine

    names, fact_files = set(slugs), project.fact_files()
    others, world = twins(fact_files), world_of(project, today)
    return (look(Reads(world), slug, file, others.get(file, "")) for slug, file in fact_files if slug in names)


def publish(
    project: Project,
    slugs: Sequence[str] | None,
    *,
    executor: Executor | None = None,
    on_event: Callable[[Event], object] | None = None,
    self_contained: bool = False,
    force: bool = False,
    cache: str | None = None,
    today: datetime.date | None = None,
    site: bool = True,
    site_executor: Executor | None = None,
) -> Report:
    """Bring the briefs named, or all, up to date in the project's output folder; after all, tidy up after vanished ones.

    `cache` is where results are kept instead of the project's own store: a folder or an fsspec address. With `site`, the pages
    around the briefs follow, on `site_executor` where `executor` has no access to the output folder; without, they are taken
    away. Pages that are self-contained stand alone and have no site.

    Where the system libraries for PDFs are missing, only pages are made, and the target `NO_LIBRARIES` is refused.

    Raises BuildError for what ends the whole run, such as an output folder that cannot be written.
    """
    site = site and not self_contained
    world = world_of(project, today, self_contained=self_contained, site=site)
    files = project.brief_files()
    report = build(
        _targets(files.facts, slugs, self_contained=self_contained, drawn=_can_draw(world)),
        root=project.folder,
        out=project.output,
        store=project.store,
        executor=executor,
        values=world.values,
        probe=world.probe,
        is_note=is_problem,
        cache=cache,
        on_event=on_event,
        prune=not files.closed and (slugs is None or set(slugs) >= {slug for slug, _ in files.facts}),
        force=force,
    )
    return with_site(
        report,
        project,
        world.values["code"],
        is_problem,
        executor=site_executor or executor,
        on_event=on_event,
        wanted=site,
        force=force,
    )


def _targets(
    facts: Sequence[tuple[str, str]], slugs: Sequence[str] | None, *, self_contained: bool, drawn: bool
) -> Iterator[Target]:
    """Where PDFs cannot be drawn, briefs end with their page, and one more target says so."""
    names = None if slugs is None else set(slugs)
    others = twins(facts)
    for slug, file in facts:
        if names is None or slug in names:
            yield Target(file, BRIEF if drawn else BRIEF[:1], (slug, file, others.get(file, "")))
    if not drawn:
        yield NO_LIBRARIES
    if not self_contained:
        yield SHARED_ASSETS


def remake(project: Project, file: str, executor: Executor | None = None) -> Outcome:
    """Make one brief in a project folder of its own, as `verify` does: nothing is skipped or kept, and nothing is overdue.

    Raises BuildError where the system libraries for PDFs are missing.
    """
    world = world_of(project, datetime.date.min, alone=True)
    if not _can_draw(world):
        raise no_libraries()
    report = build(
        [Target(file, BRIEF, (slug_of(file), file))],
        root=project.folder,
        out=project.output,
        store=project.store,
        executor=executor,
        values=world.values,
        probe=world.probe,
        is_note=is_problem,
        cache="",
        prune=False,
    )
    return report.outcomes[0]


def problems_of(notes: Iterable[Any]) -> tuple[Problem, ...]:
    """Turn the notes that a step left back into problems."""
    from generator.problems import Location, Problem, Severity

    return tuple(
        Problem(
            **{**note, "severity": Severity(note["severity"]), "place": Location(**note["place"])},
        )
        for note in notes
    )


def is_problem(note: Any) -> bool:
    """Whether a note that was read from a state or a cache has the shape that `_notes` gives, of a file of the project."""
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


_PROBLEM = {"severity", "code", "place", "message", "hint", "marked"}
_PLACE = {"file", "line", "column", "length"}

# ---------------------------------------------------------------- steps


def make_page(reads: Reads, slug: str, file: str, twin: str = "") -> Made | Rejected:
    """Fact file -> HTML for the screen, HTML for the PDF, and what is attached to it."""
    from generator.engine import Made, Rejected
    from generator.pipeline import attachments
    from generator.pipeline.check_brief import examine

    reads.value("code")
    examined = examine(reads, slug, file, twin)
    notes = _notes(examined.problems)
    brief, preset, style = examined.brief, examined.preset, examined.style
    if not examined.sound or brief is None or preset is None or style is None:
        return Rejected(notes)
    from generator.cite.styles import BadStyle
    from generator.render.embedded_files import pack
    from generator.render.html import Styles, ordered_clusters, render_page
    from generator.render.page import build_page
    from generator.render.picture_files import packed, published
    from generator.render.templating import TemplateFault
    from generator.site.around_links import around_links
    from generator.site.brief_extract import extract
    from generator.site.extract_file import extract_path

    page = build_page(brief, examined.library, preset, evidence=examined.evidence, links=examined.links)
    try:
        formatted = _formatted(reads, ordered_clusters(page), examined.library, style, brief.language)
        printed = render_page(page, formatted, styles=Styles.ABSENT)
        site = around_links(brief, examined.library) if reads.value("site") == "True" else None
        screen = _screen(page, formatted, printed, site, embedded=reads.value("self-contained") == "True")
    except BadStyle as error:
        return Rejected([*notes, *_notes([error.code.at(brief.place, str(error))])])
    except TemplateFault as fault:
        return Rejected([*notes, *_notes([fault.problem(Path(reads.root))])])
    about = json.dumps(_about(brief, examined.library), sort_keys=True)
    attached = pack(attachments.material(reads, examined), attachments.about(brief, preset, printed))
    parts = {"print": printed.encode(), "about": about.encode(), "attached": attached, "pictures": packed(page)}
    outputs = {f"{brief.stem}.html": screen.encode()}
    if reads.value("self-contained") != "True":
        outputs |= published(page)
    if site is not None:
        outputs[extract_path(slug)] = extract(brief, examined.library, examined.evidence, page)
    return Made(parts=parts, outputs=outputs, notes=notes)


def _screen(
    page: Page, formatted: FormattedCitations, printed: str, site: Mapping[str, Any] | None, *, embedded: bool
) -> str:
    """The page for the screen. `printed` is the one for the PDF, with the same words."""
    from generator.render.html import Styles, render_page

    if not embedded:
        return render_page(page, formatted, site=site)
    from generator.render.embedding import embedded_font_css

    return render_page(page, formatted, styles=Styles.EMBEDDED, fonts_css=embedded_font_css(printed))


def make_layout(reads: Reads, printed: bytes, about: bytes, pictures: bytes) -> Made | Rejected:
    """HTML -> laid-out pages. Runs only when the page has changed, or what draws it has."""
    from generator.engine import Made, Rejected

    layout, problems = lay_out_brief(reads, printed, about, pictures)
    if layout is None or any(problem.is_error for problem in problems):
        return Rejected(_notes(problems))
    return Made(parts={"objects": layout.objects.to_bytes()}, notes=_notes(problems))


def lay_out_brief(
    reads: Reads, printed: bytes, about: bytes, pictures: bytes, *, judged: bool = False
) -> tuple[Layout | None, Sequence[Problem]]:
    """Lay out the page of a brief, and say what is wrong with it; with `judged` also what a reader would stumble over."""
    from generator.pipeline.check_brief import find_preset
    from generator.problems import Location
    from generator.render.html import pdf_stylesheets
    from generator.render.lengths import check_length
    from generator.render.pdf import lay_out
    from generator.render.picture_files import unpacked
    from generator.render.script_runs import scripts_used
    from generator.render.scripts import direction_of
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
    found = [diagnostic.code.at(place, diagnostic.message, diagnostic.hint) for diagnostic in layout.diagnostics]
    found += check_length(preset, layout.length, layout.outline, place, draft=fields["draft"])
    return layout, found


def make_pdf(reads: Reads, objects: bytes, about: bytes, attached: bytes) -> Made:
    """Laid-out pages, and what is attached -> PDF. Quick, so that an edit that prints nothing new costs no layout."""
    from generator.engine import Made
    from generator.render.binding import bind
    from generator.render.embedded_files import attachments, unpack
    from generator.render.pdf_objects import Objects

    drawing = json.loads(reads.value("drawing"))
    fields = json.loads(about)
    files, manifest_fields = unpack(attached)
    day = datetime.date.fromisoformat(fields["info"]["modified"])
    enclosed = attachments(files, {**manifest_fields, "versions": manifest_fields["versions"] | drawing}, day)
    return Made(outputs={f"{fields['stem']}.pdf": bind(Objects.from_bytes(objects), enclosed)})


def make_assets(reads: Reads) -> Made:
    """Write the style sheets of all presets, and the fonts, that the pages beside them name."""
    from generator.engine import Made
    from generator.pipeline.check_brief import find_preset
    from generator.problems import Location
    from generator.render.fonts import font_face_css, shipped
    from generator.render.html import page_assets
    from generator.render.preset import preset_names

    reads.value("drawing")
    reads.value("fonts")
    outputs = {f"{ASSETS}/fonts/{file.name}": file.data() for file in shipped()}
    for name in preset_names(Path(reads.root)):
        preset, _ = find_preset(reads, name, Location(""))
        if preset is not None:
            outputs |= page_assets(preset, font_face_css("../fonts/", shipped()))
    return Made(outputs=outputs)


def refuse_pdfs(reads: Reads) -> Rejected:
    """Say once, for all briefs, that no PDF can be laid out on this machine."""
    from generator.engine import Rejected
    from generator.render.libraries import libraries_missing

    reads.value("drawing")
    return Rejected(_notes([libraries_missing("build")]))


def warm_page() -> None:
    """Load what every page needs; each process has a pandoc of its own."""
    from importlib import import_module

    for name in (
        "generator.pipeline.attachments",
        "generator.cite.processor",
        "generator.evidence.verification.verify_brief",
        "generator.read.briefs",
        "generator.read.yamltext",
        "generator.render.html",
        "generator.syntax.prose",
        "markdown_it",
        "babel.dates",
    ):
        import_module(name)


def warm() -> None:
    """Load what every layout needs, where it can be laid out."""
    if can_draw(versions()):
        from generator.render.pdf import warm as warm_pdf

        warm_pdf()


WARM_UPS = (warm, warm_page)
"""What a worker may do while it has no task. The layout comes first: while one worker makes a page, another gets ready to lay it out."""


def rehearse(project: Project) -> None:
    """Make a page that goes nowhere, so that the next one finds everything loaded that pages need."""
    warm_page()
    world = world_of(project, None)._replace(cache=str(project.output / ".brief" / "cache"))
    for slug, file in project.fact_files()[:1]:
        make_page(Reads(world), slug, file)


def accept_layout(parts: Mapping[str, bytes]) -> bool:
    """Whether a layout from the cache may be bound into a PDF."""
    from generator.render.cached_objects import may_be_bound

    return may_be_bound(parts)


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
"""How a fact file becomes a brief."""

SHARED_ASSETS = Target(ASSETS, (Step("assets", make_assets),))
NO_LIBRARIES = Target("pdf-libraries", (Step("libraries", refuse_pdfs),))


# ---------------------------------------------------------------- what the steps share


def _formatted(
    reads: Reads, clusters: Sequence[Cluster], library: Library, style: Path, language: str
) -> FormattedCitations:
    """Format citations; the same request is never made of pandoc twice."""
    from generator.cite.cached_citations import decoded, encoded, is_stored
    from generator.cite.processor import digest, format_citations

    def compute() -> bytes:
        return encoded(format_citations(clusters, library.sources, style, language))

    request = digest(clusters, library.sources, style.read_bytes(), language).encode()
    return decoded(reads.cached("citations", request, compute, is_stored))


def _about(brief: Brief, library: Library) -> dict[str, Any]:
    """Return what the PDF says of itself, as JSON values. Its dates are the brief's own, never the clock's."""
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


def _can_draw(world: World) -> bool:
    return can_draw(json.loads(world.values["drawing"]))


def no_libraries() -> BuildError:
    """Return the fault that ends a run that is for PDFs alone, where they cannot be laid out."""
    from generator.engine import BuildError
    from generator.render.libraries import HINT, MESSAGE

    return BuildError(f"{MESSAGE}; {HINT}")


def _notes(problems: Iterable[Problem]) -> list[Any]:
    from dataclasses import asdict

    return [{key: value for key, value in asdict(problem).items() if key in _PROBLEM} for problem in problems]


def world_of(
    project: Project,
    today: datetime.date | None,
    *,
    self_contained: bool = False,
    site: bool = False,
    alone: bool = False,
) -> World:
    """Return what the steps of a project's briefs read from: its folder, and values such as the day."""
    from generator.read.entries import entry_digests

    drawing = json.dumps(known_versions(project.store / "versions"), sort_keys=True)
    values = {
        "today": (today or _today()).isoformat(),
        "self-contained": str(self_contained),
        "site": str(site),
        "alone": str(alone),
        "drawing": drawing,
        "fonts": json.dumps(font_versions(), sort_keys=True),
        "code": f"{drawing}\n{code_state()}",
    }
    return World(str(project.folder.resolve()), values, entry_digests, unsaved=project.unsaved)


def _today() -> datetime.date:
    """The day against which reviews are overdue; fixed by SOURCE_DATE_EPOCH (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and len(epoch) <= 11:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.date.today()
