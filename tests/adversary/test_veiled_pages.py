"""Text of a PDF that is not on the page as its readers see it is no text of the source."""

from __future__ import annotations

import io

import pikepdf
import pytest

from generator.evidence.captures.document_text import extract
from generator.evidence.gate import Transcript, judge

FILLER = "The council met on Tuesday and heard the report of the harbour office about the works."
WITH, WITHOUT = "The levy will not solve the problem of the port", "The levy will solve the problem of the port"


def line(y: float, text: str, x: float = 72, size: float = 11) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def pdf(content: str, *, hidden_layer: bool = False, cropped: bool = False) -> bytes:
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(612, 792))
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type1,
        BaseFont=pikepdf.Name.Helvetica,
        Encoding=pikepdf.Name.WinAnsiEncoding,
    )
    clear = pikepdf.Dictionary(ca=0)
    page.obj["/Resources"] = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=font), ExtGState=pikepdf.Dictionary(G1=clear)
    )
    if hidden_layer:
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
        page.obj["/Resources"]["/Properties"] = pikepdf.Dictionary(L1=layer)
        off = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        document.Root["/OCProperties"] = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=off)
    if cropped:
        page.obj["/CropBox"] = pikepdf.Array([0, 650, 612, 792])
    page.obj["/Contents"] = document.make_stream(content.encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sentence(before: str = "", after: str = "", size: float = 11) -> str:
    """Return a page with a sentence whose word "not" is drawn between two operators."""
    parts = line(600, "The levy will ") + f"{before}\n" + line(600, "not ", 136, size) + f"{after}\n"
    return line(700, FILLER) + parts + line(600, "solve the problem of the port.", 156) + line(500, FILLER)


VEILED = {
    "invisible": pdf(sentence("BT 3 Tr ET", "BT 0 Tr ET")),
    "white": pdf(sentence("q 1 1 1 rg", "Q")),
    "clear": pdf(sentence("q /G1 gs", "Q")),
    "tiny": pdf(sentence(size=0.5)),
    "clipped": pdf(sentence("q 0 0 1 1 re W n", "Q")),
    "covered in white": pdf(sentence(after="q 1 1 1 rg 134 596 21 14 re f Q")),
    "covered in black": pdf(sentence(after="q 0 0 0 rg 134 596 21 14 re f Q")),
    "hidden layer": pdf(sentence("/OC /L1 BDC", "EMC"), hidden_layer=True),
}
OUTSIDE = {
    "below the page": pdf(line(700, FILLER) + line(-40, WITH)),
    "beside the page": pdf(line(700, FILLER) + line(600, WITH, 700)),
    "outside the crop box": pdf(line(700, FILLER) + line(600, WITH), cropped=True),
}


UNDER = line(600, WITHOUT)
DECEIVING = {
    "replaced": line(700, FILLER)
    + "/Span <</ActualText (The levy will not solve the problem of the port)>> BDC\n"
    + line(600, WITHOUT)
    + "EMC",
    "invisible over other words": UNDER + f"BT 3 Tr ET {line(600, WITH)}",
    "invisible under other words": f"BT 3 Tr ET {line(600, WITH)} BT 0 Tr ET {UNDER}",
    "white under other words": f"q 1 1 1 rg {line(600, WITH)} Q {UNDER}",
    "covered by other words": line(600, WITH) + "q 1 1 1 rg 0 590 612 40 re f Q " + UNDER,
    "striped paper": "q .5 g "
    + " ".join(f"70 {y} 400 1 re f" for y in range(590, 620, 2))
    + f" Q BT 3 Tr ET {line(600, WITH)}",
    "one word struck": sentence() + "135 603.5 18 .8 re f",
    "struck by a stroke": sentence() + ".6 w 72 603.5 m 300 603.5 l S",
}
"""Pages that show a sentence without "not", or something else, and contain the sentence with it."""


def verdicts(data: bytes, words: str) -> set[str]:
    document = extract("a.pdf", data)
    return {judge(words, Transcript(text), language="en").verdict for text in (document.text, document.second)}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in VEILED.items()])
def test_a_sentence_with_a_veiled_word_is_not_quoted_with_it_or_without(data: bytes) -> None:
    assert "verified" not in verdicts(data, WITH) | verdicts(data, WITHOUT)
    assert any("do not see" in note for note in extract("a.pdf", data).notes)


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in DECEIVING.items()])
def test_words_that_a_page_does_not_show_are_not_confirmed_by_both_readers(content: str) -> None:
    document = extract("a.pdf", pdf(line(700, FILLER) + content))
    assert judge(WITH, Transcript(document.second or document.text), language="en").verdict != "verified"


def test_an_underlined_sentence_is_quoted() -> None:
    under = sentence() + "72 598.5 230 .6 re f"
    assert verdicts(pdf(under), WITH) == {"verified"}


def test_text_over_a_large_pale_word_is_quoted() -> None:
    mark = "q .9 g BT /F1 90 Tf .7 .7 -.7 .7 80 480 Tm (DRAFT) Tj ET Q\n"
    assert verdicts(pdf(mark + sentence()), WITH) == {"verified"}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in OUTSIDE.items()])
def test_text_outside_the_page_is_not_quoted(data: bytes) -> None:
    assert "verified" not in verdicts(data, WITH)


def test_a_plain_sentence_is_quoted() -> None:
    assert verdicts(pdf(sentence()), WITH) == {"verified"}


def test_text_recognised_in_a_picture_is_read_by_one_reader_and_noted() -> None:
    picture = "q .3 g " + " ".join(f"{x} 596 1 14 re f" for x in range(70, 400, 2)) + " Q"
    document = extract("a.pdf", pdf(f"{line(700, FILLER)} {picture} BT 3 Tr ET {line(600, WITH)}"))
    assert judge(WITH, Transcript(document.text), language="en").verdict == "verified"
    assert judge(WITH, Transcript(document.second), language="en").verdict == "absent"
    assert any("recognised in a picture" in note for note in document.notes)


def with_digit(content: str, height: int) -> bytes:
    """Return a page on which /F2 draws a 1 for A, at a height in thousandths of its size above the baseline."""
    with pikepdf.open(io.BytesIO(pdf(content))) as document:
        glyph = document.make_stream(f"600 0 50 {height} 550 {height + 350} d1 50 {height} 500 350 re f".encode())
        codes = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <0031> endbfchar"
        unicode_map = document.make_stream(b"begincmap /CMapType 2 def " + codes + b" endcmap")
        document.pages[0].obj.Resources.Font["/F2"] = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, 0, 600, 800],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=pikepdf.Dictionary(one=glyph),
            Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([65, pikepdf.Name.one])),
            FirstChar=65,
            LastChar=65,
            Widths=[600],
            ToUnicode=unicode_map,
        )
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_a_raised_digit_of_a_font_is_no_digit_of_the_number_before_it() -> None:
    content = line(700, FILLER) + "BT /F1 11 Tf 72 600 Td (It was 5.6) Tj /F2 11 Tf (A) Tj /F1 11 Tf ( per cent.) Tj ET"
    assert "5.6\u00b9 per cent" in extract("a.pdf", with_digit(content, 400)).text
    assert "\u00b9" not in extract("a.pdf", with_digit(content, 0)).text


def test_a_digit_of_another_size_is_no_digit_of_the_number_before_it() -> None:
    small = "BT /F1 11 Tf 72 600 Td (It was 5.6) Tj /F1 7 Tf (1) Tj /F1 11 Tf ( per cent.) Tj ET"
    assert "verified" not in verdicts(pdf(line(700, FILLER) + small), "It was 5.61 per cent")
    assert "verified" not in verdicts(pdf(line(700, FILLER) + small), "It was 5.6 per cent")
