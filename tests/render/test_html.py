"""From records to HTML: citations in both directions, styles, sandbox, the same bytes."""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html as parser

from generator.model import CitationKind, FormattedCitations
from generator.render.html import Styles, ordered_citation_groups, render_page
from generator.render.notes import tie, tuck
from generator.render.preset import template_roots
from generator.render.style_sheets import page_assets, pdf_stylesheets
from generator.render.templating import TemplateFault
from tests.render.pages import HEAD, QUESTION, formatted, page, preset, printed, tree, words

GOLDEN = Path(__file__).parents[1] / "golden" / "pages"
CITING = HEAD + "summary: First [@press]. Then [@talk, p. 2] and [@press, p. 1; @talk].\n" + QUESTION


def test_an_embedded_style_sheet_cannot_end_its_element(tmp_path):
    mine = tmp_path / "templates/presets/mine"
    shutil.copytree(template_roots()[-1] / "presets/note", mine)
    (mine / "screen.css").write_text('p::after {content: "</style><script>alert(1)</script>"}', "utf-8")
    root = parser.document_fromstring(printed(page(HEAD, design=preset("mine", tmp_path)), styles=Styles.EMBEDDED))
    assert [one.tag for one in root.iter("style", "script") if "alert(1)" in one.text_content()] == ["style"]


def test_citation_groups_come_in_the_order_of_reading():
    keys = [[c.key for c in group.citations] for group in ordered_citation_groups(page(CITING))]
    assert keys == [["press"], ["talk"], ["press", "talk"], ["talk"]]


def test_every_citation_has_its_own_note_and_links_lead_both_ways():
    root = tree(HEAD + "summary: Once [@talk]. Twice [@talk].\n")
    marks = root.xpath("//sup[@class='note-ref']/a")
    assert [(mark.get("id"), mark.get("href"), mark.text) for mark in marks] == [
        ("ref-1", "#note-1", "1"),
        ("ref-2", "#note-2", "2"),
    ]
    notes = root.xpath("//ol[@class='note-list']/li")
    assert [note.get("id") for note in notes] == ["note-1", "note-2"]
    assert [note.xpath("a/@href")[0] for note in notes] == ["#ref-1", "#ref-2"]


def test_every_link_inside_the_page_leads_somewhere_and_no_id_stands_twice():
    facts = "facts:\n  - {id: one, claim: One., cite: '@talk'}\n"
    root = tree(CITING.replace("First", "First [#one]") + facts)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("kind", [CitationKind.AUTHOR_DATE, CitationKind.NUMERIC])
def test_other_styles_print_in_the_sentence_and_lead_to_the_bibliography(kind):
    root = tree(CITING, kind)
    assert not root.xpath("//section[@role='doc-endnotes']")
    link = root.xpath("//section[starts-with(@class,'summary')]//a[@class='citation']")[1]
    assert (link.get("href"), words(link)) == ("#source-talk", "talk, page 2")
    assert root.xpath("//section[@role='doc-bibliography']//li/@id") == ["source-press", "source-talk"]


def test_in_those_styles_a_cells_citation_stands_in_its_source_line():
    line = tree(HEAD + QUESTION, CitationKind.AUTHOR_DATE).xpath("//p[@class='source']")[0]
    assert words(line) == "talk, page 3"


def test_an_author_in_the_sentence_stands_beside_the_number():
    made = page(HEAD + "summary: As @talk says.\n")
    citation_groups = ordered_citation_groups(made)
    notes = FormattedCitations(CitationKind.NOTE, ("A note.",), (), ("Example",))
    summary = parser.document_fromstring(render_page(made, notes)).xpath("//section[starts-with(@class,'summary')]//p")[
        0
    ]
    assert len(citation_groups) == 1
    assert words(summary).startswith("As Example1")


def test_a_reference_to_a_fact_is_a_link_with_its_number():
    facts = "facts:\n  - {id: one, claim: One., cite: '@talk'}\n  - {id: two, claim: Two., cite: '@talk'}\n"
    link = tree(HEAD + facts + "summary: So it is [#two].\n").xpath("//a[@class='fact-ref']")[0]
    assert (link.get("href"), words(link)) == ("#fact-two", "(fact 2)")


def test_too_few_or_too_many_formatted_citations_are_refused():
    made = page(CITING)
    citation_groups = ordered_citation_groups(made)
    with pytest.raises(TemplateFault, match="more often"):
        render_page(made, formatted(citation_groups[:-1]))
    with pytest.raises(TemplateFault, match="4 times, and 5 times"):
        render_page(made, formatted([*citation_groups, citation_groups[0]]))


MARK = '<sup class="note-ref"><a id="ref-1" href="#note-1" role="doc-noteref">1</a></sup>'


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (f"word {MARK}.", f"word.{MARK}"),
        (f"word {MARK}, then", f"word,{MARK} then"),
        (f"word {MARK} then", f"word{MARK} then"),
        (f"word.{MARK} Then", f"word.{MARK} Then"),
        ("word.", "word."),
    ],
)
def test_numbers_close_up_and_follow_punctuation(given, expected):
    assert tuck(given) == expected


def test_numbers_stay_on_the_line_of_their_word_and_apart_from_each_other():
    tied = tie(f"a last word.{MARK}{MARK} More")
    assert tied.startswith('a last <span class="tied">word.<sup')
    assert tied.count("note-ref also") == 1
    assert tied.endswith("</span> More")


def test_a_label_and_its_number_stay_on_one_line_in_notes():
    made = page(HEAD + "summary: So it is [@talk].\n")
    notes = FormattedCitations(CitationKind.NOTE, ("A talk, para. 5. In 2024.",), ())
    note = parser.document_fromstring(render_page(made, notes)).xpath("//span[@class='note-text']")[0]
    assert note.text.strip() == "A talk, para.\N{NO-BREAK SPACE}5. In 2024."


def test_what_authors_write_is_escaped():
    root = tree(HEAD.replace("Two answers", "'\\<script>alert(1)\\</script> & more'"))
    assert words(root.xpath("//p[@class='subtitle']")[0]) == "<script>alert(1)</script> & more"
    assert len(root.xpath("//script[not(@src)]")) == 1


def test_json_ld_cannot_end_its_element():
    made = page(HEAD.replace("Two answers", r"'\</script>\<b>'"))
    data = re.search(r'ld\+json">(.*?)</script>', printed(made), re.DOTALL)
    assert json.loads(data[1])["alternativeHeadline"] == "</script><b>"


def test_scholars_tags_are_given_where_the_address_is_known():
    root = tree(HEAD, house="name: Example Desk\nsite: https://example.org/briefs/\n")
    tags = {tag.get("name"): tag.get("content") for tag in root.xpath("//meta[starts-with(@name,'citation_')]")}
    assert tags["citation_pdf_url"] == "https://example.org/briefs/sample.pdf"
    assert tags["citation_publication_date"] == "2025/02/14"
    assert root.xpath("//link[@rel='canonical']/@href") == ["https://example.org/briefs/sample.html"]
    data = json.loads(root.xpath("//script[not(@src)]")[0].text)
    assert (data["@type"], data["url"]) == ("Report", "https://example.org/briefs/sample.html")


def test_without_an_address_there_are_no_such_tags():
    root = tree(HEAD)
    assert not root.xpath("//meta[starts-with(@name,'citation_')]")
    assert json.loads(root.xpath("//script[not(@src)]")[0].text)["@type"] == "CreativeWork"


def test_one_h1_and_headings_without_gaps():
    levels = [int(node.tag[1]) for node in tree(CITING).xpath("//h1|//h2|//h3|//h4")]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_styles_are_linked_embedded_or_absent():
    made = page(HEAD)
    linked, embedded, absent = (printed(made, styles=styles) for styles in Styles)
    sheets = set(re.findall(r'rel="stylesheet" href="([^"]+)"', linked))
    assert sheets == {name for name in page_assets(made.preset) if ".rtl." not in name}
    assert "<style" in embedded
    assert "assets/" not in embedded
    assert "stylesheet" not in absent
    assert "<style" not in absent


def test_style_sheets_are_those_of_screen_paper_and_pdf():
    screen, paper, _, _ = page_assets(preset()).values()
    assert b"prefers-color-scheme: dark" in screen
    assert "string-set" in pdf_stylesheets(preset())[1]
    assert b"string-set" not in paper


def test_the_same_input_gives_the_same_bytes():
    assert printed(page(CITING)) == printed(page(CITING))


@pytest.mark.parametrize("source", sorted(GOLDEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_golden_pages(source):
    """`python -m tests.render.goldens` writes what is printed now; read the difference before it is committed."""
    expected = source.with_suffix(".html").read_text("utf-8")
    assert printed(page(source.read_text("utf-8"))) == expected


def test_a_very_long_word_may_break_but_for_its_last_letters_and_never_in_a_character_reference():
    note = '<sup class="note-ref"><a href="#note-1">1</a></sup>'
    assert tie(f"So {'long' * 8}{note}") == f'So {"long" * 6}<wbr><span class="tied">longlong{note}</span>'
    assert tie(f"{'long' * 8}&amp;letters{note}") == f'{"long" * 8}<wbr><span class="tied">&amp;letters{note}</span>'


def test_the_word_for_an_institution_begins_with_a_capital_like_an_affiliation():
    experts = "ann: {name: Example Agency, kind: institution}\nben: {name: Ben Sample}\n"
    root = tree(f"{HEAD}{QUESTION}", experts=experts)
    assert [words(one) for one in root.xpath("//th/span[@class='affiliation']")] == ["Institution"]
