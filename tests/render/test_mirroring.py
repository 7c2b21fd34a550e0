"""Pages from right to left: the same design in a mirror."""

from __future__ import annotations

import datetime

import pypdfium2
import pytest

from generator.render.html import Styles
from generator.render.layout.xmp import DocumentInfo
from generator.render.style_sheets import mirrored, mirrored_styles, page_assets, pdf_stylesheets
from tests.render.pages import page, preset, printed, tree
from tests.render.papers import write_pdf

TEXT = """
title: هل تكفي العقوبات؟
language: ar
number: 2025-01
date: 2025-02-14
status: published
experts: [ann, ben]
selection: سُئل الجميع.
facts:
  - id: cost
    claim: الكلفة محل خلاف.
    figures:
      - {amount: 5, unit: USD, by: أحمد, measures: م, cite: '@talk'}
      - {amount: 9, unit: USD, by: مريم, measures: م, cite: '@talk'}
questions:
  - id: works
    ask: هل تكفي؟
    scale: [أبدًا, دائمًا]
    positions:
      ann: {stance: أبدًا, quote: العقوبات وحدها لا تكفي., cite: "@talk"}
      ben: {stance: دائمًا, quote: Sanctions suffice., cite: "@press"}
"""


@pytest.mark.parametrize(
    ("sheet", "turned"),
    [
        ("p { margin-left: 1px; padding: 1px 2px 3px 4px }", "p { margin-right: 1px; padding: 1px 4px 3px 2px }"),
        ("a{left:0;border-right-color:red}", "a{right:0;border-left-color:red}"),
        ("a { margin: 0 calc(1px + 2px) 0 auto !important; }", "a { margin: 0 auto 0 calc(1px + 2px) !important; }"),
        ("a { margin: 1px 2px; text-align: right }", "a { margin: 1px 2px; text-align: left }"),
        ("@page { @top-left { x: y } @left-middle { x: y } }", "@page { @top-right { x: y } @right-middle { x: y } }"),
        ("a { transform: translateX(3mm) rotate(-90deg) }", "a { transform: translateX(-3mm) rotate(90deg) }"),
        ("a { letter-spacing: .3em; color: red }", "a { letter-spacing: 0; color: red }"),
        (".left { color: red } a { --left: 1px }", ".left { color: red } a { --left: 1px }"),
        ("a { left: 0; /* not mirrored */ right: 1px }", "a { left: 0; /* not mirrored */ left: 1px }"),
    ],
)
def test_what_names_a_side_names_the_other_one(sheet: str, turned: str):
    assert mirrored(sheet) == turned


def test_in_a_page_only_styles_are_turned():
    html = '<p style="margin-left:1%;left:2%" title="left: 1">left: 3</p>'
    assert mirrored_styles(html) == '<p style="margin-right:1%;right:2%" title="left: 1">left: 3</p>'


def test_every_sheet_comes_in_both_directions():
    assets = page_assets(preset())
    assert b"padding-left: 4.5mm" in assets["assets/briefing/print.css"]
    assert b"padding-right: 4.5mm" in assets["assets/briefing/print.rtl.css"]


def test_an_arabic_brief_runs_from_right_to_left_on_screen_and_paper():
    made, day = page(TEXT), datetime.date(2025, 2, 14)
    screen = printed(made)
    assert '<html lang="ar" dir="rtl">' in screen
    assert 'href="assets/briefing/screen.rtl.css"' in screen
    assert '<blockquote class="quote" id="works-ben.quote" dir="ltr"><p>«Sanctions' in screen
    assert '<blockquote class="quote" id="works-ann.quote"><p>«العقوبات' in screen
    assert 'style="right:' in screen
    assert 'style="left:' not in screen
    about = DocumentInfo(title=made.title, language="ar", created=day, modified=day)
    paper = write_pdf(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset, made.direction), about)
    assert not paper.layout.diagnostics
    with pypdfium2.PdfDocument(paper.data) as pdf:
        text = pdf[0].get_textpage()
        width, searcher = pdf[0].get_width(), text.search("أين يقفون")
        assert searcher.get_next() is not None, "the heading of the overview, in the label's own words"
        first = text.search("هل تكفي العقوبات؟").get_next()
        assert first is not None
        right = max(text.get_charbox(index)[2] for index in range(first[0], sum(first)))
    assert right > width - 70


@pytest.mark.parametrize(
    ("language", "title", "apart"),
    [("ar", "A report (2024)", True), ("ar", "تقرير", False), ("en-GB", "تقرير", True), ("en-GB", "A report", False)],
)
def test_a_title_in_letters_of_the_other_direction_does_not_draw_the_date_into_it(
    language: str, title: str, apart: bool
):
    sources = "references:\n" + "".join(
        f"  - {{id: {key}, type: speech, title: {title}, issued: 2024-05-02}}\n" for key in ("talk", "press")
    )
    shown = tree(TEXT.replace("language: ar", f"language: {language}"), sources=sources)
    line = shown.find_class("source")[0].text_content()
    assert title in line
    assert ("\u2068" in line) == apart
    assert not apart or f"\u2068{title}\u2069" in line
