"""The designs that come with the program: each prints all its blocks, in HTML and PDF, and a brief made for it fits."""

from __future__ import annotations

import datetime
from io import BytesIO

import pikepdf
import pytest
from lxml import html as parser

from generator.model import CitationKind
from generator.problems import Location
from generator.render.design_checks import check_length
from generator.render.html import Styles
from generator.render.layout.structure_reader import read_structure, read_tables
from generator.render.layout.xmp import DocumentInfo
from generator.render.notes import at_the_foot
from generator.render.preset import preset_names
from generator.render.style_sheets import pdf_stylesheets
from tests.render.pages import many, page, preset, printed, words
from tests.render.papers import Paper, write_pdf

NAMES = ("briefing", "four-column", "in-focus", "note", "report")
SENTENCE = (
    "What such a rule does depends on how it is enforced, and on what else is done in research, trade and education. "
)
POINTS = (312.0, 396.0, 419.5, 595.3, 612.0, 792.0, 841.9)


def fact_file(sentences: int) -> str:
    """A brief with something in every block; the prose has as many sentences as asked for."""
    said = SENTENCE * (2 if sentences > 2 else 1)
    before = f', earlier: [{{stance: Never, says: "{SENTENCE}", date: 2019, cite: "@talk"}}]' if sentences > 2 else ""
    positions = "\n".join(
        f"""
  - id: q{n}
    ask: Does the {name} rule work?
    scale: [Never, Sometimes, Always]
    note: Asked in the same words of everyone.
    positions:
      ann: {{stance: Sometimes, says: "{said}", quote: It works at times., cite: "@press, p. 3", rests_on: [cost]{before}}}
      ben: {{stance: Always, says: "{said}", cite: "@talk, p. {n}"}}
      cleo: {{gap: no-position-found, searched: three reports, until: 2025-02-01}}"""
        for n, name in enumerate(("first", "second"), 1)
    )
    return f"""
title: Do the rules work?
subtitle: Three answers side by side
number: 2025-01
date: 2025-02-14
status: published
experts: [ann, ben, cleo]
selection: All three were asked.
authors: [{{name: Dan Writer, role: analyst}}]
summary: |
  {SENTENCE * sentences}[@press, p. 1]. It rests on [#cost].
key_points: ["{said} [@talk, p. 2].", "{said} [@press]."]
facts:
  - id: cost
    claim: The cost is disputed.
    figures:
      - {{amount: 5.6 million, unit: USD, by: The maker, cite: "@talk"}}
      - {{amount: 1.3 billion, unit: USD, by: An analysis, cite: "@press", note: all investment}}
  - {{id: other, claim: "{said}", cite: "@talk, p. 9"}}
questions:{positions}
voices: [{{id: dana, who: ann, question: q1, says: "{said}", cite: "@press"}}]
timeline: [{{date: 2024-05, event: "{SENTENCE}", cite: "@talk"}}]
options: [{{id: stop, option: End it, for: "{said}", against: "{said}", cite: "@talk"}}]
limits: |
  {SENTENCE * sentences}[@talk].
method: Read in full.
corrections: [{{date: 2025-03-01, what: A date was wrong.}}]
"""


EXPERTS = """
ann: {name: Ann Example, affiliations: [{role: professor, organisation: University of Examples}]}
ben: {name: Ben Sample, affiliation_note: affiliation not given in the source}
cleo: {name: Cleo Third, affiliation_note: affiliation not given in the source}
"""
FITTING = {"briefing": 6, "four-column": 8, "in-focus": 2, "note": 9, "report": 8}
"""Sentences in each of two sections with which the brief has the length of the preset."""


def made(name: str, sentences: int = 3):
    return page(fact_file(sentences), design=preset(name), experts=EXPERTS)


def tree_of(name: str, kind: CitationKind = CitationKind.NOTE, styles: Styles = Styles.LINKED):
    return parser.document_fromstring(printed(made(name), kind, styles))


def paper(made_page) -> Paper:
    day = datetime.date(2025, 2, 14)
    about = DocumentInfo(title=made_page.title, language=made_page.language, created=day, modified=day)
    return write_pdf(printed(made_page, styles=Styles.ABSENT), pdf_stylesheets(made_page.preset), about)


@pytest.fixture(scope="module")
def papers() -> dict[str, Paper]:
    return {name: paper(made(name, FITTING[name])) for name in NAMES}


def test_these_are_all():
    assert preset_names() == NAMES


# ---------------------------------------------------------------- HTML


@pytest.mark.parametrize("styles", [Styles.LINKED, Styles.ABSENT])
@pytest.mark.parametrize("kind", list(CitationKind))
@pytest.mark.parametrize("name", NAMES)
def test_every_block_is_printed_and_every_link_leads_somewhere(name, kind, styles):
    root = tree_of(name, kind, styles)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")} <= set(ids)
    absent = {"evidence", "tables", "sections", "sections-after", "charts", "numbers"} | (
        {"notes"}
        if kind is not CitationKind.NOTE or name == "in-focus" or (name, styles) == ("report", "absent")
        else set()
    )
    absent |= {"bibliography"} if name == "note" and kind is CitationKind.NOTE else set()
    assert [one for one in preset(name).blocks if one not in ids and one not in absent] == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_said_stands_in_every_design(name):
    said = words(tree_of(name).body)
    for expected in (
        "Do the rules work?",
        "It works at times.",
        "Earlier",
        "No position found",
        "US$1.3 billion",
        "Limits",
    ):
        assert expected in said


@pytest.mark.parametrize("name", NAMES)
def test_cells_of_tables_of_data_have_headings(name):
    for table in tree_of(name).xpath("//table"):
        assert table.xpath(".//th[@scope]")
        assert not [cell for cell in table.xpath(".//td[not(@colspan)]") if not words(cell) and not cell.xpath(".//*")]


def test_without_notes_citations_name_a_source_by_its_number_and_place():
    root = tree_of("in-focus")
    assert not root.xpath("//section[@role='doc-endnotes']")
    citation = root.xpath("//section[starts-with(@class,'summary')]//span[@class='citation']")[0]
    assert words(citation) == "[1,\N{NO-BREAK SPACE}p.\N{NO-BREAK SPACE}1]".replace("\N{NO-BREAK SPACE}", " ")
    assert citation.xpath("a/@href") == ["#source-press"]
    assert [words(entry) for entry in root.xpath("//ul[@class='entries']/li")] == ["1 Entry press.", "2 Entry talk."]


def test_without_notes_who_reports_the_words_is_still_said():
    source = tree_of("in-focus").xpath("//table[contains(@class,'matrix')]//p[@class='source']")[0]
    assert words(source) == "Ann Example, quoted in [1, p. 3]"


def test_a_style_without_notes_is_left_as_it_is():
    line = tree_of("in-focus", CitationKind.AUTHOR_DATE).xpath(
        "//section[starts-with(@class,'summary')]//*[@class='citation']"
    )[0]
    assert words(line) == "press, page 1"


def test_notes_at_the_foot_stand_where_they_are_cited_and_below_tables():
    root = tree_of("report", styles=Styles.ABSENT)
    assert not root.xpath("//table//*[@class='footnote']")
    assert root.xpath("//section[starts-with(@class,'summary')]//span[@class='footnote'][@role='doc-footnote']")
    for table in root.xpath("//table[.//sup[@class='note-ref']]"):
        cited = [mark.text_content() for mark in table.xpath(".//sup/a")]
        below = table.getnext()
        assert [words(number) for number in below.xpath("li/a")] == cited
    numbers = sorted(int(one[5:]) for one in root.xpath("//@id[starts-with(., 'note-')]"))
    assert numbers == list(range(1, len(root.xpath("//sup/a")) + 1))


def test_on_the_screen_the_reports_notes_stand_at_the_end():
    root = tree_of("report")
    assert root.xpath("//section[@role='doc-endnotes']//li")
    assert not root.xpath("//*[@class='footnote']")
    assert root.xpath("//nav[@class='contents']//a/@href")[-1] == "#notes"


def test_notes_of_a_table_within_a_table_come_after_the_outer_one():
    mark = '<sup class="note-ref"><a id="ref-{0}" href="#note-{0}">{0}</a></sup>'
    html = f"<table><td>{mark.format(1)}<table><td>{mark.format(2)}</table></table><p>x{mark.format(3)}</p>"
    done = at_the_foot(html, {1: "One.", 2: "Two.", 3: "Three."}, "Back to {n}")
    assert done.index("</table></table><ol") < done.index("One.") < done.index("Two.") < done.index("</ol>")
    assert done.count("note-list") == 1
    assert '3</a></sup><span class="footnote"' in done


def test_the_contents_of_the_report_name_the_chapters_in_their_order():
    root = tree_of("report")
    listed = [href[1:] for href in root.xpath("//nav[@class='contents']/ul/li/a/@href")]
    assert listed == ["summary", *root.xpath("//h2[ancestor::section[contains(@class,'block')]]/@id")]


def test_row_by_row_what_is_comparable_stands_in_one_row():
    table = tree_of("four-column").xpath("//table[contains(@class,'rowwise')]")[0]
    heads = [words(head) for head in table.xpath("tbody/tr/th[@scope='row']")]
    assert [head.split()[0] for head in heads] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    quoted = table.xpath("tbody/tr[contains(@class,'row-quote')]/td")
    assert ["It works at times." in words(cell) for cell in quoted] == [True, False]
    assert "Paraphrased only." in words(quoted[1])
    assert all(words(cell.xpath("*[not(@class='card-head')]")[0]) for cell in table.xpath("tbody/tr/td"))


def test_a_row_that_nobody_fills_is_left_out():
    given = many(5)
    root = parser.document_fromstring(
        printed(page(given["text"], experts=given["experts"], design=preset("four-column")))
    )
    tables = root.xpath("//table[contains(@class,'rowwise')]")
    assert [len(table.xpath("thead/tr[2]/th")) - 1 for table in tables] == [3, 2]
    declared = [sum(int(one.get("span", 1)) for one in table.xpath("colgroup/col")) for table in tables]
    assert declared == [4, 3], "columns that a table declares are those of its rows"
    assert not root.xpath("//tr[contains(@class,'row-quote') or contains(@class,'row-earlier')]")
    numbers = [words(one).split()[0] for one in root.xpath("//table[contains(@class,'rowwise')]/tbody/tr/th")]
    assert numbers == ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"], "numbered without holes over both tables"


# ---------------------------------------------------------------- PDF


@pytest.mark.parametrize("name", NAMES)
def test_a_brief_made_for_the_preset_fits_and_the_engine_has_nothing_to_say(papers, name):
    result = papers[name]
    assert result.diagnostics == ()
    assert check_length(preset(name), result.length, result.outline, Location("briefs/a.yaml")) == ()
    assert result.pages - 1 < result.length <= result.pages


@pytest.mark.parametrize("name", NAMES)
def test_the_sheets_have_the_size_that_the_description_names(papers, name):
    sizes = {"A4": (595, 842), "A4 landscape": (842, 595), "letter": (612, 792)}
    with pikepdf.open(BytesIO(papers[name].data)) as pdf:
        found = {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in pdf.pages}
    assert found == {sizes[preset(name).size]}


@pytest.mark.parametrize("name", NAMES)
def test_the_tables_can_be_read_back_from_the_tags(papers, name):
    tables = read_tables(read_structure(papers[name].data))
    matrix = [table for table in tables if table.summary.startswith("Question ")]
    assert [table.summary for table in matrix] == [
        "Question 1 Does the first rule work?",
        "Question 2 Does the second rule work?",
    ]
    for table in matrix:
        body = [cell for cell in table.cells if not cell.is_heading]
        assert all(cell.text for cell in body)
        assert all(any("Sample" in head for head in cell.headings) for cell in body if "Always" in cell.text)


def test_the_reports_notes_are_tagged_as_notes_on_the_page_that_cites_them(papers):
    root = read_structure(papers["report"].data)
    notes = {note.text.split()[0]: note.page for note in root.find("Note")}
    cited = {link.text: link.page for link in root.find("Link") if link.links[0].target.startswith("note-")}
    assert len(notes) > 3
    assert notes == {number: page for number, page in cited.items() if number in notes}
