"""Builds briefs and the site around them: which targets there are, and what they may read.

Imports that only steps or problems need are inside functions, so that a build with nothing to do does not load them.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterator, Sequence

from generator.engine import (
    BuildError,
    Ended,
    Event,
    Executor,
    Outcome,
    Reads,
    Report,
    Target,
    TargetStatus,
    build,
)
from generator.engine.trace import World
from generator.pipeline.brief_steps import BRIEF, NO_LIBRARIES, PAGE, SHARED_ASSETS, is_problem
from generator.pipeline.versions import can_draw, code_state, font_versions, versions
from generator.project import Project, comes_with_brief, slug_of, with_twins
from generator.site.extracts.extract_file import EXTRACTS
from generator.site.site_build import build_site, has_site


def publish(
    project: Project,
    slugs: Sequence[str] | None,
    *,
    executor: Executor | None = None,
    on_event: Callable[[Event], object] | None = None,
    self_contained: bool = False,
    force: bool = False,
    cache: str | None = None,
    site: bool = True,
    drafts: bool = True,
    site_executor: Executor | None = None,
) -> Report:
    """Bring the named briefs, or all, up to date in the output folder. For all, also remove the outputs of removed briefs.

    Without `drafts`, drafts have no outputs, whatever is wrong in them; each leaves a note.

    `cache` replaces the project's own cache: a folder or an fsspec address. With `site`, the site is built after the briefs, on
    `site_executor` if `executor` has no access to the output folder; without it, the site is removed. Self-contained pages have no
    site.

    If the system libraries for PDFs are missing, only pages are made, and the target `NO_LIBRARIES` is refused.

    Raises BuildError for errors that end the whole run, such as an output folder that cannot be written.
    """
    site = site and not self_contained
    world = world_of(project, None, self_contained=self_contained, site=site, drafts=drafts)
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
        intact_below=EXTRACTS,
    )
    return _with_site(
        report,
        project,
        world,
        executor=site_executor or executor,
        on_event=on_event,
        wanted=site,
        fonts=not self_contained,
        force=force,
    )


def _targets(
    facts: Sequence[tuple[str, str]], slugs: Sequence[str] | None, *, self_contained: bool, drawn: bool
) -> Iterator[Target]:
    """Return the targets. If PDFs cannot be drawn, briefs have only their page step, and one more target reports this."""
    names = None if slugs is None else set(slugs)
    for slug, file, twin in with_twins(facts):
        if names is None or slug in names:
            yield Target(file, BRIEF if drawn else BRIEF[:1], (slug, file, twin))
    if not drawn:
        yield NO_LIBRARIES
    if not self_contained:
        yield SHARED_ASSETS


def build_alone(project: Project, file: str, executor: Executor | None = None) -> Outcome:
    """Build one brief alone in its project folder, as `verify` does: nothing is skipped or cached, and nothing is overdue.

    Raises BuildError if the system libraries for PDFs are missing.
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


def rehearse(project: Project) -> None:
    """Make a page and discard it, so that everything that pages need is loaded for the next one."""
    world = world_of(project, None)._replace(cache=str(project.output / ".brief" / "cache"))
    for slug, file in project.fact_files()[:1]:
        PAGE.function(Reads(world), slug, file)


def _can_draw(world: World) -> bool:
    return can_draw(json.loads(world.values["drawing"]))


def no_libraries() -> BuildError:
    """Return the error that ends a run that only makes PDFs, if they cannot be laid out."""
    from generator.render.layout.layout_diagnostics import HINT, MESSAGE

    return BuildError(f"{MESSAGE}; {HINT}")


def world_of(
    project: Project,
    today: datetime.date | None,
    *,
    self_contained: bool = False,
    site: bool = False,
    alone: bool = False,
    drafts: bool = True,
) -> World:
    """Return the inputs of the steps of a project's briefs: its folder, and values such as the day."""
    from generator.read.entries import entry_digests

    drawing = json.dumps(versions(), sort_keys=True)
    values = {
        "today": (today or _today()).isoformat(),
        "self-contained": str(self_contained),
        "site": str(site),
        "alone": str(alone),
        "drafts": str(drafts),
        "drawing": drawing,
        "fonts": json.dumps(font_versions(), sort_keys=True),
        "code": f"{drawing}\n{code_state()}",
    }
    return World(str(project.folder.resolve()), values, entry_digests, unsaved=project.unsaved)


def _today() -> datetime.date:
    """Return the day for overdue reviews; SOURCE_DATE_EPOCH sets it (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdecimal() and len(epoch) <= 11:
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.date.today()


def _with_site(
    briefs: Report,
    project: Project,
    world: World,
    *,
    executor: Executor | None,
    on_event: Callable[[Event], object] | None,
    wanted: bool,
    fonts: bool,
    force: bool,
) -> Report:
    """Return the report of the briefs together with that of the site. Only failures of the site's pages are events.

    Without `wanted` there is no site; with `fonts`, the fonts of the briefs' own pages are still made. Pages of the site come and go
    with the briefs, and are not named in `removed`.
    """
    briefs = briefs._replace(removed=tuple(path for path in briefs.removed if not comes_with_brief(path)))
    if briefs.interrupted or not (wanted or fonts or has_site(project)):
        return briefs
    site = build_site(
        project,
        extracts=briefs.intact if wanted or fonts else {},
        code=f"{world.values['code']}\n{world.values['fonts']}",
        is_note=is_problem,
        executor=executor,
        on_event=_only_failures(on_event),
        pages=wanted,
        pictures=_can_draw(world),
        force=force,
    )
    return briefs._replace(
        outcomes=briefs.outcomes + site.outcomes,
        left=briefs.left + site.left,
        interrupted=site.interrupted,
        seconds=briefs.seconds + site.seconds,
    )


def _only_failures(on_event: Callable[[Event], object] | None) -> Callable[[Event], object] | None:
    """Filter the events of the site: there may be thousands of pages, and each takes milliseconds."""
    if on_event is None:
        return None

    def tell(event: Event) -> object:
        return on_event(event) if isinstance(event, Ended) and event.outcome.status is TargetStatus.BROKEN else None

    return tell
