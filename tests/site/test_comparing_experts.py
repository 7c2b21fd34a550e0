"""Experts side by side over all briefs: which questions they share, what is counted, and what remains without the script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.project import Project
from generator.site.extracts import expert_entries
from tests.site import site_project as it
from tests.site.browsing import HOST, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ALONE = """
title: Is it safe?
date: 2023-02-14
status: published
selection: She was asked.
experts: [ann]
questions:
  - id: safe
    ask: Is it safe?
    scale: ["No", "Yes"]
    positions: {ann: {stance: "Yes", says: It is safe., cite: "@talk"}}
"""
TOLL = """
title: Who should pay?
date: 2023-03-14
status: published
selection: Both were asked.
experts: [ben, cleo]
questions:
  - id: pays
    ask: Who should pay?
    scale: [Drivers, Everybody]
    positions:
      ben: {stance: Everybody, says: All of us should., cite: "@press"}
      cleo: {gap: declined, until: 2023-02-01}
"""
ANN_AND_BEN = "experts/compare.html?experts=ann&experts=ben"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project in which the pages of Ann and Ben are divided, so that what they share is on archive pages too."""
    briefs = {"works": it.WORKS, "costs": it.COSTS, "alone": ALONE, "toll": TOLL}
    made = it.write(tmp_path_factory.mktemp("site"), **briefs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(expert_entries, "ENTRIES_A_PAGE", 1)
        it.made(made)
    assert {"experts/ann.2.html", "experts/ben.2.html"} <= it.files(made)
    return made


def columns(window: Page) -> list[list[str]]:
    """The words of each column, by question."""
    window.wait_for_selector("#compared .question")
    return [
        [" ".join(column.inner_text().split()) for column in question.locator(".compared-columns > div").all()]
        for question in window.locator("#compared .question").all()
    ]


@pytest.mark.parametrize("width", [320, 1280])
def test_two_experts_are_side_by_side_on_each_shared_question(project: Project, browser: Browser, width: int) -> None:
    with opened(browser, project.output, ANN_AND_BEN, viewport={"width": width, "height": 800}) as (window, complaints):
        ((ann, ben),) = columns(window)
        assert "Sometimes" in ann and "Always" in ann and "Changed: Never" in ann
        assert "In: What does it cost?" in ann and "In: Does it work?" in ann
        assert "Never It does not." in ben and "No position found (three reports)" in ben
        status = window.locator("#compare-status").inner_text()
        assert "Shared questions: 1" in status
        assert "Asked only of one of them: Ann Example 1 · Ben Sample 1" in status
        boxes = [one.bounding_box() for one in window.locator(".compared-columns > div").all()]
        assert (boxes[0]["y"] == boxes[1]["y"]) == (width == 1280)
        assert window.evaluate("document.documentElement.scrollWidth") == width
        window.click("#compared a[href$='works.html#works-ann'] >> nth=0")
        assert window.url == f"{HOST}works.html#works-ann"
        assert complaints == []


def test_an_expert_is_added_and_removed_by_keyboard(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "experts/ben.html") as (window, complaints):
        window.focus(".to-compare a")
        window.keyboard.press("Enter")
        window.wait_for_selector("#compare-form:not([hidden])")
        assert window.locator("#compare-add option").all_inner_texts() == ["Ann Example (1)", "Cleo Third (1)"]
        window.focus("#compare-add")
        window.keyboard.type("Cleo")
        window.keyboard.press("Tab")
        window.keyboard.press("Enter")
        window.wait_for_url("**/compare.html?experts=ben&experts=cleo")
        ((ben, cleo),) = columns(window)
        assert "All of us should." in ben and "Declined to answer" in cleo
        window.keyboard.press("Tab")
        window.focus("#compare-chosen li:first-child a:last-of-type")
        window.keyboard.press("Enter")
        window.wait_for_url("**/compare.html?experts=cleo")
        window.go_back()
        assert len(columns(window)) == 1
        assert complaints == []


def test_an_expert_who_was_not_asked_is_said_not_to_have_been(project: Project, browser: Browser) -> None:
    address = "experts/compare.html?experts=ann,ben,cleo,nobody"
    with opened(browser, project.output, address) as (window, _):
        assert sorted(row[2].partition(" Third ")[2].partition(" In")[0] for row in columns(window)) == [
            "Declined to answer",
            "Not asked",
        ]


def test_without_javascript_each_question_of_an_expert_names_the_others(project: Project, browser: Browser) -> None:
    (others,) = it.page(project, "experts/ben.2.html").find_class("others")
    assert it.words(others) == "Others on this question: Cleo Third (declined to answer)"
    (others,) = it.page(project, "experts/ben.html").find_class("others")
    assert it.words(others) == "Others on this question: Ann Example (Always)", "as in the newest brief"
    assert others.xpath(".//a/@href") == ["../works.html#works-ann"]
    with opened(browser, project.output, ANN_AND_BEN, java_script_enabled=False) as (window, _):
        assert window.locator("#compare-form").is_hidden()
        assert window.locator("#compare-else a").all_inner_texts() == ["Ann Example", "Ben Sample", "Cleo Third"]


def test_nobody_is_told_to_switch_on_what_works(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "experts/compare.html") as (window, _):
        assert window.locator("#compare-form").is_visible()
        assert window.locator("#compare-else > p").is_hidden()
        assert window.locator("#compare-else a").first.is_visible()
    with opened(browser, project.output, "experts/compare.html", java_script_enabled=False) as (window, _):
        assert window.locator("#compare-else > p").is_visible()


def test_a_page_that_cannot_be_read_is_said_and_nothing_is_shown(project: Project, browser: Browser) -> None:
    with opened(browser, project.output, "experts/compare.html") as (window, _):
        window.route("**/ben.2.html", lambda route: route.fulfill(status=200, body="<h1>Please log in</h1>"))
        window.goto(HOST + ANN_AND_BEN)
        window.locator(
            "#compare-status", has_text="JavaScript"
        ).wait_for()  # the policy of the page allows no `wait_for_function`
        assert "The comparison needs JavaScript and a web server." in window.locator("#compare-status").inner_text()
        assert window.locator("#compare-else").is_visible()
        assert window.locator("#compared").inner_text() == ""
