"""Footnotes of the author's own join the numbered notes of a page, in the order of reading."""

from __future__ import annotations

import shutil

import pytest

from generator.model import CitationKind
from generator.render.html import Styles, ordered_citation_groups, render_page
from generator.render.templating import TemplateFault
from tests.render.pages import HEAD, QUESTION, formatted, page, preset, printed, tree, words

TEXT = (
    HEAD
    + """
summary: |
  One[^a] two [@press], again[^a], three[^b].

  [^b]: See [@talk, p. 2].

      More.

  [^a]: So it is.
"""
    + QUESTION.replace("It depends.", '"It depends.[^1]\\n\\n[^1]: On [@press]."')
)


def notes(root):
    """Number and words of each note."""
    return [(item.get("id"), words(item)) for item in root.xpath("//ol[@class='note-list']/li")]


def marks(root):
    return [(mark.get("id"), mark.get("href")) for mark in root.xpath("//sup/a[@role='doc-noteref']")]


def test_they_are_numbered_with_the_citations_in_the_order_of_reading():
    root = tree(TEXT)
    assert notes(root) == [
        ("note-1", "1 So it is. (2)"),
        ("note-2", "2 press"),
        ("note-3", "3 See talk, page 2.More."),
        ("note-4", "4 On press."),
        ("note-5", "5 talk, page 3"),
    ]
    assert marks(root) == [
        ("ref-1", "#note-1"),
        ("ref-2", "#note-2"),
        ("ref-1-2", "#note-1"),
        ("ref-3", "#note-3"),
        ("ref-4", "#note-4"),
        ("ref-5", "#note-5"),
    ]


def test_links_lead_both_ways_also_from_the_second_place():
    root = tree(TEXT)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert root.xpath("//li[@id='note-1']//a[@role='doc-backlink']/@href") == ["#ref-1", "#ref-1-2"]
    assert {href[1:] for href in root.xpath("//a/@href") if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("kind", [CitationKind.AUTHOR_DATE, CitationKind.NUMERIC])
def test_in_other_styles_they_are_the_only_notes(kind):
    root = tree(TEXT, kind)
    assert notes(root) == [
        ("note-1", "1 So it is. (2)"),
        ("note-2", "2 See talk, page 2.More."),
        ("note-3", "3 On press."),
    ]
    assert root.xpath("//li[@id='note-2']//a[@class='citation']/@href") == ["#source-talk"]


def test_a_design_without_notes_of_citations_prints_them_all_the_same():
    root = tree(TEXT, design=preset("in-focus"))
    assert notes(root) == [
        ("note-1", "1 So it is. (2)"),
        ("note-2", "2 See [2, p. 2].More."),
        ("note-3", "3 On [1]."),
    ]


def test_at_the_foot_of_pages_each_stands_once_behind_its_first_number():
    made = page(TEXT, design=preset("report"))
    html = printed(made, styles=Styles.ABSENT)
    assert html.count('role="doc-footnote"') == 3
    assert html.count('id="note-1"') == html.count("So it is.") == 1


def test_citation_groups_of_a_footnote_follow_it_and_stand_inside():
    citation_groups = ordered_citation_groups(page(TEXT))
    assert [(len(one.citations), one.inside) for one in citation_groups] == [
        (0, False), (1, False), (0, False), (1, True), (0, False), (1, True), (1, False),
    ]  # fmt: skip


def test_prose_that_a_page_prints_twice_has_notes_of_its_own_each_time():
    text = HEAD + "limits: |\n  One[^a].\n\n  [^a]: So.\nmethod: |\n  Two[^a].\n\n  [^a]: No.\n" + QUESTION
    assert [said for _, said in notes(tree(text))] == ["1 talk, page 3", "2 So.", "3 No."]


def test_a_design_that_prints_no_notes_is_refused(tmp_path):
    folder = tmp_path / "templates" / "presets" / "mine"
    shutil.copytree(preset("note").folders[0], folder)
    design = (folder / "preset.yaml").read_text("utf-8")
    (folder / "preset.yaml").write_text(design.replace("  - notes\n", ""), "utf-8")
    made = page(TEXT, design=preset("mine", tmp_path))
    with pytest.raises(TemplateFault, match="prints no notes"):
        render_page(made, formatted(ordered_citation_groups(made)))


def test_prose_and_notes_have_the_quotation_marks_of_cells():
    text = HEAD + 'language: de\nsummary: |\n  Er sagt "nie"[^a].\n\n  [^a]: Und «immer».\n'
    root = tree(text)
    assert "„nie“" in words(root.xpath("//section[@aria-labelledby='summary']")[0])
    assert notes(root)[0][1] == "1 Und „immer“."
