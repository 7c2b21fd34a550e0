"""What readers do with the page of a brief: by keyboard, at four widths, in all looks, from right to left, and without scripts."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from tests.site import site_project as it
from tests.site.browsing import HOST, NARROW, WIDE, WIDTHS, opened

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from generator.project import Project

HOUSE = "name: Example Desk\nlanguage: en-GB\nsite: https://site.test/\ncolours: {deep: '#12284a', accent: '#a03d17'}\n"
EXPERTS = "\n".join(
    f"{who.lower()}: {{name: {who} Sample, family: Sample, affiliation_note: affiliation not given in the source}}"
    for who in ("Ann", "Ben", "Cleo", "Dan", "Eve", "Fay")
)
SOURCES = "references:\n  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}\n"
HEAD = """
title: Does it work?
answer: They disagree [@talk].
date: 2025-02-14
status: published
selection: All were asked.
summary: There are two views of it [@talk, p. 1].
facts:
  - id: cost
    claim: The cost is disputed.
    cite: "@talk"
    figures:
      - {amount: 9.5 million, unit: million florins, by: An institute, cite: "@talk"}
      - {amount: 22 million, unit: million florins, by: A guild, cite: "@talk"}
  - {id: two, claim: There are two of them., cite: "@talk, p. 2"}
"""
STANCES = {"fay": "Sometimes", "ann": "Always", "eve": "Never", "ben": "Never", "dan": "Sometimes", "cleo": "Always"}
"""In the order of the brief."""


def fact_file(experts: int, head: str = HEAD, design: str = "briefing") -> str:
    chosen = list(STANCES)[:experts]
    cells = "\n".join(
        f'      {who}: {{stance: {STANCES[who]}, says: So says {who}., cite: "@talk, p. 3"}}' for who in chosen
    )
    return (
        f"preset: {design}\norder: as-given\norder_reason: the order of their talks\nexperts: [{', '.join(chosen)}]{head}"
        f"questions:\n  - id: works\n    ask: Does it work?\n    scale: [Never, Sometimes, Always]\n    positions:\n{cells}\n"
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    found = it.write(
        tmp_path_factory.mktemp("read"),
        house=HOUSE,
        experts=EXPERTS,
        sources=SOURCES,
        works=fact_file(3),
        many=fact_file(6, design="four-column"),
        wide=fact_file(6),
        arabic=f"language: ar\n{fact_file(3)}",
    )
    it.made(found)
    return found


def shown(window: Page) -> list[str]:
    """The ids of the experts whose cells are to be seen, in their order."""
    return [
        cell.get_attribute("data-expert") or ""
        for cell in window.query_selector_all(".matrix td[id]")
        if cell.is_visible()
    ]


def colour(window: Page) -> Any:
    return window.evaluate("getComputedStyle(document.body).backgroundColor")


PAGES = ("works", "many", "arabic", "index", "embed/works/positions", "embed/works/strip-works")
MOVED = """() => new Promise(done => {
  const tell = list => done(list.getEntries().map(one => one.value));
  new PerformanceObserver(tell).observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done([])));
})"""


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_refused_or_wider_than_the_window(project: Project, browser: Browser, name: str) -> None:
    with opened(browser, project.output, f"{name}.html") as (window, complaints):
        for width in WIDTHS:
            window.set_viewport_size({"width": width, "height": 900})
            assert window.evaluate("document.documentElement.scrollWidth") == width
        assert complaints == []
    assert not it.page(project, f"{name}.html").xpath("//@style | //style | //script[not(@src or @type)]")


@pytest.mark.parametrize(("name", "width"), [*(("works", width) for width in WIDTHS), ("many", NARROW)])
def test_scripts_move_nothing(project: Project, browser: Browser, name: str, width: int) -> None:
    """Fonts are left out: they come late, whatever scripts do."""
    with opened(browser, project.output, "404.html", viewport={"width": width, "height": 900}) as (window, _):
        window.route("**/fonts/*", lambda route: route.abort())
        window.goto(f"{HOST}{name}.html")
        assert window.is_visible("#column-choice")
        assert window.evaluate(MOVED) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_experts_are_chosen_and_ordered_by_keyboard(project: Project, browser: Browser, width: int) -> None:
    with opened(browser, project.output, "works.html", viewport={"width": width, "height": 900}) as (
        window,
        complaints,
    ):
        assert shown(window) == ["fay", "ann", "eve"]
        window.focus("#column-choice input")
        window.keyboard.press("Space")
        assert shown(window) == ["ann", "eve"]
        assert window.inner_text("#columns-shown") == "Experts shown: 2 of 3"
        assert window.url.endswith("works.html?experts=ann,eve")
        window.reload()
        assert shown(window) == ["ann", "eve"]
        window.focus("[data-choose=all]")
        window.keyboard.press("Enter")
        window.keyboard.press("Tab")
        window.keyboard.press("Tab")
        window.keyboard.press("ArrowDown")
        assert shown(window) == ["ann", "eve", "fay"], "by name"
        window.keyboard.press("ArrowDown")
        assert shown(window) == ["eve", "fay", "ann"], "by stance"
        assert window.url.endswith("?order=stance")
        window.focus("[data-choose=none]")
        window.keyboard.press("Enter")
        assert shown(window) == []
        assert complaints == []


def test_experts_of_several_tables_stand_side_by_side(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "many.html?experts=fay,cleo", viewport={"width": 1280, "height": 900}) as (
        window,
        _,
    ):
        tables = [table for table in window.query_selector_all("table.matrix") if table.is_visible()]
        assert len(tables) == 1
        assert [head.inner_text() for head in tables[0].query_selector_all(".heads .name")] == [
            "Fay Sample",
            "Cleo Sample",
        ]
        rows = [
            [cell.inner_text().split("\n")[-1].strip().rstrip("0123456789") for cell in row.query_selector_all("td")]
            for row in tables[0].query_selector_all("tbody tr")
        ]
        assert rows[:2] == [["Sometimes", "Always"], ["So says fay.", "So says cleo."]]
        window.click("[data-choose=all]")
        assert shown(window) == ["fay", "ann", "eve", "ben", "dan", "cleo"]
        assert [
            len(table.query_selector_all(".heads .name")) for table in window.query_selector_all("table.matrix")
        ] == [3, 3]
        assert window.query_selector_all("[data-lent]") == []


def test_a_link_to_an_expert_who_is_not_shown_shows_the_expert(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "works.html?experts=ann") as (window, _):
        window.click(".strip a[href='#works-eve']")
        window.wait_for_selector("#works-eve")
        assert shown(window) == ["ann", "eve"]


@pytest.mark.parametrize("address", ["?experts=nobody", "?experts=", "?experts=%3Cimg%20src%3Dx%3E&order=%22%3E"])
def test_an_address_that_names_nobody_hides_nobody(project: Project, browser: Browser, address: str) -> None:
    with opened(browser, project.output, f"works.html{address}") as (window, complaints):
        assert shown(window) == ["fay", "ann", "eve"]
        assert complaints == []


def test_an_address_that_is_cut_in_a_letter_takes_no_feature_away(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "works.html#works-%D9%85-%D9") as (window, complaints):
        window.wait_for_selector(".scripted.ready")
        assert complaints == []


@pytest.mark.parametrize(("name", "width"), [*(("works", width) for width in WIDTHS), ("arabic", WIDTHS[0])])
def test_addresses_and_words_are_copied_by_keyboard(project: Project, browser: Browser, name: str, width: int) -> None:
    with opened(browser, project.output, f"{name}.html", viewport={"width": width, "height": 900}) as (
        window,
        complaints,
    ):
        window.focus("#works-ann .permalink")
        window.keyboard.press("Enter")
        menu = window.query_selector("#copy-menu")
        box = menu.bounding_box() if menu else None
        assert box
        assert 0 <= box["x"] <= width - box["width"]
        window.keyboard.press("Enter")
        window.wait_for_selector("#copy-menu p:not(:empty)")
        assert window.evaluate("navigator.clipboard.readText()") == f"{HOST}{name}.html#works-ann"
        window.keyboard.press("Tab")
        window.keyboard.press("Enter")
        window.wait_for_selector("#copy-menu p:not(:empty)")
        copied = window.evaluate("navigator.clipboard.readText()").split("\n")
        assert copied[0].startswith("Always So says ann.")
        assert copied[1] == "– Ann Sample"
        assert copied[-1].endswith(f"{name}.html#works-ann")
        window.keyboard.press("Escape")
        assert window.evaluate("document.activeElement.hash") == "#works-ann"
        assert complaints == []


def test_every_fact_question_position_and_quotation_has_an_address(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "works.html") as (window, _):
        hrefs = window.evaluate("[...document.querySelectorAll('.permalink')].map(link => link.hash)")
        assert {"#fact-cost", "#fact-two", "#question-works", "#works-ann", "#works-eve", "#works-fay"} <= set(hrefs)
        assert all(window.query_selector(f"[id='{href[1:]}']") for href in hrefs)
        names = window.evaluate("[...document.querySelectorAll('.permalink')].map(link => link.ariaLabel)")
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("width", [width for width in WIDTHS if width <= 1280])
def test_a_note_opens_in_place_and_closes(project: Project, browser: Browser, width: int) -> None:
    with opened(browser, project.output, "works.html", viewport={"width": width, "height": 900}) as (
        window,
        complaints,
    ):
        window.focus("#fact-two .note-ref a")
        window.keyboard.press("Enter")
        note = window.wait_for_selector("#fact-two .note-here")
        assert note
        assert "A Talk" in note.inner_text()
        assert window.evaluate("document.activeElement.className") == "note-here"
        window.keyboard.press("Escape")
        assert window.query_selector(".note-here") is None
        assert window.evaluate("document.activeElement.getAttribute('role')") == "doc-noteref"
        assert complaints == []


@pytest.mark.parametrize("name", ["works", "arabic", "wide", "many"])
def test_notes_stand_in_the_margin_of_wide_windows(project: Project, browser: Browser, name: str) -> None:
    with opened(browser, project.output, f"{name}.html", viewport={"width": WIDE, "height": 900}) as (window, _):
        window.wait_for_selector(".margin-note")
        boxes = [note.bounding_box() for note in window.query_selector_all(".margin-note")]
        tops = [(box["y"], box["y"] + box["height"]) for box in boxes if box]
        assert len(tops) >= 3
        assert all(before[1] <= after[0] for before, after in pairwise(tops)), "none lies over another"
        mark = window.query_selector("#fact-two .note-ref")
        place = mark.bounding_box() if mark else None
        assert place
        near = min(abs(top - place["y"]) for top, _ in tops)
        assert near < 40
        assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= WIDE for box in boxes)
        contents = window.query_selector(".contents")
        assert contents
        tables = window.locator(".positions").bounding_box()
        assert tables
        assert all(end <= tables["y"] or top >= tables["y"] + tables["height"] for top, end in tops), "tables are free"
        window.evaluate("window.scrollTo({top: 1500, behavior: 'instant'})")
        assert contents.is_visible()
        box = contents.bounding_box()
        assert box
        assert box["y"] >= 0, "it stays in sight"
        assert box["x"] >= tables["x"] + tables["width"] or box["x"] + box["width"] <= tables["x"]


def test_a_chosen_theme_holds_on_every_page_and_against_the_device(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "works.html", color_scheme="light") as (window, complaints):
        light = colour(window)
        window.select_option("#theme", "dark")
        dark = colour(window)
        assert dark != light
        window.goto(f"{HOST}index.html")
        assert colour(window) == dark
        assert window.input_value("#theme") == "dark"
        window.emulate_media(color_scheme="dark")
        window.select_option("#theme", "light")
        assert colour(window) == light
        window.select_option("#theme", "")
        assert colour(window) == dark, "as the device again"
        assert complaints == []


@pytest.mark.parametrize(
    "looks",
    [{"color_scheme": "dark"}, {"color_scheme": "light"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}],
    ids=lambda looks: "-".join(looks.values()),
)
def test_controls_are_there_in_all_looks(project: Project, browser: Browser, looks: dict[str, Any]) -> None:
    with opened(browser, project.output, "works.html", **looks) as (window, complaints):
        assert all(window.is_visible(one) for one in ("#column-choice", "#theme", "#print", "#works-ann .permalink"))
        if "reduced_motion" in looks:
            assert window.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert complaints == []


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_scripts_everything_is_there_and_no_control_is(project: Project, browser: Browser, width: int) -> None:
    options = {"java_script_enabled": False, "viewport": {"width": width, "height": 900}}
    with opened(browser, project.output, "works.html", **options) as (window, complaints):
        assert shown(window) == ["fay", "ann", "eve"]
        hidden = ("#column-choice", "#theme", "#print", "#copy-menu", "[data-copies]")
        assert not [one for one in hidden if window.is_visible(one)]
        assert window.is_visible("#note-1")
        window.click("summary:has-text('RIS')")
        assert "TY  - RPRT" in window.inner_text("#cite-ris")
        window.click("#fact-two .note-ref a")
        assert window.url.endswith("#note-4") or "#note-" in window.url
        assert complaints == []


def test_paper_has_what_is_shown_and_nothing_to_press(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "works.html?experts=ann,eve") as (window, _):
        window.click("#fact-two .note-ref a")
        window.emulate_media(media="print")
        controls = ("#column-choice", "#theme", "#print", ".permalink", ".note-here", ".takeaway", "#copy-menu")
        assert not [one for one in controls if window.is_visible(one)]
        assert window.inner_text("#columns-shown") == "Experts shown: 2 of 3"
        assert window.is_visible("#works-ann")
        assert window.is_visible("#note-1")


@pytest.mark.parametrize("missing", ["theme", "columns", "notes", "permalinks", "unfold"])
def test_what_fails_takes_nothing_else_along(project: Project, browser: Browser, missing: str) -> None:
    with opened(browser, project.output, "index.html") as (window, complaints):
        window.route(f"{HOST}assets/scripts/{missing}.js", lambda route: route.abort())
        window.goto(f"{HOST}works.html")
        assert [one for one in complaints if "ERR_FAILED" not in one] == []
        assert shown(window) == ["fay", "ann", "eve"]
        assert window.is_visible("#column-choice") == (missing != "columns")
        assert window.is_visible("#theme") == (missing != "theme")
        window.focus("#works-ann .permalink")
        window.keyboard.press("Enter")
        assert window.is_visible("#copy-menu") == (missing != "permalinks")


def test_a_frame_on_another_site_shows_a_part_that_leads_to_the_brief(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "works.html") as (window, complaints):
        window.click("summary:has-text('Embed')")
        code = window.inner_text("#embed-1")
        window.click("[data-copies=embed-1]")
        window.wait_for_selector("[data-copies=embed-1] + [role=status]:not(:empty)")
        assert window.evaluate("navigator.clipboard.readText()") == code
        window.route("https://other.test/", lambda route: route.fulfill(body=code, content_type="text/html"))
        window.goto("https://other.test/")
        frame = window.frame_locator("iframe")
        frame.locator("#works-eve").wait_for()
        assert complaints == []
        frame.locator("h1 a").click()
        window.wait_for_url(f"{HOST}works.html")


def test_pages_from_the_disk_work_too(project: Project, browser: Browser) -> None:
    window = browser.new_page()
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text))
    window.goto((project.output / "works.html").as_uri())
    window.uncheck("input[value=fay]")
    assert shown(window) == ["ann", "eve"]
    assert complaints == []
    window.close()


def test_a_page_that_stands_alone_has_no_scripts_and_allows_only_its_own_styles(
    project: Project, browser: Browser, tmp_path: Path
) -> None:
    files = {
        path.stem: path.read_text("utf-8")
        for path in project.briefs.glob("*.yaml")
        if path.stem not in ("many", "wide", "arabic")
    }
    alone = it.write(tmp_path, **files)
    it.made(alone, self_contained=True)
    assert it.files(alone) == {"works.html", "works.pdf"}
    tree = it.page(alone, "works.html")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not tree.xpath("//script[@src] | //@style | //link[@rel='stylesheet']")
    window = browser.new_page()
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text))
    window.goto((alone.output / "works.html").as_uri())
    assert all(window.is_visible(f"#works-{who}") for who in ("fay", "ann", "eve"))
    assert window.evaluate("getComputedStyle(document.querySelector('.track i')).left") != "0px"
    assert complaints == []
    window.close()
