"""Related briefs: what they share, and that a brief in several languages is related once."""

from __future__ import annotations

from pathlib import Path

from generator.site.extracts.extract_file import ExtractHead
from generator.site.extracts.related_briefs import related
from tests.site import site_project as it


def head(
    slug: str,
    *experts: str,
    topics: tuple[str, ...] = (),
    language: str = "en",
    status: str = "published",
    of: str = "",
) -> ExtractHead:
    return ExtractHead(slug, slug, "2025", status, language, topics, experts, (), 1, False, False, of or slug, (), ())


def test_what_few_briefs_share_counts_most() -> None:
    common = [head(f"c{n}", "all", topics=("Trade",)) for n in range(4)]
    found = related([head("a", "all", "rare", topics=("trade",)), *common, head("b", "rare")])
    assert next(slug for slug, *_ in found["a"]) == "b"
    assert found["b"] == (("a", ("rare",), (), 0),)
    assert {slug: topics for slug, _, topics, _ in found["a"]}["c0"] == ("trade",)


def test_of_a_family_of_translations_one_is_related_in_the_same_language_if_there_is_one() -> None:
    heads = [head("a", "x"), head("b", "x"), head("b-de", "x", language="de", of="b"), head("c", "x", status="draft")]
    found = related([*heads, head("a-de", "x", language="de", of="a")])
    assert [slug for slug, *_ in found["a"]] == ["b"], "neither its own translation nor a draft"
    assert [slug for slug, *_ in found["a-de"]] == ["b-de"]
    assert {slug for slug, *_ in found["c"]} >= {"a", "b"}


def test_a_page_leads_to_the_related_briefs_and_says_what_they_share(tmp_path: Path) -> None:
    project = it.write(tmp_path, works=it.WORKS, costs=it.COSTS, lone=it.DRAFT.replace("ben", "cleo"))
    it.made(project)
    assert it.page(project, "works.html").xpath("//nav//a[@href='related/works.html']")
    page = it.page(project, "related/works.html")
    assert page.xpath("//h1/a/@href") == ["../works.html"]
    assert it.words(page.find_class("title-block")[0]).count("Does it work?") == 1, "the heading is the link"
    page = it.words(page.xpath("//main")[0])
    assert "What does it cost?" in page
    assert "Experts: Ann Example, Ben Sample · Topics: trade · 2 sources" in page
    assert "No other briefing shares" not in page
