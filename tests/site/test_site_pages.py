"""The pages around the briefs: what they say, that every link in them leads somewhere, and that they are the same each time."""

from __future__ import annotations

import csv
import json
import mimetypes
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from generator.pipeline.edition_pdfs import edition_pdfs
from generator.pipeline.publish_brief import publish
from generator.project import Project
from tests.site import site_project as it


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    found = it.write(tmp_path_factory.mktemp("site"), works=it.WORKS, **{"2024_costs": it.COSTS}, draft=it.DRAFT)
    it.made(found)
    return found


def lost_links(project: Project) -> list[tuple[str, str]]:
    """Page and address of each link to a page or a place that the site does not have."""
    pages = {path: it.page(project, path) for path in it.files(project) if path.endswith(".html")}
    anchors = {path: set(tree.xpath("//@id")) for path, tree in pages.items()}
    lost = []
    for path, tree in pages.items():
        for href in tree.xpath("//a/@href | //link[@rel='stylesheet' or @rel='alternate']/@href"):
            address, anchor = urldefrag(href)
            address = address.partition("?")[0]
            target = path if not address else urljoin(f"https://here/{path}", address).removeprefix("https://here/")
            if target.startswith(("https://", "mailto:")):
                continue
            there = (project.output / target).is_file() and (not anchor or anchor in anchors[target])
            lost += [] if there else [(path, href)]
    return lost


def test_every_link_leads_somewhere(project: Project) -> None:
    assert lost_links(project) == []
    assert len([path for path in it.files(project) if path.endswith(".html")]) > 20


def test_a_site_without_briefs_leads_nowhere_else(tmp_path: Path) -> None:
    project = it.write(tmp_path)
    it.made(project)
    assert {"index.html", "about.html", "search.html"} <= it.files(project)
    assert lost_links(project) == []


def test_an_expert_has_positions_by_question_over_time(project: Project) -> None:
    page = it.page(project, "experts/ann.html")
    asked = [it.words(heading) for heading in page.xpath("//h3")]
    assert asked == ["Does it work?"], "two briefs ask it in the same words"
    dates = [it.words(one) for one in page.find_class("entry-date")]
    assert dates == [
        "2 May 2024 · Professor, University of Examples",
        "2 May 2024 · Professor, University of Examples",
        "2 May 2022 · Member, City Council",
    ]
    assert it.words(page.find_class("change")[0]) == (
        "Changed: Never (2 May 2022) → Sometimes / Always (2 May 2024)"
    ), "two briefs read one statement in two ways: neither is the later one"
    assert "3 positions · 1 question · 2 briefings" in it.words(page)
    assert "It works & it holds." in it.words(page)
    assert page.xpath("//a[@href='../works.html#works-ann']")
    assert page.xpath("//a[@href='../2024/costs.html#same-ann']")


def test_gaps_and_voices_are_counted_and_shown(project: Project) -> None:
    ben, cleo = it.page(project, "experts/ben.html"), it.page(project, "experts/cleo.html")
    assert "1 gap (no position found: 1)" in it.words(ben.find_class("tally")[0])
    assert "No position found (three reports)" in it.words(ben)
    assert [it.words(one) for one in cleo.xpath("//h2")] == ["Further voices"]
    assert "As reported in newspaper report, 3 May 2024" in it.words(cleo)


def test_sources_with_names_that_differ_by_case_have_pages_of_their_own(project: Project) -> None:
    pages = {path for path in it.files(project) if path.startswith("sources/") and "index" not in path}
    assert len({path.lower() for path in pages}) == 3
    talk = it.page(project, "sources/talk.html")
    assert talk.xpath("//a[@rel='external']/@href") == ["https://example.com/talk?a=1&b=2"]
    assert "Ann Example: Does it work?" in it.words(talk)


def test_a_source_leads_to_every_text_that_cites_it(tmp_path: Path) -> None:
    texts = """summary: It works [@only].
limits: Little was read [@only].
sections: [{id: past, heading: The past, text: "It began [@only]."}]
"""
    sources = it.SOURCES + "  - {id: only, type: report, title: A word, issued: 2024-05-02}\n"
    works = it.WORKS.replace("[@talk]", "[@press]").replace("experts: [ann", texts + "experts: [ann")
    answered = it.COSTS.replace("[@talk]", "[@only]")
    project = it.write(tmp_path, sources=sources, works=works, costs=answered)
    it.made(project)
    places = it.page(project, "sources/only.html").xpath("//ul[contains(@class, 'places')]//a")
    assert [(place.get("href"), place.text_content()) for place in places] == [
        ("../works.html#section-past", "The past"),
        ("../works.html#summary", "Summary"),
        ("../works.html#limits", "Limits"),
        ("../costs.html#source-only", "Sources"),
    ]


def test_lists_say_what_a_reader_chooses_by(project: Project) -> None:
    index = it.page(project, "index.html")
    titles = [it.words(one) for one in index.find_class("card-title")]
    assert titles == ["What comes next?", "Does it work?", "What does it cost?"], "the newest first"
    first = it.words(index.find_class("card")[1])
    for words in ("One of two says that it works.", "14 February 2025", "Always", "Trade", "Rules & law", "PDF"):
        assert words in first
    assert "Draft" in it.words(index.find_class("card")[0])
    assert len(it.page(project, "topics/trade.html").find_class("card")) == 2, "case does not make another topic"
    assert len(it.page(project, "years/2024.html").find_class("card")) == 1


def test_the_index_of_questions_names_who_is_on_record(project: Project) -> None:
    page = it.words(it.page(project, "questions/index.html"))
    assert "Always: Ann Example 1 gap: Ben Sample" in page


def test_corrections_are_listed(project: Project) -> None:
    assert "20 February 2025 Correction Does it work? A date was wrong." in it.words(
        it.page(project, "corrections.html").find_class("log")[0]
    )


def test_programs_get_published_briefs_only(project: Project) -> None:
    out = project.output
    index = json.loads((out / "index.json").read_text("utf-8"))
    assert [one["slug"] for one in index["briefs"]] == ["works", "costs"]
    assert index["briefs"][1]["url"] == "https://example.org/2024/costs.html"
    assert "draft" not in (out / "sitemap.xml").read_text("utf-8")
    assert "What comes next" not in (out / "llms.txt").read_text("utf-8")
    feed = etree.parse(str(out / "feed.xml"))
    assert feed.xpath("//a:entry/a:updated/text()", namespaces={"a": "http://www.w3.org/2005/Atom"}) == [
        "2025-02-20T00:00:00Z",
        "2024-12-01T00:00:00Z",
    ], "a correction is a change"
    assert (
        feed.xpath("//a:published/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})[0] == "2025-02-14T00:00:00Z"
    )
    sitemap = (out / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/works.html</loc><lastmod>2025-02-20</lastmod>" in sitemap
    assert etree.parse(str(out / "experts/ben.xml")).xpath("count(//*[local-name()='entry'])") == 2
    assert "Sitemap: https://example.org/sitemap.xml" in (out / "robots.txt").read_text("utf-8")


def test_programs_hear_nothing_of_experts_and_topics_that_only_drafts_have(tmp_path: Path) -> None:
    draft = it.DRAFT.replace("experts: [ben]", "topics: [Secret plans]\nexperts: [ben, cleo]").replace(
        "positions: {", "positions: {cleo: {gap: no-position-found, searched: three reports, until: 2025-02-01}, "
    )
    project = it.write(tmp_path, costs=it.COSTS, draft=draft)
    it.made(project)
    assert {"topics/secret-plans.html", "experts/cleo.html"} <= it.files(project), "readers of the drafts find them"
    for path in it.files(project):
        if path.endswith((".xml", ".txt")) or path == "index.json":
            text = (project.output / path).read_text("utf-8").lower()
            assert not [word for word in ("secret", "cleo", "comes next") if word in text + path], path
    assert it.page(project, "experts/cleo.html").xpath("//link[@rel='alternate']") == []


def test_search_engines_leave_out_pages_that_are_about_drafts_only(tmp_path: Path) -> None:
    draft = it.DRAFT.replace("experts: [ben]", "topics: [Trade, Secret plans]\nexperts: [ben, cleo]").replace(
        "positions: {", "positions: {cleo: {stance: Less, says: Less of it., cite: '@press'}, "
    )
    project = it.write(tmp_path, costs=it.COSTS.replace("@press", "@talk"), draft=draft)
    it.made(project)

    def left_out() -> set[str]:
        pages = [path for path in it.files(project) if path.endswith(".html")]
        return {
            path for path in pages if it.page(project, path).xpath("//meta[@name='robots']/@content") == ["noindex"]
        }

    about_drafts = {
        "draft.html",
        "related/draft.html",
        "topics/secret-plans.html",
        "experts/cleo.html",
        "sources/press.html",
    }
    assert {path for path in left_out() if not path.startswith("embed/")} == about_drafts | {"years/2025.html"}
    (tmp_path / "briefs/costs.yaml").unlink()
    it.made(project)
    assert {
        "index.html",
        "questions/index.html",
        "topics/trade.html",
        "experts/ben.html",
        "sources/talk.html",
    } <= left_out()


def test_what_a_draft_says_of_its_next_edition_is_not_in_the_log(tmp_path: Path) -> None:
    again = it.WORKS.replace("edition: 1", "edition: 2\nupdates: New words.").replace(
        "status: published", "status: draft"
    )
    project = it.write(tmp_path, works=again, costs=it.COSTS)
    it.made(project)
    assert "Does it work?" not in it.words(it.page(project, "corrections.html"))


def test_no_program_reads_a_cell_or_a_part_of_it_as_a_formula(tmp_path: Path) -> None:
    """Some programs read signs of full width as formulas, and some take a semicolon as the end of a cell."""
    said = {"=1+1 is what it costs.": "＝1+1 is it.", "It does not.": "It is;=1+1, that is =2; -1 is not."}
    costs = it.COSTS.replace("title:", "language: ja\ntitle:")
    for before, now in said.items():
        costs = costs.replace(before, f'"{now}"')
    project = it.write(tmp_path, costs=costs, house="name: Example Desk\nlanguage: ja\n")
    it.made(project)
    rows = list(csv.DictReader((project.output / "data/costs.csv").read_text("utf-8").splitlines()))
    assert [row["paraphrase"] for row in rows] == ["'＝1+1 is it.", "It is;'=1+1, that is =2; -1 is not."]


def test_a_brief_can_be_had_as_data(project: Project) -> None:
    page = it.page(project, "2024/costs.html")
    assert page.xpath("//a[@type='application/json' or @type='text/csv']/@href") == [
        "../data/costs.json",
        "../data/costs.csv",
    ]
    data = json.loads((project.output / "data/works.json").read_text("utf-8"))
    kinds = [(one["expert"], one["kind"]) for one in data["statements"]]
    assert kinds == [("ann", "position"), ("ann", "earlier"), ("ben", "gap"), ("cleo", "voice")]
    assert data["statements"][2]["reason"] == "no-position-found"
    assert data["brief"]["url"] == "https://example.org/works.html"
    rows = list(csv.DictReader((project.output / "data/costs.csv").read_text("utf-8").splitlines()))
    assert [(row["expert"], row["stance"]) for row in rows] == [("Ann Example", "Sometimes"), ("Ben Sample", "Never")]
    assert rows[0]["paraphrase"] == "'=1+1 is what it costs.", "a spreadsheet computes nothing"


def test_a_brief_leads_to_the_pages_around_it_and_its_pdf_does_not(project: Project) -> None:
    page = it.page(project, "2024/costs.html")
    assert page.xpath("//nav[contains(@class, 'around')]//a/@href")[:3] == [
        "../index.html",
        "../search.html",
        "../topics/trade.html",
    ]
    assert page.xpath("//a[@href='../experts/ann.html']")


def test_pages_hold_no_code_and_ask_nobody(project: Project) -> None:
    for path in sorted(it.files(project)):
        if path.endswith(".html") and not path.startswith(("works", "2024/", "draft")):
            page = it.page(project, path)
            assert not page.xpath("//script[not(@type='application/ld+json' or @src)] | //style | //@style | //img"), (
                path
            )
            assert not [
                one for one in page.xpath("//link/@href") if one.startswith("http") and "example.org" not in one
            ]


POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"


def opened(browser: Browser, project: Project, path: str, **options: Any) -> tuple[Page, list[str]]:
    """A page as a host with the strictest policy serves it, and what the browser complains of."""
    page = browser.new_page(**options)
    page.set_default_timeout(120_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def serve(route: Route) -> None:
        file = project.output / route.request.url.partition("?")[0].removeprefix("https://site.test/")
        if file.is_file():
            route.fulfill(
                path=file,
                headers={"Content-Security-Policy": POLICY, "Content-Type": mimetypes.guess_type(file)[0] or ""},
            )
        else:
            route.fulfill(status=404)

    page.route("https://site.test/**", serve)
    page.goto(f"https://site.test/{path}")
    return page, complaints


def test_a_search_finds_words_in_what_was_said_under_a_strict_policy(project: Project, browser: Browser) -> None:
    page, complaints = opened(browser, project, "search.html")
    page.keyboard.press("Tab")
    page.fill("#search-words", "HÓLDS works")
    page.wait_for_selector("#search-results mark")
    assert [link.inner_text() for link in page.query_selector_all("#search-results a")] == [
        "Ann Example: Does it work?"
    ]
    assert "It works & it holds." in page.inner_text("#search-results")
    assert page.inner_text("#search-status") == "Found: 1"
    assert page.url.endswith("?q=H%C3%93LDS+works")
    page.fill("#search-words", "example")
    page.wait_for_selector("#search-status:has-text('Found')")
    experts = [link.get_attribute("href") for link in page.query_selector_all("h2:has-text('Experts') + ul a")]
    assert experts == ["experts/ann.html"], "in two briefs, and found once"
    page.fill("#search-words", "next")
    page.wait_for_selector("#search-status:has-text('no results')")
    assert complaints == [], "drafts are not found, and nothing is refused"
    page.close()


def test_without_a_script_the_search_leads_to_the_lists(project: Project, browser: Browser) -> None:
    page, _ = opened(browser, project, "search.html", java_script_enabled=False)
    assert not page.is_visible("#search-form")
    assert page.is_visible("main a[href='questions/index.html']")
    page.close()


@pytest.mark.parametrize(
    "path", ["index.html", "experts/ann.html", "sources/talk.html", "questions/index.html", "search.html"]
)
def test_nothing_is_wider_than_a_narrow_window(project: Project, browser: Browser, path: str) -> None:
    page, complaints = opened(browser, project, path, viewport={"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert complaints == []
    page.close()


def around(folder: Path, project: Project) -> Project:
    """The site alone, made in another folder from the extracts of a project that was built."""
    from generator.pipeline.brief_steps import is_problem
    from generator.site.site_build import build_site

    again = Project(folder)
    shutil.copytree(project.briefs, again.briefs, dirs_exist_ok=True)
    shutil.copytree(project.store / "site", again.store / "site", dirs_exist_ok=True)
    extracts = {f".brief/site/{path.name}": "any" for path in (again.store / "site").iterdir()}
    build_site(again, extracts=extracts, code="another run", is_note=is_problem, pictures=False)
    return again


def test_the_same_briefs_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    again = around(tmp_path, project)
    pages = {path for path in it.files(again) if path.endswith((".html", ".xml", ".json", ".txt"))}
    assert {
        path for path in pages if (again.output / path).read_bytes() != (project.output / path).read_bytes()
    } == set()
    assert "experts/ann.html" in pages


def in_language(language: str, project: Project, folder: Path, more: str = "") -> Project:
    """The site around the same briefs for a house style in another language; its briefs are not built again."""
    copied = Project(folder / language)
    shutil.copytree(project.briefs, copied.briefs)
    it.write(copied.folder, house=f"name: Example Desk\nlanguage: {language}\n{more}")
    site = Project(folder / f"{language}-site")
    shutil.copytree(project.store / "site", copied.store / "site")
    return around(site.folder, copied)


def test_a_change_of_stance_points_where_the_page_runs(project: Project, tmp_path: Path) -> None:
    for language, arrow in (("en-GB", "→"), ("ar", "←")):
        (change,) = it.page(in_language(language, project, tmp_path), "experts/ann.html").find_class("change")
        assert f") {arrow} Sometimes" in it.words(change).replace("( ", "("), language
        assert {step.tag for step in change.find_class("step")} == {"bdi"}, "a date after it is not drawn into it"


def test_signs_in_the_address_of_the_site_are_escaped_in_every_link(project: Project, tmp_path: Path) -> None:
    site = in_language("en-GB", project, tmp_path, "site: https://example.org/a&b'c/\n")
    text = (site.output / "404.html").read_text("utf-8")
    assert set(re.findall(r"/a&[^/]*", text)) == {"/a&amp;b&#39;c"}


def test_a_source_is_dated_in_the_language_of_the_site_next_to_its_author(tmp_path: Path) -> None:
    sources = it.SOURCES.replace(
        "title: A talk,", "title: A talk, author: [{family: Example, given: Ann}], publisher: Desk,"
    )
    brief = it.COSTS.replace("title:", "language: en-GB\ntitle:")
    project = it.write(tmp_path, house="name: Example Desk\nlanguage: ar\n", sources=sources, costs=brief)
    it.made(project)
    (line,) = it.page(project, "sources/talk.html").find_class("subtitle")
    assert it.words(line).endswith("2 مايو 2024")
    assert [it.words(part) for part in line.xpath("bdi")] == ["Ann Example", "Desk"], (
        "a date next to them stays in order"
    )


GAP = """(() => {
  const words = document.createRange(), head = document.querySelector(".question > h3");
  words.selectNodeContents(head);
  const [question, answers] = [words.getBoundingClientRect(), head.nextElementSibling.getBoundingClientRect()];
  return Math.max(question.left - answers.right, answers.left - question.right);
})()"""


@pytest.mark.parametrize("language", ["en-GB", "ar"])
def test_a_question_does_not_touch_what_was_said_whichever_way_it_runs(
    project: Project, browser: Browser, tmp_path: Path, language: str
) -> None:
    site = in_language(language, project, tmp_path)
    window, _ = opened(browser, site, "experts/ann.html", viewport={"width": 1280, "height": 900})
    assert window.evaluate(GAP) >= 16


def test_a_published_brief_has_a_picture_for_where_it_is_shared(tmp_path: Path) -> None:
    project = it.write(tmp_path, works=it.WORKS, draft=it.DRAFT)
    it.made(project)
    folder = project.output / "assets/shared"
    assert [path.name for path in folder.iterdir()] == ["works.png"], "a draft has none"
    drawn = (folder / "works.png").read_bytes()
    with Image.open(BytesIO(drawn)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
        colours = {colour for _, colour in image.convert("RGB").getcolors()}
    assert {(0x12, 0x28, 0x4A), (255, 255, 255)} <= colours
    head = it.page(project, "works.html").xpath("//head")[0]
    assert head.xpath("meta[@property='og:image']/@content") == ["https://example.org/assets/shared/works.png"]
    assert head.xpath("meta[@property='og:image:alt']/@content") == ["Does it work? – One of two says that it works."]
    assert not it.page(project, "draft.html").xpath("//meta[@property='og:image']")

    (folder / "works.png").unlink()
    assert it.built(it.made(project)) == {"assets/shared/works.png"}
    assert (folder / "works.png").read_bytes() == drawn, "the same bytes each time"


def test_links_leave_out_the_ending_of_pages_where_the_house_style_says_so(tmp_path: Path) -> None:
    project = it.write(
        tmp_path,
        house=it.HOUSE.replace("example.org/", "example.org/briefs/") + "addresses: pretty\n",
        works=it.WORKS,
        folder_costs=it.COSTS + 'summary: "See [the other](brief:works#works) [@talk]."\n',
    )
    it.made(project)
    files = {path.relative_to(project.output).as_posix() for path in project.output.rglob("*.html")}
    for path in sorted(files):
        page = it.page(project, path)
        for address in page.xpath("//a/@href[not(starts-with(., '#'))] | //link/@href | //form/@action"):
            target = urldefrag(urljoin(f"https://example.org/briefs/{path}", address))[0].partition("?")[0]
            if target.startswith("https://example.org/briefs/"):
                assert ".html" not in target, (path, address)
                name = target.removeprefix("https://example.org/briefs/")
                there = f"{name}index.html" if name.endswith("/") or not name else name
                assert (project.output / there).is_file() or f"{there}.html" in files, (path, address)
    assert it.page(project, "works.html").xpath("//link[@rel='canonical']/@href") == [
        "https://example.org/briefs/works"
    ]
    ways = ("", "topics/", "experts/", "questions/", "sources/", "search")
    assert it.page(project, "404.html").xpath("//main//a/@href") == [f"/briefs/{way}" for way in ways]
    sitemap = (project.output / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/briefs/</loc>" in sitemap
    assert "<loc>https://example.org/briefs/folder/costs</loc>" in sitemap
    assert ".html" not in sitemap + (project.output / "feed.xml").read_text("utf-8")


def test_editions_that_are_kept_stay_at_their_addresses(tmp_path: Path) -> None:
    kept = tmp_path / "briefs/editions/works-1.pdf"
    kept.parent.mkdir(parents=True)
    project = it.write(tmp_path, works=it.WORKS)
    first = edition_pdfs(project, ["works"])[0]["works"]
    kept.write_bytes(first)
    it.write(tmp_path, works=it.WORKS.replace("edition: 1", "edition: 2\nupdates: It is new [@talk]."))
    it.made(project)
    published = project.output / "editions/works-1.pdf"
    assert [path.name for path in published.parent.iterdir()] == ["works-1.pdf"]
    assert published.read_bytes() == first != (project.output / "works.pdf").read_bytes()
    page = it.page(project, "works.html")
    assert page.xpath("//link[@rel='predecessor-version']/@href") == ["editions/works-1.pdf"]
    assert page.xpath("//link[@rel='latest-version']/@href") == ["https://example.org/works.html"]
    assert page.xpath("//nav//a[contains(@href, 'editions/')]/text()") == ["Edition 1 · PDF"]

    kept.write_bytes(b"notes")
    assert not publish(project, None).ok
    assert published.read_bytes() == first, "what is not an edition is not published, and the last good file stays"

    kept.unlink()
    it.made(project)
    assert not published.exists()
    assert not it.page(project, "works.html").xpath("//a[contains(@href, 'editions/')]")
