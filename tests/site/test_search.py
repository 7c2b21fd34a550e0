"""The search: forms of words, languages and scripts, by keyboard, from a host with a strict policy and from the disk."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page

from generator.project import Project
from generator.site.extracts.extract_file import ExtractHead
from generator.site.site_plan import plan
from tests.site import site_project as it
from tests.site.test_site_pages import opened

BRIEF = """
language: {language}
title: {title}
answer: "{answer} [@talk]."
date: 2025-02-14
status: published
selection: "{title}"
experts: [ann]
questions:
  - {{id: q, ask: "{title}", scale: ["1", "2"], positions: {{ann: {{stance: "1", says: "{answer}", cite: "@talk"}}}}}}
"""
TEXTS = {
    "ferry": ("en", "Should ferries run?", "New controls slow the café's boats"),
    "faehre": ("de", "Fahren die Fähren?", "Die Preise der großen Häuser steigen"),
    "jisr": ("ar", "هل تعمل الضوابط؟", "يرى الخبراء أن الضوابط تبطئ التقدم"),
    "guanzhi": ("zh", "芯片出口管制有效吗", "专家认为管制作用不大"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    briefs = {name: BRIEF.format(language=tag, title=title, answer=said) for name, (tag, title, said) in TEXTS.items()}
    many = "\n".join(f"  - {{id: f{n}, claim: Harbour {n}., cite: '@talk', review_by: 2040-01-01}}" for n in range(15))
    briefs["ferry"] += f"facts:\n{many}\n"
    long = " ".join(["quaymaster"] * 9 + ["gangway"] + ["quaymaster"] * 30)
    briefs["ferry"] = briefs["ferry"].replace("date: 2025", f"subtitle: {long}\ndate: 2025", 1)
    house = "name: Example Desk\nlanguage: en\n"
    project = it.write(tmp_path_factory.mktemp("search"), house=house, **briefs)
    it.made(project)
    return project


def look(page: Page, words: str) -> list[str]:
    """The words that a search marks, in order, each once; empty where it says that it finds nothing."""
    page.fill("#search-words", words)
    page.wait_for_selector("#search-status:not(:empty), #search-results mark", state="attached")
    return list(dict.fromkeys(mark.inner_text() for mark in page.query_selector_all("#search-results mark")))


def test_forms_of_a_word_find_each_other_in_its_language(project: Project, browser: Browser) -> None:
    page, complaints = opened(browser, project, "search.html?in=")
    look(page, "ferry")
    for language, words, marked in (
        ("en", "control", "controls"),
        ("en", "ferry slowing", "slow"),
        ("en", "CAFE", "café"),
        ("de", "Preisen", "Preise"),
        ("de", "grosse", "großen"),
        ("de", "Fahre", "Fahren"),
        ("ar", "والضوابط", "الضوابط"),
        ("ar", "ضابط خبير", ""),
        ("ar", "خبراء", "الخبراء"),
        ("zh", "芯片管制", "芯片"),
    ):
        page.select_option("#search-language", language)
        found = look(page, words)
        assert marked in found if marked else not found, (words, found)
    assert complaints == []
    page.close()


def test_a_phrase_is_found_as_it_stands_and_other_languages_where_this_one_has_nothing(
    project: Project, browser: Browser
) -> None:
    page, _ = opened(browser, project, "search.html")
    assert look(page, '"new controls"') == ["New controls"]
    assert page.input_value("#search-language") == "en", "the language of the page"
    assert look(page, '"controls new"') == []
    assert "Häuser" in look(page, "Häuser"), "found in another language"
    row = page.query_selector("#search-results li")
    assert row is not None
    assert row.get_attribute("lang") == "de"
    page.close()


def test_statements_are_loaded_after_the_first_word_and_an_expert_is_found_once_in_each_language(
    project: Project, browser: Browser
) -> None:
    page, _ = opened(browser, project, "search.html?in=de")
    page.wait_for_selector("#search-language option[value=de]", state="attached")
    page.wait_for_selector("script[src*='heads-de']", state="attached")
    page.wait_for_load_state("networkidle")
    assert page.query_selector_all("script[src*='texts-']") == []
    for language in ("de", "en", ""):
        page.select_option("#search-language", language)
        page.fill("#search-words", "Ann Example")
        page.wait_for_selector("#found-expert")
        experts = page.query_selector_all("section:has(#found-expert) li a")
        assert [one.get_attribute("href") for one in experts] == ["experts/ann.html"], language
        page.fill("#search-words", "")
    assert page.query_selector_all("script[src*='texts-']")
    page.close()


def test_a_result_runs_in_the_direction_of_its_brief_whoever_it_names(project: Project, browser: Browser) -> None:
    page, _ = opened(browser, project, "search.html?in=ar&q=Ann")
    page.wait_for_selector("#found-position")
    rows = page.query_selector_all("#search-results li")
    assert {row.get_attribute("dir") for row in rows} == {"rtl"}
    assert {row.get_attribute("lang") for row in rows} == {"ar"}
    page.close()


def test_the_page_loads_the_titles_in_its_own_language_together_with_the_script(
    project: Project, browser: Browser
) -> None:
    scripts = it.page(project, "search.html").xpath("//script[contains(@src, 'assets/search/')]/@src")
    assert scripts == ["assets/search/index.js", "assets/search/heads-en-0.js"]
    page, _ = opened(browser, project, "search.html?q=ferries")
    page.wait_for_selector("#search-results mark")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(one => one.name)")
    assert len([name for name in loaded if "heads-en-0" in name]) == 1
    page.close()


def test_a_long_text_is_cut_between_words(project: Project, browser: Browser) -> None:
    page, _ = opened(browser, project, "search.html?in=en")
    look(page, "gangway")
    shown = page.inner_text("#found-brief ~ ul p")
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert set(shown.strip("… ").split()) <= {"gangway", "quaymaster"}
    page.close()


def test_results_are_reached_by_keyboard_and_long_groups_are_opened(project: Project, browser: Browser) -> None:
    page, _ = opened(browser, project, "search.html")
    look(page, "harbour")
    page.wait_for_selector("#search-results li:nth-child(12)")
    assert len(page.query_selector_all("#search-results li")) == 12
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY", "no key by itself is a command (WCAG 2.1.4)"
    page.focus("#search-words")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Harbour 1."
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.click("#search-results button")
    assert len(page.query_selector_all("#search-results li")) == 15
    assert page.evaluate("document.activeElement.textContent") == "Harbour 12."
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search-words"
    page.close()


def test_it_works_on_pages_that_are_opened_from_the_disk(project: Project, browser: Browser) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto((project.output / "search.html").as_uri())
    assert look(page, "ferries") == ["ferries"]
    assert complaints == []
    page.close()


def test_the_index_is_divided_by_language(project: Project) -> None:
    folder = project.output / "assets/search"
    assert {path.name for path in folder.iterdir()} == {
        "index.js",
        *(f"{part}-{tag}-0.js" for part in ("heads", "texts") for tag in ("ar", "de", "en", "zh")),
    }
    text = (folder / "heads-de-0.js").read_text("utf-8")
    assert text.startswith('briefSearch("heads-de-0",')
    (brief,) = json.loads(text.removeprefix('briefSearch("heads-de-0",').removesuffix(");\n"))["briefs"]
    language, direction, documents = brief
    assert (language, direction) == ("de", "ltr")
    assert [kind for kind, *_ in documents] == ["brief", "question", "expert"]


def test_a_new_brief_moves_no_other_to_another_file() -> None:
    def files(count: int) -> list[object]:
        heads = [
            ExtractHead(f"b{n}", f"b{n}", "2025", "published", "en", (), (), (), 0, False, False, f"b{n}", (), ())
            for n in range(count)
        ]
        return [one.values for one in plan(heads) if one.kind == "shard" and one.values[1] == "texts"]

    before, after = files(120), files(121)
    assert len(before) == len(after) == 4
    assert sum(old != new for old, new in zip(before, after, strict=True)) == 1
