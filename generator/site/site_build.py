"""Builds the site: reads the heads of the extracts, plans the pages, and runs the engine.

The site has its own database in the engine's folder. So the build of briefs does not depend on it, and pages that are no longer
planned are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.engine import Deferred, Event, Executor, Plain, Report, Step, Target, build
from generator.project import Project
from generator.site.extracts.extract_file import extract_digests
from generator.site.extracts.extract_folder import heads
from generator.site.font_list import font_names
from generator.site.site_inputs import surroundings
from generator.site.site_plan import Planned, plan, plan_fonts

STORE = "site-store"
"""The site's own database, lock and cache, in the engine's folder."""
FONT_LIST = "fonts.json"
"""File in this folder that `font_list` keeps."""

MAKERS = {
    "index": "pages.list_pages:make_index",
    "list": "pages.list_pages:make_list",
    "topics": "pages.list_pages:make_topics",
    "experts": "pages.expert_pages:make_experts",
    "expert": "pages.expert_pages:make_expert",
    "compare": "pages.expert_pages:make_comparison",
    "sources": "pages.list_pages:make_sources",
    "source": "pages.list_pages:make_source",
    "related": "pages.list_pages:make_related",
    "questions": "pages.list_pages:make_questions",
    "corrections": "pages.plain_pages:make_corrections",
    "about": "pages.plain_pages:make_about",
    "accessibility": "pages.plain_pages:make_accessibility",
    "not-found": "pages.plain_pages:make_not_found",
    "sheet": "pages.plain_pages:make_sheet",
    "icon": "pages.plain_pages:make_icon",
    "fonts": "pages.plain_pages:make_fonts",
    "feed": "data.machine_lists:make_feed",
    "lists": "data.machine_lists:make_lists",
    "edition": "data.brief_data:make_edition",
    "picture": "pages.embed_pages:make_share_picture",
    "data": "data.brief_data:make_data",
    "schemas": "data.published_data:make_schemas",
    "search": "data.search_index:make_search",
    "shard": "data.search_index:make_shards",
    "shards": "data.search_index:make_shard_list",
    "script": "pages.plain_pages:make_script",
    "sitemap": "data.machine_lists:make_sitemap",
    "robots": "data.machine_lists:make_robots",
}
"""Module and function that make each kind of page."""


STEPS = {kind: (Step("site-page", Deferred(f"generator.site.{address}")),) for kind, address in MAKERS.items()}


def build_site(
    project: Project,
    *,
    extracts: Mapping[str, str],
    code: str,
    is_note: Callable[[Plain], bool],
    executor: Executor | None = None,
    on_event: Callable[[Event], object] | None = None,
    pages: bool = True,
    pictures: bool = True,
    force: bool = False,
) -> Report:
    """Bring the site up to date: without `pages` only the fonts, which briefs need too; without `extracts` too, remove it.

    `extracts` are the briefs' extracts that are as the build of the briefs made them: the digest of each, by path in the output folder.
    Pages say that quotations were verified, so no other file is accepted as an extract.

    `pictures` says whether pages can be drawn on this machine.

    `code` is a text that changes with the generator. Raises BuildError as `build` does.
    """
    return build(
        [
            Target(f"site/{one.path}", STEPS[one.kind], one.values)
            for one in _planned(project, extracts, pages=pages, pictures=pictures)
        ],
        root=project.folder,
        out=project.output,
        store=project.store / STORE,
        executor=executor,
        values={"site-code": code, **surroundings(project.folder)},
        probe=extract_digests,
        is_note=is_note,
        cache="",
        on_event=on_event,
        force=force,
    )


def _planned(project: Project, extracts: Mapping[str, str], *, pages: bool, pictures: bool) -> Iterator[Planned]:
    if pages:
        extract_heads = list(heads(project.output, extracts))
        yield from plan_fonts({name for head in extract_heads for name in head.fonts})
        yield from plan(extract_heads, pictures=pictures)
    elif extracts:
        yield from plan_fonts(font_names(project.store / STORE / FONT_LIST, project.output, extracts))


def has_site(project: Project) -> bool:
    """Whether an earlier build made a site."""
    return (project.store / STORE / "database").is_file()
