"""The page follows what the brief is for: positions, options or facts."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes, findings
from tests.render.pages import HEAD, QUESTION, preset, tree, words

OPTIONS = """
options:
  - id: wait
    option: Wait.
    cite: "@talk"
    supported_by: [works.ann, cy-wait]
    opposed_by: [cy-wait]
voices:
  - {id: cy-wait, who: ann, says: Wait., cite: "@talk"}
"""
FACTS = "facts:\n  - {id: one, claim: One., cite: '@talk'}\n"


def order(emphasis, name="briefing"):
    text = HEAD + emphasis + QUESTION + OPTIONS + FACTS
    return [str(one) for one in tree(text, design=preset(name)).xpath("//main//h2/@id")]


@pytest.mark.parametrize("name", ["briefing", "in-focus", "note", "report", "four-column"])
@pytest.mark.parametrize(("emphasis", "first"), [("options", "options"), ("facts", "facts"), ("positions", "overview")])
def test_the_blocks_that_the_brief_is_for_come_first_in_every_preset(name, emphasis, first):
    found = [one for one in order(f"emphasis: {emphasis}\n", name) if one not in ("contents", "summary", "key-points")]
    assert found[0] == first
    assert sorted(found) == sorted(one for one in order("", name) if one not in ("contents", "summary", "key-points"))


@pytest.mark.parametrize("emphasis", ["options", "facts"])
def test_a_report_begins_with_its_summary_as_its_contents_do(emphasis):
    found = order(f"emphasis: {emphasis}\nsummary: It may work.\n", "report")
    assert found[:2] == ["contents", "summary"]


def test_options_name_who_is_on_record_and_lead_to_their_words():
    root = tree(HEAD + QUESTION + OPTIONS)
    backers = root.xpath("//tr[@id='option-wait']//p[@class='backers']")
    assert [words(one) for one in backers] == ["Supported by Ann Example, Ann Example", "Opposed by Ann Example"]
    assert [one.xpath("a/@href") for one in backers] == [["#works-ann", "#voice-cy-wait"], ["#voice-cy-wait"]]
    assert root.xpath("//*[@id='works-ann']")
    assert root.xpath("//*[@id='voice-cy-wait']")


@pytest.mark.parametrize("named", ["works.ben", "works.nobody", "nobody"])
def test_a_gap_or_a_stranger_supports_nothing(named):
    (problem,) = findings(HEAD + QUESTION + OPTIONS.replace("works.ann", named), "unknown-statement")
    assert named in problem.message


def test_positions_and_voices_may_be_named():
    assert "unknown-statement" not in codes(HEAD + QUESTION + OPTIONS)


def test_nothing_leads_to_a_place_that_the_preset_does_not_print(tmp_path):
    folder = tmp_path / "templates/presets/own"
    folder.mkdir(parents=True)
    (folder / "preset.yaml").write_text("blocks: [overview, figures, options, notes]\n", "utf-8")
    for name, text in (("page.html.j2", '{% extends "parts/page.html.j2" %}'), ("print.css", ""), ("screen.css", "")):
        (folder / name).write_text(text, "utf-8")
    (folder / "paged.css").write_text("", "utf-8")
    figures = "[{amount: 5, unit: t, by: A, cite: '@talk'}, {amount: 9, unit: t, by: B, cite: '@talk'}], key: true"
    facts = f"facts:\n  - {{id: one, claim: One., figures: {figures}}}\n"
    root = tree(HEAD + QUESTION + OPTIONS + facts, design=preset("own", tmp_path))
    targets = {str(one) for one in root.xpath("//@id")}
    assert {str(link)[1:] for link in root.xpath("//a/@href") if str(link).startswith("#")} <= targets
