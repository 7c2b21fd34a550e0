"""What `brief check --layout` finds on laid-out pages. Each fault has a page that has it and one that nearly has."""

from __future__ import annotations

import datetime

import pytest

from generator.render.layout.pdf import lay_out
from generator.render.layout.xmp import DocumentInfo

PAGE = "@page { size: 100mm 100mm; margin: 10mm } * { margin: 0; font: 10pt/15pt 'IBM Plex Serif' }"
"""Content of 80 mm: about fifteen lines of 15 pt."""
ABOUT = DocumentInfo("Title", "en", datetime.date(2026, 1, 1), datetime.date(2026, 1, 1))


def faults(body: str, css: str = "") -> list[tuple[str, str]]:
    html = f"<html lang=en><head><title>Title</title></head><body>{body}</body></html>"
    layout = lay_out(html, [PAGE, css], ABOUT, judged=True)
    return [(diagnostic.code.name, diagnostic.message) for diagnostic in layout.diagnostics]


def lines(number: int) -> str:
    return "".join(f"<p>line {each}</p>" for each in range(number))


def table(rows: int, head: str = "") -> str:
    return f"<table>{head}" + "".join(f"<tr><td>row {each}</td></tr>" for each in range(rows)) + "</table>"


def test_a_full_page_has_no_fault() -> None:
    assert faults(lines(15)) == []


def test_a_document_of_one_page_may_be_short() -> None:
    assert faults(lines(1)) == []


@pytest.mark.parametrize(("last", "found"), [(2, ["thin-page"]), (4, [])])
def test_a_last_page_has_a_fifth_of_content(last: int, found: list[str]) -> None:
    assert [name for name, _ in faults(lines(15 + last))] == found


def test_the_message_says_which_page_and_what_is_on_it() -> None:
    assert faults(lines(16)) == [("thin-page", "page 2, the last, is filled to 6%, from “line 15”")]


@pytest.mark.parametrize(("first", "found"), [(5, ["thin-page"]), (9, [])])
def test_a_page_before_the_last_is_half_full(first: int, found: list[str]) -> None:
    body = lines(first) + f"<div style='break-before: page'>{lines(8)}</div>"
    assert [name for name, _ in faults(body)] == found


def test_a_heading_at_the_foot_of_a_page() -> None:
    body = lines(14) + "<h2>What now</h2>" + f"<div style='break-before: page'>{lines(5)}</div>"
    assert faults(body, "h2 { break-after: auto }") == [("lonely-heading", "page 1 ends with the heading “What now”")]


def test_a_heading_with_text_below_it() -> None:
    assert faults(lines(13) + "<h2>What now</h2>" + lines(6)) == []


def test_a_heading_with_one_row_of_a_longer_table() -> None:
    body = lines(12) + "<h2>Where they stand</h2>" + table(9)
    found = faults(
        body, "td { height: 15pt; padding: 0 } table { border-spacing: 0 } tr:first-child td { height: 30pt }"
    )
    assert found == [("lonely-heading", "page 1 has only one row of the table under “Where they stand”")]


def test_a_heading_with_all_of_a_table_of_one_row() -> None:
    body = lines(13) + "<h2>Where they stand</h2>" + table(1) + f"<div style='break-before: page'>{lines(5)}</div>"
    assert faults(body, "td { padding: 0 } table { border-spacing: 0 }") == []


def test_a_caption_without_its_picture() -> None:
    picture = "<div style='height: 60pt; break-before: page'>words of the picture</div>"
    body = lines(13) + f"<figure><figcaption>Figure 1</figcaption><table><tr><td>{picture}</td></tr></table></figure>"
    found = faults(body, "figcaption { break-after: page }")
    assert ("lonely-caption", "page 1 has the caption “Figure 1” without its table or picture") in found


def test_a_caption_with_its_table() -> None:
    assert faults(lines(5) + table(4, "<caption>Table 1</caption>")) == []


def test_a_long_word_over_its_neighbour() -> None:
    body = "<table><tr><td>uncharacteristically</td><td>neighbour</td></tr></table>"
    found = faults(body, "table { table-layout: fixed; width: 60mm } td { padding: 0 }")
    assert found == [("text-over-text", "page 1 prints “neighbour” over “uncharacteristically”")]


def test_a_long_word_that_breaks() -> None:
    body = "<table><tr><td>uncharacteristically</td><td>neighbour</td></tr></table>"
    css = "table { table-layout: fixed; width: 60mm } td { padding: 0; overflow-wrap: anywhere }"
    assert faults(body, css) == []


def test_lines_set_close_do_not_cover_each_other() -> None:
    assert faults("<h1>Two lines<br>set close</h1>", "h1 { font-size: 20pt; line-height: 20pt }") == []


def test_what_cannot_be_seen_covers_nothing() -> None:
    assert faults("<p style='visibility: hidden'>hidden</p><p style='margin-top: -15pt'>shown</p>") == []


def test_words_beyond_the_edge() -> None:
    found = faults("<p style='white-space: nowrap'>" + "word " * 40 + "</p>")
    assert [name for name, _ in found] == ["text-off-page"]


@pytest.mark.parametrize(("size", "found"), [("7.9pt", ["small-text"]), ("8pt", [])])
def test_text_of_eight_points(size: str, found: list[str]) -> None:
    assert [name for name, _ in faults(f"<p style='font-size: {size}'>words</p>")] == found


def test_raised_digits_may_be_small() -> None:
    assert faults("<p>words<sup style='font-size: 6pt'>1</sup></p>") == []


def test_the_speaker_under_a_pull_quote_stands_with_its_words() -> None:
    quote = "<figure><blockquote>Words.</blockquote><figcaption>Ann Example</figcaption></figure>"
    assert faults(lines(5) + quote) == []
    parted = faults(lines(13) + quote, "figcaption { break-before: page }")
    assert [name for name, _ in parted if name != "thin-page"] == ["lonely-caption"]


@pytest.mark.parametrize(("columns", "found"), [(2, []), (3, ["narrow-column"])])
def test_columns_of_positions_have_room_for_25_characters(columns: int, found: list[str]) -> None:
    cells = "".join(f"<td>position {each}</td>" for each in range(columns))
    body = f"<table class='matrix' style='width: 100%; table-layout: fixed'><tr>{cells}</tr></table>"
    assert [name for name, _ in faults(body)] == found
    assert faults(body.replace("matrix", "data")) == []
