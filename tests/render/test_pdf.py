"""PDFs as publishers get them: what they claim, carry and refuse, and that the same input gives the same bytes."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from PIL import Image

from generator.render.fonts import SCHEME
from generator.render.layout.pdf_binder import AttachedFile
from generator.render.layout.xmp import DocumentInfo, xmp_block
from tests.render.papers import Paper, write_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = date(2025, 2, 14)
ABOUT = DocumentInfo(
    title="Chips & controls",
    language="en-GB",
    created=DAY,
    modified=date(2025, 3, 1),
    authors=("Ann Example", "Bo Example"),
    subject="What the experts hold.",
    keywords=("chips", "trade"),
    publisher="The House",
    generator="policy-brief-generator 0.1.0",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
)
SHEET = "@page { size: A5; margin: 15mm; @bottom-center { content: counter(page) } } body { font: 10pt IBM Plex Serif }"
FACTS = AttachedFile("facts.yaml", b"title: Chips\n", "application/yaml", "The fact file", DAY, "Source")
EXPERTS = AttachedFile("experts.yaml", b"- ding\n", "application/yaml", "The experts", DAY)


def page(body: str) -> str:
    return f"<!doctype html><html lang=en-GB><head><title>Chips</title></head><body><h1>Chips</h1>{body}</body></html>"


def made(body: str, *attachments: AttachedFile, sheet: str = SHEET, assets: Mapping[str, bytes] | None = None) -> Paper:
    return write_pdf(page(body), [sheet], ABOUT, attachments, assets=assets)


def opened(result: Paper) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(result.data))


def codes(result: Paper) -> list[str]:
    return [diagnostic.code.name for diagnostic in result.diagnostics]


# ---------------------------------------------------------------- what a file says of itself


def test_it_claims_both_standards_in_one_block_with_the_schema_that_archives_ask_for() -> None:
    with opened(made("<p>Words.</p>")) as pdf:
        raw = bytes(pdf.Root.Metadata.read_bytes())
        with pdf.open_metadata() as said:
            assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == ("3", "A", "1")
            assert said["dc:title"] == "Chips & controls"
            assert said["dc:creator"] == ["Ann Example", "Bo Example"]
            assert said["dc:rights"] == "CC BY 4.0"
            assert said["xmp:ModifyDate"] == "2025-03-01T00:00:00Z"
    assert raw.count(b"<rdf:RDF") == 1
    assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in raw


def test_the_two_places_for_metadata_agree() -> None:
    with opened(made("<p>Words.</p>")) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Chips & controls"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20250214000000Z"
        assert str(pdf.docinfo["/ModDate"]) == "D:20250301000000Z"
        with pdf.open_metadata() as said:
            assert said["pdf:Producer"] == str(pdf.docinfo["/Producer"])
            assert said["xmp:CreatorTool"] == str(pdf.docinfo["/Creator"])


def test_fields_that_are_not_known_are_left_out_of_the_metadata() -> None:
    block = xmp_block(DocumentInfo("T", "de", DAY, DAY), "p").decode()
    assert "dc:creator" not in block
    assert "WebStatement" not in block
    assert 'xml:lang="de">T<' in block


def test_readers_show_its_title_and_know_its_language_and_colours() -> None:
    with opened(made("<p>Words.</p>")) as pdf:
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert pdf.Root.MarkInfo.Marked is True
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert "/ID" in pdf.trailer
        assert all(each.Tabs == "/S" for each in pdf.pages)


def test_headings_make_the_outline() -> None:
    result = made("<h2>First</h2><p>Words.</p><h3>Deeper</h3><h2 style='break-before: page'>Second</h2>")
    assert [(entry.level, entry.title, entry.page) for entry in result.outline] == [
        (1, "Chips", 1),
        (2, "First", 1),
        (3, "Deeper", 1),
        (2, "Second", 2),
    ]
    assert result.pages == 2


# ---------------------------------------------------------------- what it carries


def test_attachments_are_listed_once_in_order_with_their_kind_and_dates() -> None:
    with opened(made("<p>Words.</p>", FACTS, EXPERTS)) as pdf:
        names = pdf.Root.Names.EmbeddedFiles.Names
        assert [str(name) for name in list(names)[::2]] == ["experts.yaml", "facts.yaml"]
        associated = [(str(spec.UF), str(spec.AFRelationship)) for spec in pdf.Root.AF]
        assert associated == [("experts.yaml", "/Data"), ("facts.yaml", "/Source")]
        stream = pdf.attachments["facts.yaml"].obj.EF.F
        assert bytes(stream.read_bytes()) == b"title: Chips\n"
        assert stream.Subtype == "/application/yaml"
        assert str(stream.Params.ModDate) == "D:20250214000000Z"


def test_pictures_come_from_the_given_assets() -> None:
    picture = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(picture, "PNG")
    result = made('<img src="chart.png" alt="A chart" width=100>', assets={"chart.png": picture.getvalue()})
    assert result.diagnostics == ()
    with opened(result) as pdf:
        assert len(pdf.pages[0].get_images()) == 1


def test_only_the_packaged_fonts_are_used_whatever_the_sheet_asks_for() -> None:
    sheet = SHEET + " p { font-family: DejaVu Sans, Arial, sans-serif } h1 { font-family: monospace }"
    with opened(made("<p>Words <b>bold</b> <i>slanted</i></p>", sheet=sheet)) as pdf:
        fonts = {str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values()}
    assert fonts
    assert all("IBM-Plex" in font for font in fonts)


# ---------------------------------------------------------------- what it refuses


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "https://example.org/x.png", "chart.png", "data:image/png;base64,AAAA", SCHEME + "no.ttf"],
)
def test_nothing_is_loaded_that_was_not_given(address: str) -> None:
    result = made(f'<img src="{address}" alt="A picture"><p>Words.</p>')
    assert codes(result) == ["asset-refused"]
    assert result.diagnostics[0].message.startswith("the page asks for “")


def test_style_sheets_cannot_reach_out_either() -> None:
    sheet = '@import url("https://example.org/x.css"); p { background: url(file:///etc/passwd) }' + SHEET
    assert set(codes(made("<p>Words.</p>", sheet=sheet))) == {"asset-refused"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "other.html", "/x"])
def test_links_that_nobody_elsewhere_can_follow_are_left_out_and_told(address: str) -> None:
    result = made(f'<p><a href="{address}">the words stay</a></p>')
    assert codes(result) == ["link-to-nowhere"]
    assert address in result.diagnostics[0].message
    with opened(result) as pdf:
        assert "/Annots" not in pdf.pages[0]


# ---------------------------------------------------------------- what it tells


def test_a_character_without_a_glyph_is_told_with_the_words_around_it() -> None:
    result = made("<p>They love ♥ chips and ♥ more.</p><ul><li>日</li></ul>")
    assert [diagnostic.message for diagnostic in result.diagnostics] == [
        "no font has “♥” (U+2665 BLACK HEART SUIT), in “They love ♥ chips and ♥ more.”",
        "no font has “日” (U+65E5 CJK UNIFIED IDEOGRAPH-65E5), in “日”",
    ]


def test_a_missing_glyph_in_the_running_foot_is_told_too() -> None:
    assert codes(made("<p>Words.</p>", sheet='@page { @bottom-left { content: "♥" } }')) == ["missing-glyph"]


def test_what_the_layout_engine_does_not_understand_is_told_with_its_place_in_the_sheet() -> None:
    result = made("<p>Words.</p>", sheet="p { frobnicate: 1 }")
    assert codes(result) == ["style-ignored"]
    assert "frobnicate" in result.diagnostics[0].message
    assert codes(made("<p>Words.</p>", sheet="p { frobnicate: 1 }")) == ["style-ignored"], "told again from the cache"


def test_a_link_to_no_place_in_the_document_is_told() -> None:
    result = made('<p><a href="#gone">x</a></p>')
    assert [diagnostic.message for diagnostic in result.diagnostics] == [
        "a link leads to “#gone”, which does not exist in the document"
    ]


def test_a_picture_needs_a_description_unless_it_is_an_ornament() -> None:
    svg = '<svg viewBox="0 0 9 9" width=9 height=9 xmlns="http://www.w3.org/2000/svg">{}<rect width="9" height="9"/></svg>'
    assert codes(made(svg.format(""))) == ["missing-alternative"]
    assert codes(made(svg.format("<title>A square</title>"))) == []
    assert codes(made(svg.format("").replace("<svg", '<svg aria-hidden="true"'))) == []


def test_words_that_the_layout_drops_are_told() -> None:
    words = " ".join(f"word{number}" for number in range(500))
    assert codes(made(f"<p>{words}</p>")) == []
    lost = made(f'<div style="display: inline-block">{words}</div>')
    assert codes(lost) == ["text-lost"]
    assert "word" in lost.diagnostics[0].message


def test_a_heading_that_is_too_tall_for_its_page_is_told() -> None:
    table = "<table><thead><tr><th>Tall {}</th></tr></thead><tbody><tr><td>cell</td></tr></tbody></table>"
    sheet = "@page { size: 60mm 40mm; margin: 5mm }"
    assert codes(made(table.format("head"), sheet=sheet)) == []
    lost = made(table.format("head " * 60), sheet=sheet)
    assert codes(lost) == ["text-lost"]
    assert "Tall head head" in lost.diagnostics[0].message


# ---------------------------------------------------------------- same input, same bytes

PROGRAM = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from test_pdf import FACTS, EXPERTS, LONG, made
print(hashlib.sha256(made(LONG, FACTS, EXPERTS).data).hexdigest())
"""
LONG = (
    "".join(f"<h2 id=s{n}>Section {n}</h2><p lang=fr>{'mots ' * 60}<a href='#s1'>un</a></p>" for n in range(4))
    + "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>"
    + "".join(f"<tr><td>{n}</td><td>{'words ' * 12}</td></tr>" for n in range(12))
    + "</tbody></table>"
)


def test_the_same_input_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    here = hashlib.sha256(made(LONG, FACTS, EXPERTS).data).hexdigest()
    surroundings: list[dict[str, Any]] = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LANG": "C", "cwd": tmp_path},
        {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LANG": "de_DE.UTF-8", "LC_ALL": "C.UTF-8", "cwd": Path.cwd()},
    ]
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(Path(__file__).parent)],
            env={**os.environ, "PYTHONPATH": str(Path.cwd()), **{k: str(v) for k, v in each.items() if k != "cwd"}},
            cwd=each["cwd"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for each in surroundings
    ]
    assert [run.communicate()[0].strip() for run in runs] == [here, here]


def test_what_was_made_before_in_the_process_leaves_no_trace() -> None:
    first = made(LONG).data
    made("<p>Other <b>words</b> in <i>another</i> order</p>", sheet="h1 { font-weight: 500 }")
    assert made(LONG).data == first
