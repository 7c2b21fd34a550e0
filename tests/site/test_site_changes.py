"""What an edit makes of the site: only the pages that show it are made again, and nothing is left of what is gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.engine import TargetStatus
from generator.pipeline.brief_steps import problems_of
from generator.pipeline.publish_brief import publish
from generator.site import site_plan
from generator.site.extracts import expert_entries
from generator.site.extracts.extract_file import ExtractHead
from generator.site.extracts.extract_folder import heads
from tests.site import site_project as it


def test_an_edit_remakes_only_the_pages_that_show_it(tmp_path: Path) -> None:
    project = it.write(tmp_path, works=it.WORKS, costs=it.COSTS)
    it.made(project)
    assert it.built(it.made(project)) == set()

    it.write(tmp_path, works=it.WORKS.replace("One of two says that it works", "One of the two says that it works"))
    answered = it.built(it.made(project))
    lists = {"index.html", "topics/trade.html", "years/2025.html", "index.json", "related/costs.html"}
    feeds = {"feed.xml", "topics/trade.xml", "experts/ann.xml", "experts/ben.xml", "experts/cleo.xml"}
    rules = {path for path in it.files(project) if path.startswith("topics/rules-law")}
    shards = {"assets/search/heads-en-0.js", "data/works.json", "assets/shared/works.png"}
    assert answered == lists | feeds | rules | shards

    words = it.WORKS.replace("One of two says", "One of the two says").replace("It works & it holds.", "It works.")
    it.write(tmp_path, works=words)
    assert it.built(it.made(project)) == {
        "experts/ann.html",
        "assets/search/texts-en-0.js",
        "data/works.json",
    }, "a paraphrase is on the page of its expert, and can be found"

    it.write(tmp_path, works=f"{words}\n# Nobody reads this.\n")
    assert it.built(it.made(project)) == set()


def test_an_edited_brief_remakes_only_the_page_of_a_source_that_shows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_plan, "BRIEFS_A_PAGE", 1)
    project = it.write(tmp_path, works=it.WORKS, costs=it.COSTS)
    it.made(project)
    it.write(tmp_path, costs=it.COSTS.replace("ask: Does it  work?", "ask: Will it work?"))
    remade = {path for path in it.built(it.made(project)) if path.startswith("sources/")}
    assert remade == {"sources/talk.2.html", "sources/press.2.html"}, "the newer brief is on the first page"


def test_a_source_counts_the_passages_of_all_briefs_on_each_of_its_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_plan, "BRIEFS_A_PAGE", 1)
    captures = {"new": (("2024-03-01", 2),), "old": (("2024-05-01", 3),)}
    heads = [
        ExtractHead(
            slug, slug, date, "published", "en", (), (), ("talk",), 0, False, False, slug, (), (), (), captures[slug]
        )
        for slug, date in (("new", "2025"), ("old", "2024"))
    ]
    pages = [one.values[4] for one in site_plan.plan(heads) if one.kind == "source"]
    assert pages == [("new", "2024-05-01", 5)] * 2


ASKED = """
title: Title of {name}
date: 2025-0{month}-01
status: published
selection: She was asked.
experts: [ann]
questions:
"""
QUESTION = """
  - id: {id}
    ask: {ask}
    scale: ["No", "Yes"]
    positions: {{ann: {{stance: "{stance}", says: It is., cite: "{cite}"}}}}
"""


def test_a_long_page_of_an_expert_is_divided_and_an_edit_makes_one_part_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expert_entries, "ENTRIES_A_PAGE", 4)

    def asked(name: str, month: int, again: str = "") -> str:
        own = "".join(QUESTION.format(id=f"q{n}", ask=f"Is {name} {n}?", stance="Yes", cite="@talk") for n in (1, 2))
        same = (
            QUESTION.format(id="again", ask="Is it so?", stance=again, cite="@Talk" if again == "No" else "@talk")
            if again
            else ""
        )
        return ASKED.format(name=name, month=month) + own + same

    briefs = {"first": asked("first", 1, "No"), "second": asked("second", 2), "third": asked("third", 3)}
    project = it.write(tmp_path, **briefs, fourth=asked("fourth", 4, "Yes"))
    it.made(project)
    newest, older, oldest = (it.page(project, f"experts/ann{part}.html") for part in ("", ".3", ".2"))
    shown = [[it.words(one) for one in page.xpath("//h3")] for page in (newest, older, oldest)]
    assert [sorted(page) for page in shown] == [
        ["Is fourth 1?", "Is fourth 2?"],
        ["Is it so?", "Is third 1?", "Is third 2?"],
        ["Is first 1?", "Is first 2?", "Is second 1?", "Is second 2?"],
    ]
    assert "Changed: No (2 May 2022) → Yes (2 May 2024)" in it.words(older)
    assert "10 positions · 9 questions · 4 briefings" in it.words(newest)
    ways = [page.xpath("//nav[@class='pager']//a/@href") for page in (newest, older, oldest)]
    assert ways == [
        ["../experts/ann.3.html"],
        ["../experts/ann.html", "../experts/ann.2.html"],
        ["../experts/ann.3.html"],
    ]

    def remade() -> set[str]:
        return {path for path in it.built(it.made(project)) if path.startswith("experts/") and path.endswith(".html")}

    it.write(tmp_path, second=briefs["second"].replace("Title of", "New title of"))
    assert remade() == {"experts/ann.2.html"}
    it.write(
        tmp_path,
        fifth=ASKED.format(name="fifth", month=5)
        + QUESTION.format(id="q", ask="Is fifth?", stance="Yes", cite="@talk"),
    )
    lists = {"experts/index.html", "experts/compare.html"}
    assert remade() == {"experts/ann.html", *lists}, "archive pages stay as they are"


def test_nothing_is_left_of_a_brief_that_is_gone(tmp_path: Path) -> None:
    project = it.write(tmp_path, works=it.WORKS, costs=it.COSTS)
    it.made(project)
    before = it.files(project)
    (tmp_path / "briefs/works.yaml").unlink()
    report = it.made(project)
    gone = before - it.files(project)
    assert {"works.html", "works.pdf", "experts/cleo.html", "experts/cleo.xml", "years/2025.html"} <= gone
    assert not [
        path for path in it.files(project) if "works.html" in (project.output / path).read_text("utf-8", "replace")
    ]
    assert set(report.removed) == {"works.html", "works.pdf"}


def test_without_a_site_briefs_stand_alone(tmp_path: Path) -> None:
    project = it.write(tmp_path, costs=it.COSTS)
    it.made(project)
    it.made(project, site=False)
    assert it.files(project) == {"costs.html", "costs.pdf"}
    assert not it.page(project, "costs.html").xpath("//nav[contains(@class, 'around')]")
    assert not (project.output / "assets/site").exists()


def test_only_the_fonts_are_made_that_the_pages_are_drawn_with(tmp_path: Path) -> None:
    project = it.write(tmp_path, costs=it.COSTS)
    fonts = project.output / "assets/fonts"

    def sheets() -> set[str]:
        return {path.name for path in fonts.glob("*.css")}

    def linked(path: str) -> set[str]:
        links = it.page(project, path).xpath("//link[@rel='stylesheet']/@href")
        return {link.rpartition("/")[2] for link in links if "/fonts/" in f"/{link}"}

    it.made(project, site=False)
    assert sheets() == linked("costs.html") == {"latin.css"}

    it.write(tmp_path, costs=it.COSTS, experts=it.EXPERTS.replace("Ben Sample", "Бен Зразок"))
    it.made(project)
    assert sheets() == linked("costs.html") == linked("experts/ben.html") == {"latin.css", "cyrl.css"}
    assert linked("about.html") == {"latin.css"}
    assert it.page(project, "experts/ben.html").find_class("script cyrl")[0].text == "Бен Зразок"

    it.write(tmp_path, costs=it.COSTS)
    it.made(project)
    assert sheets() == {"latin.css"}
    assert not list(fonts.glob("*.cyrl.*"))


@pytest.mark.parametrize(
    "kept",
    [
        b"",
        b"[]",
        b"\xff\x00",
        b'{"extracts": "STATE"}',
        b'{"extracts": "STATE", "fonts": null}',
        b'{"extracts": "STATE", "fonts": "latin"}',
        b'{"extracts": "STATE", "fonts": ["../../x"]}',
        b'{"extracts": "STATE", "fonts": [["latin"]]}',
        b'{"extracts": "another", "fonts": []}',
        b"[" * 90_000,
    ],
)
def test_a_changed_list_of_fonts_is_read_from_the_extracts_again(tmp_path: Path, kept: bytes) -> None:
    project = it.write(tmp_path, works=it.WORKS.replace("it holds", "Это так"))
    it.made(project, site=False)
    place = project.store / "site-store/fonts.json"
    whole = place.read_bytes()
    place.write_bytes(kept.replace(b"STATE", json.loads(whole)["extracts"].encode()))
    (project.output / "assets/fonts/cyrl.css").unlink()
    it.made(project, site=False)
    assert place.read_bytes() == whole
    assert (project.output / "assets/fonts/cyrl.css").is_file()


def test_without_an_address_there_are_no_feeds(tmp_path: Path) -> None:
    project = it.write(tmp_path, costs=it.COSTS)
    (tmp_path / "briefs/house.yaml").write_text("name: Beispiel\nlanguage: de\n", "utf-8")
    it.write(tmp_path, costs=f"language: en-GB\n{it.COSTS}", house="name: Beispiel\nlanguage: de\n")
    it.made(project)
    assert not [path for path in it.files(project) if path.endswith(".xml")]
    index = it.page(project, "index.html")
    assert index.get("lang") == "de"
    assert index.find_class("card")[0].get("lang") == "en-GB"
    assert "Fachleute" in it.words(index)
    assert index.get("dir") is None

    (tmp_path / "briefs/house.yaml").write_text("name: مكتب\nlanguage: ar\n", "utf-8")
    it.made(project)
    index = it.page(project, "index.html")
    card = index.find_class("card")[0]
    assert (index.get("lang"), index.get("dir"), card.get("dir")) == ("ar", "rtl", "ltr")
    entry = it.page(project, "experts/ann.html").find_class("entry")[0]
    (around,) = entry.find_class("in-brief")
    assert (entry.get("lang"), around.get("lang"), around.get("dir")) == ("en-GB", "ar", "rtl"), "the site's own words"
    assert ".skip { position: absolute; right: -100vw;" in (project.output / "assets/site/site.css").read_text("utf-8")
    assert "خبيران · مصدران" in it.words(it.page(project, "about.html"))


def test_a_template_of_ones_own_replaces_a_page_and_its_faults_have_a_place(tmp_path: Path) -> None:
    project = it.write(tmp_path, costs=it.COSTS)
    it.made(project)
    own = tmp_path / "templates/site"
    own.mkdir(parents=True)
    (own / "about.html.j2").write_text('{% extends "base.html.j2" %}\n{% block content %}<p>Ours.</p>{% endblock %}\n')
    it.made(project)
    assert it.words(it.page(project, "about.html").xpath("//main")[0]) == "Ours."

    (own / "about.html.j2").write_text("\n{{ page.titel }}\n")
    report = publish(project, None)
    refused = [one for one in report.outcomes if one.status is TargetStatus.REJECTED]
    assert [one.target for one in refused] == ["site/about.html"]
    problem = problems_of(refused[0].notes)[0]
    assert (problem.code, problem.place.file, problem.place.line) == (
        "preset-template",
        "templates/site/about.html.j2",
        2,
    )
    assert "Ours." in it.words(it.page(project, "about.html")), "the last good page stays"


def test_labels_and_the_house_style_are_on_every_page(tmp_path: Path) -> None:
    project = it.write(tmp_path, costs=it.COSTS)
    it.made(project)
    labels = tmp_path / "templates/labels/en-GB.yaml"
    labels.parent.mkdir(parents=True)
    for word in ("Witnesses", "Speakers"):
        labels.write_text(f"site_experts: {word}\n", "utf-8")
        assert {"index.html", "about.html", "sources/talk.html"} <= it.built(it.made(project))
        assert word in it.words(it.page(project, "sources/talk.html").find_class("site-nav")[0])
    assert it.built(it.made(project)) == set()

    it.write(tmp_path, house=it.HOUSE.replace("Example Desk", "Other Desk"))
    it.made(project)
    assert "Other Desk" in it.words(it.page(project, "sources/talk.html").find_class("site-head")[0])


def test_only_extracts_that_the_build_made_are_read(tmp_path: Path) -> None:
    project = it.write(tmp_path, costs=it.COSTS)
    it.made(project)
    before = it.files(project)
    folder = project.store / "site"
    genuine = {name: (folder / name).read_text("utf-8") for name in ("costs.jsonl", "costs.details.jsonl")}
    forged = {name: text.replace("It does not.", "Forged words.") for name, text in genuine.items()}
    assert forged != genuine
    for name, text in forged.items():
        ghost = text.replace('"costs"', '"ghost"')
        (folder / name.replace("costs", "ghost")).write_text(ghost, "utf-8")
        broken = ghost.replace('"en-GB"', '"\\ud800"').replace('"ghost"', '"broken"')
        (folder / name.replace("costs", "broken")).write_text(broken, "utf-8")
    it.made(project)
    assert it.files(project) == before
    for name, text in forged.items():
        (folder / name).write_text(text, "utf-8")
    it.made(project)
    assert {name: (folder / name).read_text("utf-8") for name in genuine} == genuine, "a changed extract is made again"
    for path in before:
        if path.endswith((".html", ".json", ".csv")):
            assert b"Forged" not in (project.output / path).read_bytes(), path
    (folder / "costs.details.jsonl").unlink()
    assert not list(heads(project.output, [".brief/site/costs.jsonl"])), "half of an extract is none"


def test_a_build_for_readers_has_no_trace_of_drafts(tmp_path: Path) -> None:
    """Nor does a mistake in a draft stop it. Only the drafts are made again."""
    project = it.write(tmp_path, works=it.WORKS, draft=it.DRAFT)
    it.made(project)
    assert "draft.html" in it.files(project)
    it.write(tmp_path, works=it.WORKS, draft=it.DRAFT.replace("stance: More", "stance: Sideways"))
    report = it.made(project, drafts=False)
    (draft, works) = (one for one in report.outcomes if one.target.startswith("briefs/"))
    assert (draft.ran, works.status) == (("page", "layout", "pdf"), TargetStatus.SKIPPED)
    assert [(one.code, str(one.severity)) for one in problems_of(draft.notes)] == [("draft-left-out", "note")]
    assert set(report.removed) == {"draft.html", "draft.pdf"}
    files = [project.output / path for path in it.files(project)]
    assert [path for path in files if "What comes next" in path.read_text("utf-8", "replace")] == []
    assert not (project.output / "experts/ben.html").read_text("utf-8").count("draft")
    assert it.made(project, drafts=False).outcomes[0].status is TargetStatus.SKIPPED
    it.write(tmp_path, works=it.WORKS, draft=it.DRAFT)
    it.made(project)
    assert "draft.html" in it.files(project)
