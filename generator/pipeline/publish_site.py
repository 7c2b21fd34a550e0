"""Builds the site after the briefs, or removes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.site.site_build import build_site, has_site, remove_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from generator.engine import Event, Executor, Plain, Report
    from generator.project import Project


_UNNAMED = (".", "assets/", "embed/")
"""Beginning of the paths of outputs that are made and removed together with a brief."""


def with_site(
    briefs: Report,
    project: Project,
    code: str,
    is_note: Callable[[Plain], bool],
    *,
    executor: Executor | None = None,
    on_event: Callable[[Event], object] | None = None,
    wanted: bool = True,
    fonts: bool = True,
    pictures: bool = True,
    force: bool = False,
) -> Report:
    """Return the report of the briefs together with that of the site. Only failures of the site's pages are events.

    Without `wanted` there is no site; with `fonts`, the fonts of the briefs' own pages are still made.
    `pictures` says whether pages can be drawn on this machine.
    `code` is a text that changes with the generator. Pages of the site come and go with the briefs, and are not named in `removed`.
    """
    briefs = briefs._replace(removed=tuple(path for path in briefs.removed if not path.startswith(_UNNAMED)))
    if briefs.interrupted or not (wanted or fonts or has_site(project)):
        return briefs
    if wanted or fonts:
        events = _only_failures(on_event)
        site = build_site(
            project,
            code=code,
            is_note=is_note,
            executor=executor,
            on_event=events,
            pages=wanted,
            pictures=pictures,
            force=force,
        )
    else:
        site = remove_site(project, is_note)
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
    from generator.engine import Ended, Status

    def tell(event: Event) -> object:
        return on_event(event) if isinstance(event, Ended) and event.outcome.status is Status.BROKEN else None

    return tell
