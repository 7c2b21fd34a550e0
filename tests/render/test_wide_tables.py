"""Tables with many columns: no word is divided that fits, and every design gives them the width of the page."""

from __future__ import annotations

import datetime

import pytest
from lxml import html as parser

from generator.pipeline.inputs.data_tables import with_data
from generator.render.html import Styles
from generator.render.layout.pdf import lay_out
from generator.render.layout.structure_reader import read_structure
from generator.render.layout.xmp import DocumentInfo
from generator.render.page import Page, build_page
from generator.render.preset import preset_names
from generator.render.style_sheets import pdf_stylesheets
from tests.render.pages import HEAD, preset, printed
from tests.render.papers import write_pdf
from tests.support import library, read

COLUMNS = [
    "Reservoir",
    "Opened",
    "Height (m)",
    "Crest length (m)",
    "Capacity (million m³)",
    "Surface (ha)",
    "Yield",
    "Operator",
]
ROW = ["Weighhouse Hollow", "1955", "46", "385", "47.5", "325", "67", "Quillport Water Company"]
DAY = datetime.date(2025, 2, 14)
TEXT = f"""{HEAD}
sections:
  - id: dams
    heading: The dams
    text: |
      Twelve dams stand in two valleys [@talk].

      ![#table:dams]
tables: [{{id: dams, table: data/dams.csv, caption: All dams, cite: "@talk"}}]
"""


def with_table(columns: list[str], row: list[str], design: str) -> Page:
    brief, problems = read(TEXT)
    assert brief is not None and not problems
    data = "\n".join(",".join(cells) for cells in (columns, row, row)).encode()
    return build_page(with_data(brief, lambda path: data)[0], library(), preset(design))


@pytest.mark.parametrize("design", preset_names())
def test_eight_columns_are_printed_whole_and_stay_on_the_paper(design: str) -> None:
    made, day = with_table(COLUMNS, ROW, design), datetime.date(2025, 2, 14)
    about = DocumentInfo(title=made.title, language=made.language, created=day, modified=day)
    paper = write_pdf(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset), about)
    assert not [one for one in paper.diagnostics if one.code.name != "thin-page"]
    tables = [[cell.text for cell in line.elements()] for line in read_structure(paper.data).find("TR")]
    assert COLUMNS in tables and ROW in tables


@pytest.mark.parametrize(
    ("columns", "kept"), [(COLUMNS, True), ([f"Unreasonablyremarkable{n}" for n in range(8)], False)]
)
def test_words_are_divided_only_where_they_do_not_fit(columns: list[str], kept: bool) -> None:
    assert ("whole-words" in printed(with_table(columns, ROW, "briefing"))) is kept


@pytest.mark.parametrize(
    ("columns", "row", "whole"), [(COLUMNS, ROW, True), (["Dam", "Opened"], ["Gull", "1941"], False)]
)
def test_a_section_with_a_wide_table_is_outside_the_columns_of_in_focus(
    columns: list[str], row: list[str], whole: bool
) -> None:
    root = parser.document_fromstring(printed(with_table(columns, row, "in-focus")))
    (section,) = root.xpath("//section[@aria-labelledby='section-dams']")
    assert (section.getparent().get("class") != "columns") is whole


def test_the_title_of_a_table_is_on_the_page_of_its_rows() -> None:
    """In `note`, a table is outside the two columns of its section, which end higher or lower on the page."""
    for lines in (79, 80, 81):
        text = TEXT.replace("in two valleys", "\\\n      ".join(["in two valleys", *["and a hill"] * lines]))
        brief, problems = read(text)
        assert brief is not None and not problems
        made = build_page(
            with_data(brief, lambda path: b"Dam,Opened\nGull,1941\nMill,1952\n")[0], library(), preset("note")
        )
        about = DocumentInfo(title=made.title, language=made.language, created=DAY, modified=DAY)
        layout = lay_out(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset), about, judged=True)
        assert "lonely-caption" not in [one.code.name for one in layout.diagnostics], lines
