"""Briefs that press the designs hard: no word is lost, printed over another, off the page or too small to read."""

from __future__ import annotations

import datetime
import os

import pytest

from generator.render.html import Styles
from generator.render.layout.pdf import LaidOutPdf, lay_out
from generator.render.layout.xmp import DocumentInfo
from generator.render.page import Page
from generator.render.preset import preset_names
from generator.render.style_sheets import pdf_stylesheets
from tests.render.pages import page, preset, printed
from tests.render.stress import SOURCES, STRESS, fact_file
from tests.render.stress_languages import SPOKEN, spoken_brief

DAY = datetime.date(2025, 2, 14)
CONTENT = {"thin-page"}
"""How full a page is depends on how much there is to say."""
PAIRS = [(name, design) for name in STRESS for design in preset_names()]
SAMPLE = [(name, preset_names()[number % 5]) for number, name in enumerate(STRESS) if name != "forty pages"]


FULL = os.environ.get("BRIEF_STRESS") == "full"
SPOKEN_PAIRS = [(tag, design) for tag in SPOKEN for design in preset_names()]
SPOKEN_SAMPLE = [("ar", "in-focus"), ("he", "report"), ("ja", "note"), ("hi", "briefing"), ("de", "four-column")]


@pytest.mark.parametrize(("name", "design"), PAIRS if FULL else SAMPLE)
def test_the_pages_are_fit_to_read(name: str, design: str) -> None:
    text, experts = fact_file(STRESS[name])
    assert _faults(page(text, design=preset(design), experts=experts, sources=SOURCES)) == []


@pytest.mark.parametrize(("tag", "design"), SPOKEN_PAIRS if FULL else SPOKEN_SAMPLE)
def test_the_pages_are_fit_to_read_in_each_language(tag: str, design: str) -> None:
    assert _faults(page(**spoken_brief(tag), design=preset(design))) == []


def _faults(made: Page) -> list[str]:
    return [one.message for one in _laid_out(made).diagnostics if one.code.name not in CONTENT]


def _laid_out(made: Page) -> LaidOutPdf:
    about = DocumentInfo(title=made.title, language=made.language, created=DAY, modified=DAY)
    sheets = pdf_stylesheets(made.preset, made.direction)
    return lay_out(printed(made, styles=Styles.ABSENT), sheets, about, judged=True)


def test_a_long_brief_wastes_few_pages() -> None:
    """Six columns of a hundred words each: a table that is too long for a page is divided, not pushed to the next one."""
    text, experts = fact_file(STRESS["forty pages"])
    layout = _laid_out(page(text, design=preset(), experts=experts, sources=SOURCES))
    assert len([diagnostic for diagnostic in layout.diagnostics if diagnostic.code.name == "thin-page"]) < 6
