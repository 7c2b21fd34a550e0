"""Builds the site: reads the heads of the extracts, plans the pages, and runs the engine.

The site has its own database in the engine's folder. So the build of briefs does not depend on it, and pages that are no longer
planned are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator.engine import Deferred, Event, Executor, Plain, Report, Step, Target, build
from generator.project import Project, is_name
from generator.site.extract_file import BadExtract, ExtractHead, extract_digests, extract_path, read_head
from generator.site.site_plan import Planned, plan, plan_fonts

STORE = "site-store"
"""The site's own database, lock and cache, in the engine's folder."""

MAKERS = {
    "index": "list_pages:make_index",
    "list": "list_pages:make_list",
    "topics": "list_pages:make_topics",
    "experts": "expert_pages:make_experts",
    "expert": "expert_pages:make_expert",
    "sources": "list_pages:make_sources",
    "source": "list_pages:make_source",
    "related": "list_pages:make_related",
    "questions": "list_pages:make_questions",
    "corrections": "plain_pages:make_corrections",
    "about": "plain_pages:make_about",
    "accessibility": "plain_pages:make_accessibility",
    "not-found": "plain_pages:make_not_found",
    "sheet": "plain_pages:make_sheet",
    "icon": "plain_pages:make_icon",
    "fonts": "plain_pages:make_fonts",
    "feed": "machine_lists:make_feed",
    "lists": "machine_lists:make_lists",
    "edition": "brief_data:make_edition",
    "picture": "embed_pages:make_share_picture",
    "data": "brief_data:make_data",
    "schemas": "published_data:make_schemas",
    "search": "search_index:make_search",
    "shard": "search_index:make_shards",
    "shards": "search_index:make_shard_list",
    "script": "search_index:make_script",
    "sitemap": "machine_lists:make_sitemap",
    "robots": "machine_lists:make_robots",
}
"""Module and function that make each kind of page."""


STEPS = {kind: (Step("site-page", Deferred(f"generator.site.{address}")),) for kind, address in MAKERS.items()}


def build_site(
    project: Project,
    *,
    extracts: Iterable[str],
    code: str,
    is_note: Callable[[Plain], bool],
    executor: Executor | None = None,
    on_event: Callable[[Event], object] | None = None,
    pages: bool = True,
    pictures: bool = True,
    force: bool = False,
) -> Report:
    """Bring the site up to date: without `pages` only the fonts, which briefs need too; without `extracts` too, remove it.

    `extracts` are the paths of the briefs' extracts in the output folder that are as the build of the briefs made them. Pages say that
    quotations were verified, so no other file is accepted as an extract.

    `pictures` says whether pages can be drawn on this machine.

    `code` is a text that changes with the generator. Raises BuildError as `build` does.
    """
    extract_heads = list(heads(project.output, extracts))
    planned: list[Planned] = []
    if extract_heads or pages:
        planned += plan_fonts(extract_heads)
        planned += plan(extract_heads, pictures=pictures) if pages else ()
    return build(
        [Target(f"site/{one.path}", STEPS[one.kind], one.values) for one in planned],
        root=project.folder,
        out=project.output,
        store=project.store / STORE,
        executor=executor,
        values={"site-code": code},
        probe=extract_digests,
        is_note=is_note,
        cache="",
        on_event=on_event,
        force=force,
    )


def has_site(project: Project) -> bool:
    """Whether an earlier build made a site."""
    return (project.store / STORE / "database").is_file()


def heads(output: Path, extracts: Iterable[str]) -> Iterator[ExtractHead]:
    """Return the head of each extract; one that another version wrote is left out until its brief is built again."""
    for path in sorted(extracts):
        try:
            with (output / path).open("rb") as file:
                head = read_head(file.readline())
        except (OSError, BadExtract):
            continue
        if path == extract_path(head.slug) and is_name(head.slug):
            yield head
