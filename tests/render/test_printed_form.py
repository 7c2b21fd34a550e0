"""Short forms: what a page design prints is the author's choice, and the page counts what it leaves out."""

from __future__ import annotations

import pytest

from generator.model import Evidence, Verdict
from generator.problems import Location
from tests.render.pages import HEAD, preset, tree

TEXT = (
    HEAD
    + """
summary: It has been tried.
facts:
  - {id: tried, claim: It was tried in three places., short: It was tried thrice., cite: "@talk, p. 1"}
  - {id: old, claim: It is an old idea., cite: "@talk, p. 2", in: [briefing]}
questions:
  - id: works
    ask: Does it work?
    scale: [Never, Always]
    positions:
      ann: {stance: Never, says: It never works in the long run., short: Never., cite: "@talk", rests_on: [old, tried]}
      ben: {stance: Always, says: It works in each of the cases., short: Always., cite: "@talk"}
  - id: costs
    ask: What does it cost?
    scale: [Little, Much]
    in: [briefing, note]
    positions:
      ann: {stance: Much, says: It costs much., cite: "@talk"}
      ben: {gap: not-asked}
voices:
  - {id: carol, who: carol, says: It should be tried., cite: "@talk, p. 7"}
timeline:
  - {date: 2020, event: It begins., cite: "@talk"}
options:
  - {id: try, option: Try it., for: It is cheap., cite: "@talk", supported_by: [carol, costs.ann]}
"""
)
EXPERTS = "ann: {name: Ann Example}\nben: {name: Ben Example}\ncarol: {name: Carol Example}"


def _page(design: str, text: str = TEXT):
    return tree(text, design=preset(design), experts=EXPERTS)


def _words(element) -> str:
    return " ".join(element.text_content().split())


def test_a_long_form_prints_everything_in_full_and_says_nothing_of_it():
    page = _page("briefing")
    words = _words(page)
    assert "three places" in words and "old idea" in words and "long run" in words and "It begins." in words
    assert "thrice" not in words
    assert not page.find_class("left-out")


def test_a_short_form_prints_short_texts_and_what_is_chosen_for_it():
    page = _page("in-focus")
    main = _words(page)
    assert "It was tried thrice" in main and "three places" not in main
    assert "old idea" not in main and "What does it cost?" not in main
    assert [_words(words) for words in page.find_class("matrix")[0].find_class("paraphrase")] == ["Never.", "Always."]


def test_the_last_line_counts_what_is_left_out_and_shortened():
    lines = [_words(line) for line in _page("in-focus").xpath("(//main//p)[last()][@class='left-out']")]
    assert lines == [
        "Not printed in this form: Facts and figures (1), Questions (1), Further voices (1), Timeline (1). "
        "Shortened texts: 3. The fact file attached to the PDF has it all."
    ]


@pytest.mark.parametrize(
    ("language", "start"),
    [
        ("de", "In dieser Fassung nicht gedruckt: Fakten und Zahlen (1), Fragen (1)"),
        ("ja", "この版に掲載していないもの"),
    ],
)
def test_the_line_is_in_the_language_of_the_brief(language, start):
    (line,) = _page("in-focus", f"language: {language}\n{TEXT}").find_class("left-out")
    assert _words(line).startswith(start)


def test_a_design_that_is_no_short_form_counts_what_its_blocks_do_not_print():
    (line,) = _page("four-column").find_class("left-out")
    assert _words(line).startswith("Not printed in this form: Facts and figures (1), Questions (1), Timeline (1). The")


@pytest.mark.parametrize("design", ["briefing", "in-focus", "note", "report", "four-column"])
def test_the_method_of_the_house_style_is_printed_or_named_as_left_out(design):
    house = "name: A Desk\nmethod: Questions are worded with care."
    page = tree(TEXT, design=preset(design), experts=EXPERTS, house=house)
    left_out = " ".join(_words(line) for line in page.find_class("left-out"))
    assert ("worded with care" in _words(page)) != ("House rules" in left_out)


@pytest.mark.parametrize(("design", "words"), [("briefing", "It should be tried soon."), ("note", "It should be.")])
def test_a_pull_quote_has_a_short_text_too(design, words):
    more = (
        "sections: [{id: one, heading: One, text: '![#quote:set]'}]\npull_quotes:\n"
        "  - {id: set, who: carol, says: It should be tried soon., short: It should be., cite: '@talk, p. 7'}\n"
    )
    page = _page(design, TEXT + more)
    assert words in _words(page)
    assert ("It should be tried soon." in _words(page)) == (design == "briefing")


@pytest.mark.parametrize("design", ["briefing", "in-focus", "note", "report", "four-column"])
def test_the_evidence_annex_is_printed_or_named_as_left_out(design):
    support = Evidence("Traffic fell nowhere.", "talk", "support", Verdict.VERIFIED, Location("b.yaml"))
    house = "name: A Desk\nevidence_annex: true"
    page = tree(TEXT, design=preset(design), experts=EXPERTS, house=house, evidence=[support])
    left_out = " ".join(_words(line) for line in page.find_class("left-out"))
    assert ("Traffic fell nowhere" in _words(page)) != ("Evidence" in left_out)


def test_links_to_what_is_left_out_are_left_out_or_words_alone():
    page = _page("in-focus")
    assert [link.get("href") for link in page.xpath("//p[@class='rests-on']/a")] == ["#fact-tried"]
    backers = page.find_class("backers")[0]
    assert "Carol Example, Ann Example" in _words(backers) and not backers.xpath(".//a")
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= set(page.xpath("//@id"))


def test_what_is_left_out_is_not_counted_among_the_evidence():
    assert "1 gap" not in _words(_page("in-focus").find_class("evidence-line")[0])
    assert "1 gap" in _words(_page("briefing").find_class("evidence-line")[0])


BODY = """
key_points:
  - It is cheap [@talk].
  - {text: "It was tried in three places for years [@talk].", short: "It was tried thrice [@talk]."}
  - {text: "It is only for long forms [@talk].", in: [briefing]}
charts:
  - {id: cost, kind: bar, caption: What it costs, units: euros, columns: [Town, Cost], rows: [[Ost, 2]], cite: "@talk", derived: x}
  - {id: time, kind: bar, caption: How long it takes, units: days, in: [briefing],
     columns: [Town, Days], rows: [[Ost, 2]], cite: "@talk", derived: x}
sections:
  - {id: long, heading: A long story, text: "It began.\\n\\n![#chart:cost]\\n", in: [briefing]}
"""


def test_key_points_charts_and_sections_can_be_chosen_and_points_shortened():
    long, short = (_words(_page(design, TEXT + BODY)) for design in ("briefing", "in-focus"))
    for words in (
        "three places for years",
        "only for long forms",
        "What it costs",
        "How long it takes",
        "A long story",
    ):
        assert words in long and words not in short
    assert (
        "It is cheap" in short
        and "tried thrice" in short
        and "tried thrice" not in long.replace("It was tried thrice.", "")
    )
    assert "Key points (1)" in short and "Charts (2)" in short and "Sections (1)" in short
