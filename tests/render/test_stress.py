"""Briefs that press the designs hard: no word is lost, printed over another, off the page or too small to read."""

from __future__ import annotations

import datetime
import os

import pytest

from generator.render.html import Styles, pdf_stylesheets
from generator.render.pdf import DocumentInfo, lay_out
from generator.render.preset import preset_names
from tests.render.pages import page, preset, printed
from tests.render.stress import SOURCES, STRESS, fact_file

DAY = datetime.date(2025, 2, 14)
CONTENT = {"thin-page"}
"""How full a page is depends on how much there is to say."""
PAIRS = [(name, design) for name in STRESS for design in preset_names()]
SAMPLE = [(name, preset_names()[number % 5]) for number, name in enumerate(STRESS) if name != "forty pages"]


@pytest.mark.parametrize(("name", "design"), PAIRS if os.environ.get("BRIEF_STRESS") == "full" else SAMPLE)
def test_the_pages_are_fit_to_read(name: str, design: str) -> None:
    text, experts = fact_file(STRESS[name])
    made = page(text, design=preset(design), experts=experts, sources=SOURCES)
    about = DocumentInfo(title=made.title, language=made.language, created=DAY, modified=DAY)
    layout = lay_out(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset), about, judged=True)
    assert [diagnostic.message for diagnostic in layout.diagnostics if diagnostic.code.name not in CONTENT] == []


def test_a_long_brief_wastes_few_pages() -> None:
    """Six columns of a hundred words each: a table that is too long for a page is divided, not pushed to the next one."""
    text, experts = fact_file(STRESS["forty pages"])
    made = page(text, design=preset(), experts=experts, sources=SOURCES)
    about = DocumentInfo(title=made.title, language=made.language, created=DAY, modified=DAY)
    layout = lay_out(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset), about, judged=True)
    assert len([diagnostic for diagnostic in layout.diagnostics if diagnostic.code.name == "thin-page"]) < 6
