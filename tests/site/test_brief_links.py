"""Links from one brief to another: where they lead, what is wrong with them, and what they make a brief depend on."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.engine import TargetStatus
from generator.pipeline.inspect_project import inspect
from generator.pipeline.publish_brief import build_alone
from generator.project import Project
from tests.site import site_project as it

LINKED = it.COSTS.replace(
    "topics:", "summary: See [the answer](brief:works#works.ann) and [all of it](brief:works).\ntopics:"
)


def problems(folder: Path, *slugs: str) -> list[tuple[str, str, int, int]]:
    found = inspect(Project(folder), slugs)
    return [
        (one.code, one.hint, one.place.line, one.place.column)
        for one in found
        if "link" in one.code or one.code == "unknown-brief"
    ]


def test_links_lead_to_the_other_page_and_only_its_ids_matter(tmp_path: Path) -> None:
    project = it.write(tmp_path, works=it.WORKS, **{"2024_costs": LINKED})
    it.made(project)
    page = it.page(project, "2024/costs.html")
    hrefs = [link.get("href") for link in page.xpath("//section[contains(@class, 'summary')]//a")]
    assert hrefs == ["../works.html#works-ann", "../works.html"]

    it.write(tmp_path, works=it.WORKS.replace("A date was wrong.", "Another date was wrong."))
    report = it.made(project)
    touched = [one.target for one in report.outcomes if one.target.startswith("briefs/") and one.ran]
    assert touched == ["briefs/works.yaml"]

    (tmp_path / "briefs/works.yaml").rename(tmp_path / "briefs/2024/works.yaml")
    it.made(project)
    assert "../2024/works.html#works-ann" in it.page(project, "2024/costs.html").xpath("//a/@href")


def test_a_brief_alone_has_the_same_pdf(tmp_path: Path) -> None:
    project = it.write(tmp_path / "together", works=it.WORKS, costs=LINKED)
    it.made(project)
    alone = it.write(tmp_path / "alone", costs=LINKED)
    assert build_alone(alone, "briefs/costs.yaml").status is TargetStatus.BUILT
    assert (alone.output / "costs.pdf").read_bytes() == (project.output / "costs.pdf").read_bytes()


@pytest.mark.parametrize(
    ("link", "code", "hint"),
    [
        ("brief:work", "unknown-brief", "did you mean 'works'?"),
        ("brief:works#work", "unknown-link-id", "did you mean 'works'?"),
        ("brief:works#works.bem", "unknown-link-id", "did you mean 'works.ben'?"),
        ("brief:draft", "link-unpublished", "publish it, or remove the link"),
        ("brief:Works", "unsafe-link", "write brief:SLUG or brief:SLUG#ID"),
    ],
)
def test_what_is_wrong_with_a_link_is_told_at_its_place(tmp_path: Path, link: str, code: str, hint: str) -> None:
    text = LINKED.replace("brief:works#works.ann", link)
    it.write(tmp_path, works=it.WORKS, draft=it.DRAFT, costs=text)
    line = 1 + text[: text.index(link)].count("\n")
    column = text[: text.index(link)].rpartition("\n")[2]
    assert problems(tmp_path, "costs") == [(code, hint, line, len(column) + 1)]
