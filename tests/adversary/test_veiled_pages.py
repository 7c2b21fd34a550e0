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


def verdicts(data: bytes, words: str) -> set[str]:
    document = extract("a.pdf", data)
    return {judge(words, Transcript(text), language="en").verdict for text in (document.text, document.second)}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in VEILED.items()])
def test_a_sentence_with_a_veiled_word_is_not_quoted_with_it_or_without(data: bytes) -> None:
    assert "verified" not in verdicts(data, WITH) | verdicts(data, WITHOUT)
    assert any("do not see" in note for note in extract("a.pdf", data).notes)


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in OUTSIDE.items()])
def test_text_outside_the_page_is_not_quoted(data: bytes) -> None:
    assert "verified" not in verdicts(data, WITH)


def test_a_plain_sentence_and_recognised_text_in_a_scan_are_quoted() -> None:
    assert verdicts(pdf(sentence()), WITH) == {"verified"}
    drawn = line(700, FILLER) + line(600, WITH)
    scan = f"{drawn} BT 3 Tr ET {drawn}"
    assert verdicts(pdf(scan), WITH) == {"verified"}
