"""No line breaks within a place in a source: not in notes, source lines, citations in the text, nor in the annex."""

from __future__ import annotations

import pytest

from generator.model import CitationKind, Evidence, Verdict
from generator.problems import Location
from generator.render.notes import unbroken
from tests.render.pages import HEAD, QUESTION, tree


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Press, para. 5.", "Press, para.~5."),
        ("S. 12 und 14", "S.~12~und~14"),
        ("paras. 26 &amp; 28; p. [21]", "paras.~26~&amp;~28; p.~[21]"),
        ("paras. 2, 5 and 7, quoted", "paras.~2,~5~and~7, quoted"),
        ("A talk, 2 May 2024, p. 3", "A talk, 2 May 2024, p.~3"),
        ("§ 5 and p. xii", "§~5 and p.~xii"),
        ("pp. 24–28, at 12:30–12:45", 'pp.~<span class="tied">24–28</span>, at <span class="tied">12:30–12:45</span>'),
        ('<a href="https://a.example/1–2">Press. 5</a>', '<a href="https://a.example/1–2">Press.~5</a>'),
        ("the quays – 5 of them – were no. 1, though", "the quays – 5 of them – were no.~1, though"),
        ("Inc. Press", "Inc. Press"),
        ("<i>A Charge for the Harbour</i>, 2.", "<i>A Charge for the Harbour</i>,~2."),
        ("A talk, 2 May, 12–14", 'A talk, 2 May,~<span class="tied">12–14</span>'),
    ],
)
def test_a_label_stays_with_its_number_and_a_range_in_one_piece(written, printed):
    assert unbroken(written) == printed.replace("~", "\N{NO-BREAK SPACE}")


def test_source_lines_and_the_annex_keep_places_together():
    several = QUESTION.replace("p. 3", "pp. 3–5").replace("says: It", "quote: It works., says: It")
    house = "name: Example Desk\nevidence_annex: true\n"
    place = Location("briefs/sample.yaml")
    checked = [
        Evidence("It works.", "talk", "quote", Verdict.LOCKED, place, "p. 3, para. 4–5", "2025-01-02", "ab" * 32)
    ]
    root = tree(HEAD + several, evidence=checked, house=house)
    assert pieces(root.xpath("//p[@class='source']")[0]).endswith("pp.~(3–5)")
    assert pieces(root.xpath("//section[@aria-labelledby='evidence']//td")[0]).endswith("p.~3, paras.~(4–5)")


def test_a_citation_in_the_text_keeps_its_place_together():
    root = tree(HEAD + QUESTION.replace("@talk, p. 3", "see S. 3 in @talk"), CitationKind.AUTHOR_DATE)
    assert "S.~3" in pieces(root.xpath("//*[@class='citation']")[0])


def pieces(node):
    """The words of a node, a no-break space as `~`, and what is tied in brackets."""
    tied = [f"({text})" if text.getparent().get("class") == "tied" else text for text in node.xpath(".//text()")]
    return "".join(tied).replace("\N{NO-BREAK SPACE}", "~")
