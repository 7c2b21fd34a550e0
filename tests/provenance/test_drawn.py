"""Words that a page draws without tags: beside its text, over it, in forms and annotations."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from generator.pipeline.pdf_files.pdf_contents import open_contents
from generator.project import Project
from generator.provenance.drawn_text import drawn_by, strange_tokens
from generator.provenance.rebuild_brief import Remade
from generator.provenance.verification import Result, judge, verify
from tests.provenance.conftest import Brief, build
from tests.provenance.pdfs import saved, with_manifest
from tests.provenance.test_designs import with_design

LIE = b"BT /Lie 20 Tf 100 400 Td (It failed badly) Tj ET"


def lie_font(opened: pikepdf.Pdf) -> pikepdf.Object:
    made = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    return opened.make_indirect(made)


def form(opened: pikepdf.Pdf, content: bytes = LIE) -> pikepdf.Object:
    made = pikepdf.Stream(opened, content, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 600, 800])
    made.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Lie=lie_font(opened)))
    return opened.make_indirect(made)


def over_the_text(opened: pikepdf.Pdf) -> None:
    page = opened.pages[0]
    page.Resources.Font.Lie = lie_font(opened)
    page.contents_add(b"/Artifact BMC " + LIE + b" EMC")


def in_pieces(opened: pikepdf.Pdf) -> None:
    page = opened.pages[0]
    page.Resources.Font.Lie = lie_font(opened)
    page.contents_add(b"BT /Lie 20 Tf [(It fai) -20 (led bad) 5 (ly)] TJ ET")


def in_a_form(opened: pikepdf.Pdf) -> None:
    page = opened.pages[0]
    if "/XObject" not in page.Resources:
        page.Resources.XObject = pikepdf.Dictionary()
    page.Resources.XObject.Lie = form(opened)
    page.contents_add(b"/Lie Do")


def in_an_annotation(opened: pikepdf.Pdf) -> None:
    stamp = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[0, 0, 600, 800])
    stamp.AP = pikepdf.Dictionary(N=form(opened))
    page = opened.pages[0]
    page.Annots = pikepdf.Array([*page.get("/Annots", ()), opened.make_indirect(stamp)])


LIES: tuple[Callable[[pikepdf.Pdf], None], ...] = (over_the_text, in_pieces, in_a_form, in_an_annotation)


@pytest.mark.parametrize("lie", LIES, ids=lambda lie: lie.__name__)
def test_words_over_the_text_are_found_where_only_words_can_be_compared(
    made: Brief, remade: Remade, lie: Callable[[pikepdf.Pdf], None]
) -> None:
    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        lie(opened)
        pdf = with_manifest(saved(opened), lambda said: said["versions"].update(pango="1.0"))
    found = judge(pdf, open_contents(pdf), remade)
    assert found.result is Result.UNKNOWN
    assert "draws words that do not come from its attachments" in found.reason
    assert any("failed" in words for words in found.differences.unexplained)


def test_a_design_that_prints_words_in_the_margin_is_caught(tmp_path: Path) -> None:
    css = "@page { @bottom-center { content: 'Ann Example was convicted of fraud.' } }"
    found = verify(build(Project(with_design(tmp_path, css=css))))
    assert found.result is Result.OWN_DESIGN
    assert {"convicted", "fraud"} <= set(" ".join(found.differences.unexplained).split())


def test_forms_that_include_each_other_without_end_are_refused(made: Brief) -> None:
    from generator.pipeline.pdf_files.pdf_contents import Unreadable

    with pikepdf.open(io.BytesIO(made.pdf)) as opened:
        endless = form(opened, b"/Again Do")
        endless.Resources.XObject = pikepdf.Dictionary(Again=endless)
        opened.pages[0].Resources.XObject = pikepdf.Dictionary(Again=endless)
        opened.pages[0].contents_add(b"/Again Do")
        with pytest.raises(Unreadable, match="includes too much"):
            drawn_by(saved(opened))


def test_words_divided_at_the_end_of_a_line_and_page_numbers_are_not_strange() -> None:
    known = {"the", "intelligence", "works"}
    assert strange_tokens(("the", "intelli", "gence", "works", "3"), known, 4) == ()
    assert strange_tokens(("the", "intelli", "works", "5", "bad", "the", "bad"), known, 4) == (
        "intelli",
        "5 bad",
        "bad",
    )
