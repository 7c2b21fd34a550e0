"""A document whose last page is nearly empty is laid out with closer or wider spaces. Each case counts lines by hand."""

from __future__ import annotations

import datetime

import pytest

from generator.render.layout.copyfitting import CLOSER, WIDER, spaced
from generator.render.layout.pdf import LaidOutPdf, lay_out
from generator.render.layout.xmp import DocumentInfo

PAGE = "@page { size: 100mm 100mm; margin: 10mm } body { margin: 0 } p { margin: 0; font: 10pt/15pt 'IBM Plex Serif' }"
"""Content of 80 mm, which is 226.8 pt."""
ABOUT = DocumentInfo("Title", "en", datetime.date(2026, 1, 1), datetime.date(2026, 1, 1))


def made(lines: int, space: str, least_pages: int = 1) -> LaidOutPdf:
    body = "".join(f"<p>line {each}</p>" for each in range(lines))
    html = f"<html lang=en><head><title>Title</title></head><body>{body}</body></html>"
    sheets = [PAGE, f"p {{ margin-bottom: {space} }}"]
    return lay_out(html, sheets, ABOUT, judged=True, least_pages=least_pages)


def faults(layout: LaidOutPdf) -> list[str]:
    return [diagnostic.message for diagnostic in layout.diagnostics]


def test_closer_spaces_save_a_page_with_one_line():
    """Eleven lines 20 pt apart fit on a page, and twelve that are 19 pt apart."""
    layout = made(12, "5pt")
    assert (layout.pages, faults(layout)) == (1, [])


def test_wider_spaces_fill_a_page_that_closer_ones_cannot_save():
    """Nine lines 25 pt apart fit on a page, ten that are 23 pt apart, and eight that are 26.5 pt apart."""
    layout = made(11, "10pt")
    assert (layout.pages, faults(layout)) == (2, [])
    assert layout.length == pytest.approx(1 + (2 * 26.5 + 15) / 226.8, abs=0.01)


def test_the_spaces_stay_if_neither_helps():
    """Two of thirteen lines are on the second page with wider spaces too."""
    layout = made(13, "5pt")
    assert faults(layout) == ["page 2, the last, is filled to 15%, from “line 11”"]
    assert layout.length == pytest.approx(1 + 35 / 226.8, abs=0.01)


def test_closer_spaces_do_not_make_a_document_too_short():
    assert made(12, "5pt", least_pages=2).pages == 2


def test_a_last_page_with_more_than_a_fifth_stays():
    """Eleven lines 20 pt apart are on a page. Twelve that are 19 pt apart would save the fourth page, which has three lines."""
    layout = made(36, "5pt")
    assert layout.length == pytest.approx(3 + 55 / 226.8, abs=0.01)


@pytest.mark.parametrize(
    ("css", "changed"),
    [
        ("p{margin:10pt}", "p{margin:8pt}"),
        ("p{margin:10pt 1em 5mm}", "p{margin:8pt 1em 4mm}"),
        ("p{padding:1px 2px 3px 4px}", "p{padding:.8px 2px 2.4px 4px}"),
        ("p{padding-bottom:10mm !important}", "p{padding-bottom:8mm!important}"),
        ("p{margin-left:10pt;line-height:14pt;height:5mm}", "p{margin-left:10pt;line-height:14pt;height:5mm}"),
        ("p{margin:-10pt 0 0;padding:0 auto}", "p{margin:-10pt 0 0;padding:0 auto}"),
        ("p{margin:calc(1mm + 2pt) 0 10pt}", "p{margin:calc(1mm + 2pt) 0 8pt}"),
        ("p{margin:5% 0;--margin:10pt}", "p{margin:5% 0;--margin:10pt}"),
        ("@page{margin:10mm}", "@page{margin:10mm}"),
        ("@media print{p{margin:10pt}}", "@media print{p{margin:8pt}}"),
    ],
)
def test_only_spaces_above_and_below_change(css, changed):
    plain = str.maketrans("", "", " ;\n")
    zeros = spaced(css, CLOSER).replace(".000", "").replace("00m", "m").replace("0.800", ".8").replace("2.400", "2.4")
    assert zeros.translate(plain) == changed.translate(plain)


def test_a_sheet_with_mistakes_keeps_its_other_rules():
    assert "margin-top:11.5" in spaced("p { margin-top: 10pt; ??? } } q { margin-top: 10mm }", WIDER).replace(" ", "")


def test_a_mistake_in_a_sheet_is_reported_with_changed_spaces_too():
    html = "<html lang=en><head><title>Title</title></head><body>" + "<p>line</p>" * 12 + "</body></html>"
    layout = lay_out(html, [PAGE, "p { margin-bottom: 5pt; colour: red }"], ABOUT)
    assert layout.pages == 1
    assert [diagnostic.code.name for diagnostic in layout.diagnostics] == ["style-ignored"]
