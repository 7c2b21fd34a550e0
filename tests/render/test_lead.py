"""What a reader sees first: the answer, and what it rests on."""

from __future__ import annotations

import pytest

from tests.render.pages import HEAD, QUESTION, preset, tree, words

SOURCES = "references:\n"


def source(key, issued="", provenance="report"):
    date = f", issued: {issued}" if issued else ""
    return f"  - {{id: {key}, type: webpage, title: Title of {key}, provenance: {provenance}{date}}}\n"


def line(sources, text=HEAD):
    cited = "; ".join("@" + one.split("id: ")[1].split(",")[0] for one in sources)
    root = tree(f'{text}\nsummary: "All [{cited}]."\n', sources=SOURCES + "".join(sources))
    return words(root.xpath("//*[@class='evidence-line']")[0])


@pytest.mark.parametrize("name", ["briefing", "in-focus", "note", "report", "four-column"])
def test_the_answer_stands_before_everything_else_in_every_preset(name):
    root = tree(HEAD + "answer: It depends [@talk].\nsummary: More.\n" + QUESTION, design=preset(name))
    answer = root.xpath("//p[@class='answer']")[0]
    assert words(answer).startswith("It depends")
    assert answer.getparent().getparent().tag == "main"
    assert root.xpath("//p[@class='answer']/following::*[@id='summary']")


def test_the_description_for_machines_is_the_answer():
    root = tree(HEAD + "answer: It depends [@talk].\nsummary: More.\n")
    assert root.xpath("//meta[@name='description']/@content") == ["It depends."]


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([source("a")], "1 secondary report, undated"),
        ([source("a", "2024-03-05")], "1 secondary report, of 5 March 2024"),
        ([source("a", "2024-03"), source("b", "2024-03")], "2 secondary reports, all of March 2024"),
        ([source("a", "2024-03-05"), source("b")], "2 secondary reports, one of them dated: 5 March 2024"),
        ([source("a", "2025"), source("b", "2023-01-02"), source("c")], "2 of them dated: from 2 January 2023 to 2025"),
        (
            [source("a", "2025", "primary"), source("b", "2023")],
            "1 primary source and 1 secondary report, from 2023 to 2025",
        ),
    ],
)
def test_the_line_counts_sources_and_says_how_they_are_dated(sources, expected):
    assert expected in line(sources)


def test_the_line_counts_experts_positions_and_gaps():
    root = tree(HEAD + QUESTION)
    assert words(root.xpath("//*[@class='evidence-line']")[0]).endswith("2 experts · 1 position · 1 gap")


def test_sources_that_are_not_cited_do_not_count():
    root = tree(HEAD + "summary: One [@a].\n", sources=SOURCES + source("a") + source("b", "2024"))
    assert "1 secondary report, undated" in words(root.xpath("//*[@class='evidence-line']")[0])


def test_the_newest_date_of_the_evidence_stands_beside_that_of_the_brief():
    root = tree(HEAD + "summary: Two [@a; @b].\n", sources=SOURCES + source("a", "2023") + source("b", "2024-05"))
    assert words(root.xpath("//*[@class='issue']")[0]).endswith("Newest dated source: May 2024")


def test_a_brief_without_evidence_has_no_line():
    assert not tree(HEAD.replace("[ann, ben]", "[]")).xpath("//*[@class='evidence-line']")
