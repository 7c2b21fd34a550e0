"""The page on paper: which way the sheets lie, what the outline holds, and that the engine has nothing to say."""

from __future__ import annotations

import datetime
from io import BytesIO

import pikepdf
import pytest

from generator.render.html import Styles
from generator.render.layout.structure_reader import read_structure
from generator.render.layout.xmp import DocumentInfo
from generator.render.page import Page
from generator.render.style_sheets import pdf_stylesheets
from tests import support
from tests.render.pages import HEAD, QUESTION, many, page, preset, printed
from tests.render.papers import Paper, write_pdf


def paper(made: Page) -> Paper:
    day = datetime.date(2025, 2, 14)
    about = DocumentInfo(title=made.title, language=made.language, created=day, modified=day)
    return write_pdf(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset), about)


def across(result: Paper) -> list[bool]:
    """For each sheet, whether it is wider than high."""
    with pikepdf.open(BytesIO(result.data)) as pdf:
        return [float(sheet.mediabox[2]) > float(sheet.mediabox[3]) for sheet in pdf.pages]


def test_the_outline_has_the_sections_and_under_the_positions_the_questions():
    result = paper(page(HEAD + QUESTION))
    titles = [(entry.level, entry.title) for entry in result.outline]
    assert titles[0] == (1, "Does it work?")
    assert titles[titles.index((2, "The positions")) + 1] == (3, "1 Does it work?")
    assert all(level < 3 or title[0].isdigit() for level, title in titles)


def test_everything_in_the_style_sheets_is_understood_and_every_link_leads_somewhere():
    facts = "facts:\n  - {id: one, claim: One., cite: '@talk'}\n"
    result = paper(page(HEAD + facts + "summary: So it is [#one] [@press].\n" + QUESTION))
    assert not result.diagnostics
    assert not any(across(result))


@pytest.mark.parametrize("name", ["briefing", "in-focus", "note", "report", "four-column"])
def test_no_page_is_turned_however_many_experts_there_are(name):
    given = many(9)
    made = page(given["text"], experts=given["experts"], design=preset(name))
    assert set(across(paper(made))) == {name == "four-column"}


def test_headings_in_a_section_are_of_the_third_level_on_the_page_and_in_its_tags() -> None:
    text = f"""{HEAD}
sections:
  - id: story
    heading: How it began
    text: |
      It began.

      ### The first *year*

      It went on [@talk].
"""
    made = page(text)
    assert "<h3>The first <em>year</em></h3>" in printed(made)
    root = read_structure(paper(made).data)
    levels = [(found.role, found.text) for found in root.find("H1", "H2", "H3")]
    assert levels[levels.index(("H2", "How it began")) + 1] == ("H3", "The first year")


@pytest.mark.parametrize("written", ["## Too high", "#### Too low", "> ### In a quotation", "- ### In a list"])
def test_a_section_has_headings_of_the_third_level_only(written: str) -> None:
    text = f"{HEAD}\nsections:\n  - id: story\n    heading: How\n    text: |\n      It began.\n\n      {written}\n"
    assert [problem.code for problem in support.read(text)[1]] == ["heading-in-prose"]
