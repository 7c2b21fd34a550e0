"""Briefs that are translations of each other: links between their pages, and what one lacks."""

from __future__ import annotations

from pathlib import Path

from generator.engine import TargetStatus
from generator.pipeline.brief_steps import problems_of
from generator.pipeline.publish_brief import publish
from generator.project import Project
from tests.site import site_project as it

ORIGINAL = it.COSTS + "translations: [kosten, couts]\n"
GERMAN = (
    it.COSTS.replace("What does it cost?", "Was kostet es?")
    .replace("Both say that it costs little", "Beide sagen, es koste wenig")
    .replace("Never, Sometimes, Always", "Nie, Manchmal, Immer")
    .replace("Sometimes, says", "Manchmal, says")
    .replace("Never, says", "Nie, says")
    + "language: de\ntranslation_of: costs\n"
)
FRENCH = GERMAN.replace("language: de", "language: fr").replace("status: published", "status: draft")


def family(folder: Path, **changed: str) -> Project:
    house = "name: Example Desk\nlanguage: en-GB\nsite: https://example.org/\n"
    return it.write(folder, **{"house": house, "costs": ORIGINAL, "de_kosten": GERMAN, "couts": FRENCH, **changed})


def problems(project: Project) -> set[tuple[str, str]]:
    report = publish(project, None)
    found = (problem for outcome in report.outcomes for problem in problems_of(outcome.notes))
    return {(one.code, one.message) for one in found if one.code.startswith(("translation", "unknown-brief"))}


def test_each_page_links_the_other_languages(tmp_path: Path) -> None:
    project = family(tmp_path)
    assert problems(project) == set()
    original, german, french = (it.page(project, path) for path in ("costs.html", "de/kosten.html", "couts.html"))
    link = german.xpath("//nav//a[@hreflang]")[0]
    assert (link.get("href"), link.get("lang"), it.words(link)) == (
        "../costs.html",
        "en-GB",
        "English (United Kingdom)",
    )
    links = original.xpath("//nav//a[@hreflang]")
    assert [(one.get("href"), it.words(one)) for one in links] == [("de/kosten.html", "Deutsch")], "no draft is linked"
    assert len(french.xpath("//nav//a[@hreflang]")) == 2, "from a draft all are"

    cards = it.page(project, "index.html").find_class("card")
    others = {
        it.words(card.find_class("card-title")[0]): card.xpath(".//a[@hreflang]/@href")
        for card in cards
        if card.get("lang") != "fr"
    }
    assert others == {"What does it cost?": ["de/kosten.html"], "Was kostet es?": ["costs.html"]}

    def alternates(page: object) -> set[tuple[str, str]]:
        return {(one.get("hreflang"), one.get("href")) for one in page.xpath("//head/link[@hreflang]")}  # type: ignore[attr-defined]

    english, site = "https://example.org/costs.html", "https://example.org/de/kosten.html"
    assert alternates(original) == alternates(german) == {("en-GB", english), ("x-default", english), ("de", site)}


def test_what_a_translation_lacks_is_named(tmp_path: Path) -> None:
    changed = ORIGINAL.replace("ben: {stance: Never", "ben: {stance: Always") + (
        "edition: 2\nupdates: More [@talk].\ncorrections: [{date: 2025-01-02, what: A word was wrong.}]\n"
        "facts: [{id: price, claim: It costs 5 dollars., cite: '@talk', review_by: 2030-01-01}]\n"
    )
    project = family(tmp_path, costs=changed)
    assert ("translation-behind", "this translation is behind 'costs': edition 2, `corrections` (1), `facts/price`, "
            "`questions/same/ben`") in problems(project)  # fmt: skip
    assert all(outcome.status is not TargetStatus.REJECTED for outcome in publish(project, None).outcomes), (
        "it is a warning"
    )


def test_both_name_each_other_in_different_languages(tmp_path: Path) -> None:
    unlisted = ORIGINAL.replace("kosten, couts", "couts")
    listed = ("translation-link", "'costs' does not list this brief among its translations")
    assert problems(family(tmp_path, costs=unlisted)) == {listed}

    alone = GERMAN.replace("translation_of: costs\n", "")
    named = ("translation-link", "'kosten' does not say that it is a translation of this brief")
    assert problems(family(tmp_path, de_kosten=alone)) == {named}

    same = GERMAN.replace("language: de\n", "")
    assert problems(family(tmp_path, de_kosten=same)) >= {("translation-link", "'costs' is also in 'en-GB'")}

    other = GERMAN.replace("translation_of: costs", "translation_of: cost")
    assert ("unknown-brief", "there is no brief 'cost'") in problems(family(tmp_path, de_kosten=other))

    circle = ORIGINAL.replace("translations: [kosten, couts]", "translation_of: kosten")
    assert problems(family(tmp_path, costs=circle, couts=it.COSTS)) == {
        ("translation-link", "'costs' is itself a translation, of 'kosten'"),
        ("translation-link", "'kosten' is itself a translation, of 'costs'"),
    }

    chained = GERMAN + "translations: [couts]\n"
    assert ("translation-link", "a translation has no translations of its own") in problems(
        family(tmp_path, de_kosten=chained)
    )
