"""Where pages end: no row, fact or source alone, no last page nearly empty, no page half empty before a large block; no text over text."""

from __future__ import annotations

import datetime
import re

import pypdfium2
import pytest

from generator.model import Evidence, Verdict
from generator.problems import Location
from generator.render.layout.xmp import DocumentInfo
from generator.render.page import Page
from tests.render.pages import HEAD, many, page, preset, tree
from tests.render.papers import write_pdf
from tests.render.test_page_pdf import paper

ANNEX = "name: Example Desk\nevidence_annex: true\n"
PLACE = Location("briefs/sample.yaml")
DAY = datetime.date(2025, 2, 14)


def texts(made: Page) -> list[str]:
    """What each page says."""
    with pypdfium2.PdfDocument(paper(made).data) as pdf:
        return [sheet.get_textpage().get_text_range() for sheet in pdf]


def annex(rows: int, words: str, text: str = HEAD) -> Page:
    checked = [
        Evidence(f"Row{number}. {words}", "talk", "quote", Verdict.LOCKED, PLACE, "p. 3", "2025-01-02", "ab" * 32)
        for number in range(rows)
    ]
    return page(text, evidence=checked, house=ANNEX)


def test_a_last_page_has_five_rows_of_the_annex_at_least():
    last = [texts(annex(rows, "It works."))[-1] for rows in range(24, 32)]
    counts = [len(re.findall(r"Row\d+", text)) for text in last]
    assert min(counts) == 5, counts


def test_rows_that_are_kept_whole_and_too_long_to_stay_together_are_printed_all():
    words = "It works as it should. " * 50
    made = texts(annex(12, words))
    assert re.findall(r"Row\d+", " ".join(made)) == [f"Row{number}" for number in range(12)]
    assert len(made) < 12


def test_no_fact_stands_alone_on_a_page():
    for count in range(22, 30):
        facts = "".join(f"  - {{id: f{n}, claim: Fact{n} is so., cite: '@talk'}}\n" for n in range(count))
        pages = texts(page(f"{HEAD}facts:\n{facts}"))
        counts = [len(re.findall(r"Fact\d+", text)) for text in pages]
        assert 1 not in counts, counts


def test_a_fact_with_its_figures_is_on_one_page():
    amounts = "".join(
        f"      - {{amount: {n}, unit: USD, by: B{n}, measures: m{n}, cite: '@talk'}}\n" for n in range(1, 4)
    )
    for count in range(20, 30):
        facts = "".join(f"  - {{id: f{n}, claim: Fact{n} is so., cite: '@talk'}}\n" for n in range(count))
        facts += f"  - id: last\n    claim: Last is so.\n    cite: '@talk'\n    figures:\n{amounts}"
        facts += "  - {id: end, claim: End is so., cite: '@talk'}\n"
        (said,) = (text for text in texts(page(f"{HEAD}facts:\n{facts}")) if "Last is so." in text)
        assert "m3" in said, count


def test_the_heading_of_the_annex_has_two_rows_under_it():
    """Lines of a text move the annex down in steps that are smaller than its rows."""
    facts = "".join(f"  - {{id: f{n}, claim: Fact{n} is so., cite: '@talk'}}\n" for n in range(28))
    for lines in range(2, 9):
        limits = "".join(f"  Line {n}.\\\n" for n in range(lines)) + "  End.\n"
        pages = texts(annex(20, "It works.", f"{HEAD}facts:\n{facts}limits: |\n{limits}"))
        (said,) = (text for text in pages if "Row0." in text)
        assert "Row1." in said, lines
        assert "Each passage" in said, lines


def test_an_annex_of_many_sources_with_one_row_each_is_divided():
    sources = "references:\n"
    sources += "".join(f"  - {{id: s{n}, type: speech, title: Talk {n}, issued: 2024-05-02}}\n" for n in range(60))
    checked = [
        Evidence(f"Row{n}. It works.", f"s{n}", "quote", Verdict.LOCKED, PLACE, "p. 3", "2025-01-02", "ab" * 32)
        for n in range(60)
    ]
    pages = texts(page(HEAD, evidence=checked, house=ANNEX, sources=sources))
    assert re.findall(r"Row\d+", " ".join(pages)) == [f"Row{n}" for n in range(60)]


def test_strips_fill_a_page_that_has_no_room_for_the_last_one():
    cells = "{ann: {stance: 'Yes', says: It depends., cite: '@talk'}, ben: {gap: declined}}"
    asked = "".join(f"  - {{id: q{n}, ask: Asked{n}?, scale: ['No', 'Yes'], positions: {cells}}}\n" for n in range(3))
    counts = set()
    for count in range(15, 19):
        facts = "".join(f"  - {{id: f{n}, claim: Fact{n} is so., cite: '@talk'}}\n" for n in range(count))
        pages = texts(page(f"{HEAD}emphasis: facts\nfacts:\n{facts}questions:\n{asked}"))
        (said,) = (text for text in pages if "Where they stand" in text)
        counts.add(len(set(re.findall(r"Asked\d", said))))
    assert 2 in counts
    assert 1 not in counts


def test_two_strips_of_a_wide_page_are_at_one_height():
    cells = "{ann: {stance: 'Yes', says: It depends., cite: '@talk'}, ben: {gap: declined}}"
    asked = "".join(f"  - {{id: q{n}, ask: Asked{n}?, scale: ['No', 'Yes'], positions: {cells}}}\n" for n in range(2))
    made = paper(page(f"{HEAD}questions:\n{asked}", design=preset("four-column")))
    with pypdfium2.PdfDocument(made.data) as pdf:
        text = pdf[0].get_textpage()
        boxes = [text.get_charbox(text.search(f"Asked{n}?").get_next()[0]) for n in range(2)]
    (left, first, *_), (right, second, *_) = boxes
    assert first == second
    assert right > left + 300


def test_a_block_without_content_does_not_divide_the_columns():
    text = f"{HEAD}emphasis: facts\nsummary: It works.\nfacts:\n  - {{id: one, claim: It is so., cite: '@talk'}}\n"
    root = tree(text, design=preset("in-focus"))
    (columns,) = root.xpath("//section[contains(@class, 'facts')]/parent::div")
    assert columns.get("class") == "columns"
    assert columns.xpath("section[contains(@class, 'summary')]")


@pytest.mark.parametrize("lines", range(1, 5))
def test_what_a_form_leaves_out_is_not_alone_on_a_page(lines):
    facts = "".join(f"  - {{id: f{n}, claim: Fact{n} is so., cite: '@talk'}}\n" for n in range(11))
    method = "".join(f"  Line {n}.\\\n" for n in range(lines)) + "  End.\n"
    rest = "limits: Few were asked [@press].\ntimeline: [{date: 2024-05-02, event: It began., cite: '@talk'}]\n"
    pages = texts(page(f"{HEAD}method: |\n{method}facts:\n{facts}{rest}", design=preset("four-column")))
    (said,) = (text for text in pages if "Not printed in this form" in text)
    assert "Entry talk." in said


@pytest.mark.parametrize("count", [17, 19])
def test_a_long_summary_begins_on_the_page_that_has_room_for_its_beginning(count):
    facts = "".join(f"  - {{id: f{n}, claim: Fact{n} is so., cite: '@talk'}}\n" for n in range(count))
    points = "".join(f"  - {'It works as it should. ' * 6}\n" for _ in range(4))
    text = f"{HEAD}emphasis: facts\nsummary: {'It works as it should. ' * 20}\nkey_points:\n{points}facts:\n{facts}"
    pages = texts(page(text))
    assert "SUMMARY" in next(said for said in pages if f"Fact{count - 1}" in said).upper()


@pytest.mark.parametrize("name", ["briefing", "in-focus", "note", "report", "four-column"])
def test_a_word_wider_than_its_column_does_not_run_into_the_next(name):
    word = "Verfassungsgerichtsentscheidungsgrundlagengesetz" * 2
    given = many(4)
    text = given["text"].replace("Never", word).replace("says: No.", f"says: {word}.")
    with pypdfium2.PdfDocument(paper(page(text, design=preset(name), experts=given["experts"])).data) as pdf:
        boxes = [letters(sheet) for sheet in pdf]
    assert all(boxes[0])
    assert not [pair for page_boxes in boxes for pair in overlapping(page_boxes)]


def letters(sheet):
    """The box of each letter; one that stands for several characters counts once."""
    said = sheet.get_textpage()
    boxes = dict.fromkeys(said.get_charbox(number) for number in range(said.count_chars()))
    return [box for box in boxes if box[2] - box[0] > 1 and box[3] - box[1] > 1]


def overlapping(boxes):
    """Letters of which the middle lies in another letter."""
    for number, (left, bottom, right, top) in enumerate(boxes):
        x, y = (left + right) / 2, (bottom + top) / 2
        for other in boxes[:number] + boxes[number + 1 :]:
            if other[0] < x < other[2] and other[1] < y < other[3]:
                yield (left, bottom), other


def test_a_text_before_a_kept_word_is_not_broken_after_its_first_word():
    """At one width in this range only the space before the last word does not fit."""
    widths = [width / 4 for width in range(4 * 50, 4 * 58)]
    text = "<p>“The Council should say no to the gates this <span class=tied>year”<sup>20</sup></span></p>"
    body = "".join(f"<div style='width: {width}mm'>{text}</div>" for width in widths)
    html = f"<html lang=en><head><title>Title</title></head><body>{body}</body></html>"
    about = DocumentInfo(title="Title", language="en", created=DAY, modified=DAY)
    css = "p { font: italic 8.4pt/11.2pt 'IBM Plex Serif' } .tied { white-space: nowrap }"
    with pypdfium2.PdfDocument(write_pdf(html, [css], about).data) as pdf:
        lines = [line.strip() for sheet in pdf for line in sheet.get_textpage().get_text_range().splitlines()]
    assert sum(line.startswith("“The Council should say no to the gates") for line in lines) == len(widths)
