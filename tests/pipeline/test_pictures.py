"""Pictures of a brief: what is published of a file, what is refused, and where it is said."""

from __future__ import annotations

import datetime
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html
from PIL import Image, ImageCms

from generator.engine import Reads
from generator.evidence.captures.capture_store import capture
from generator.evidence.editions import content
from generator.pipeline.check_brief import Examined, examine
from generator.pipeline.publish_brief import publish, world_of
from generator.problems import Problem
from generator.project import Project
from generator.read.raster_pictures import MAX_PIXELS, BadPicture, read_raster
from generator.read.svg_pictures import read_svg

BRIEF = """\
title: Does it work?
date: 2024-06-01
status: draft
experts: [ann]
selection: The one who spoke.
sections:
  - id: background
    heading: How it began
    text: |
      It began at the quay [#picture:quay] [@talk, para. 1].

      ![#picture:quay]

      ![#quote:well]

      ![#box:terms]

      ![#table:costs]
  - {id: ahead, heading: What is ahead, place: after, text: "![#picture:map]\\n\\n![#chart:runs]"}
pictures:
  - {id: map, picture: data/map.svg, alt: A map of two roads., caption: Two roads, licence: CC BY 4.0}
  - {id: quay, picture: data/quay.jpg, alt: "A quay, seen from the water.", caption: The quay, credit: "Photo: Ann Example", cite: "@talk"}
pull_quotes:
  - {id: well, who: ann, quote: It works very well, cite: "@talk, para. 1"}
boxes:
  - {id: terms, heading: A word, text: "To **work** is to do [@talk, para. 1]."}
charts:
  - {id: runs, kind: bar, caption: Runs, units: dollars, columns: [Model, Cost], rows: [[A, 5]], cite: "@talk", derived: by us}
tables:
  - {id: loose, table: data/costs.csv, caption: Again, cite: "@talk, para. 1", derived: by us}
  - {id: costs, table: data/costs.csv, caption: Costs, cite: "@talk, para. 1", derived: by us}
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, says: It works well., cite: "@talk, para. 1"}
"""
MAP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0L40 20" stroke="#123"/><text x="2" y="9">North</text></svg>'


def jpeg(width: int = 300, height: int = 200, *, located: bool = False, colour: str = "#335577") -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    if located:
        exif[0x8825] = {1: "N"}
    Image.new("RGB", (width, height), colour).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "house.yaml": "name: Desk\n",
        "experts.yaml": "ann: {name: Ann Example, affiliation_note: none given}\n",
        "sources.yaml": "references:\n  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}\n",
        "one.yaml": BRIEF,
        "data/costs.csv": "Model,Cost\nA,5\n",
        "data/map.svg": MAP,
        "data/quay.jpg": jpeg(),
    }
    (tmp_path / "briefs/data").mkdir(parents=True)
    for name, written in files.items():
        (tmp_path / "briefs" / name).write_bytes(written.encode() if isinstance(written, str) else written)
    return tmp_path


def looked_at(folder: Path) -> Examined:
    return examine(Reads(world_of(Project(folder), None)), "one", "briefs/one.yaml")


def found(folder: Path, *codes: str) -> list[Problem]:
    return [one for one in looked_at(folder).problems if not codes or one.code in codes]


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "briefs/one.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_the_whole_way_of_a_picture(folder: Path) -> None:
    """One build: the page, the files beside it, the PDF's tags and attachments; and that a changed picture is built again."""
    capture(folder, "talk", [("talk.txt", b"Ann Example said: It works very well.")], datetime.date(2024, 5, 3))
    report = publish(Project(folder), None)
    assert report.ok, report
    build = folder / "build"
    page = html.document_fromstring((build / "one.html").read_bytes())
    images = [(one.get("src"), one.get("alt")) for one in page.xpath("//figure/img")]
    assert images == [
        ("assets/pictures/one/picture-quay.jpg", "A quay, seen from the water."),
        ("assets/pictures/one/picture-map.svg", "A map of two roads."),
    ]
    assert all((build / source).is_file() for source, _ in images)
    captions = [" ".join(one.text_content().split()) for one in page.xpath("//figure[@class='image']/figcaption")]
    assert captions[0].startswith("Figure 1. The quay.")
    assert "Photo: Ann Example." in captions[0]
    assert captions[1] == "Figure 2. Two roads. CC BY 4.0."
    assert [one.text_content()[:8] for one in page.xpath("//caption")] == ["Table 1.", "Table 2."]
    assert page.xpath("//section[contains(@class, 'section')]//figure[contains(@class, 'chart')]/@id") == ["chart-runs"]
    assert not page.xpath("//section[contains(@class, 'charts')]")
    assert "Table 1. Costs" in page.xpath("//section[contains(@class, 'section')]//caption")[0].text_content()
    assert page.xpath("//a[@class='fact-ref']/@href") == ["#picture-quay"]
    order = [one.get("id") for one in page.xpath("//h2") if one.get("id")]
    assert (
        order.index("section-background")
        < order.index("positions")
        < order.index("section-ahead")
        < order.index("method")
    )
    with pikepdf.open(build / "one.pdf") as pdf:
        alternatives = {
            str(item.get("/Alt"))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        }
        assert {"A quay, seen from the water.", "A map of two roads."} <= alternatives
        assert {"data/quay.jpg", "data/map.svg"} <= {name.replace("%2F", "/") for name in pdf.attachments}
        drawn = [item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"]
        assert drawn and not any(item.get("/Interpolate") for item in drawn)
    assert _built(folder) == []
    (folder / "briefs/data/quay.jpg").write_bytes(jpeg(colour="#aa2200"))
    assert _built(folder) == ["briefs/one.yaml"]


def test_a_published_edition_changes_with_its_pictures(folder: Path) -> None:
    def state() -> dict[str, str]:
        seen = looked_at(folder)
        assert seen.brief is not None
        return {field.path: field.digest for field in content(seen.brief, seen.library)}

    before = state()
    (folder / "briefs/data/quay.jpg").write_bytes(jpeg(colour="#aa2200"))
    after = state()
    assert [path for path in before if before[path] != after[path]] == ["pictures/quay/picture"]


def test_pull_quotes_pass_the_gate(folder: Path) -> None:
    (problem,) = found(folder, "quote-unverified")
    assert (problem.place.line, problem.place.column) == (24, 33)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("![#box:terms]", "![#box:trems]", "placement-unknown", 16),
        ("![#box:terms]", "![#terms]", "placement-unknown", 16),
        ("![#box:terms]", "![#picture:quay]", "figure-twice", 16),
        ("![#box:terms]", "Nothing.", "figure-unplaced", 26),
        ("To **work** is to do [@talk, para. 1].", "![#table:loose]", "bad-placement", 26),
        ("[#picture:quay] [", "[#picture:quai] [", "unknown-fact", 10),
        ("data/quay.jpg", "../../quay.jpg", "picture-file", 22),
        ("data/quay.jpg", "data/quay.gif", "picture-file", 22),
        ("data/quay.jpg", "data/none.jpg", "picture-file", 22),
        ("data/map.svg", "data/costs.csv", "picture-file", 21),
        (", alt: A map of two roads.", "", "missing-field", 21),
        ("- {id: map,", "- {id: quay,", "duplicate-id", 22),
    ],
)
def test_each_mistake_has_its_place(folder: Path, old: str, new: str, code: str, line: int) -> None:
    change(folder, old, new)
    assert line in [one.place.line for one in found(folder, code)]


def test_what_a_file_is_and_says_besides_the_picture(folder: Path) -> None:
    file = folder / "briefs/data/quay.jpg"
    file.write_bytes(jpeg(located=True))
    (problem,) = found(folder, "picture-private")
    assert problem.place.line == 22
    seen = looked_at(folder).brief
    assert seen is not None
    shown = {one.id: one.image for one in seen.pictures}["quay"]
    assert shown is not None
    assert not Image.open(io.BytesIO(shown.data)).getexif()
    file.write_bytes(b"\x89PNG broken")
    assert [one.place.line for one in found(folder, "picture-file")] == [22]
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    file.write_bytes(out.getvalue())
    assert "PNG file" in found(folder, "picture-file")[0].message
    file.write_bytes(b"0" * (9 << 20))
    assert found(folder, "picture-too-large")


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16", "CMYK"])
def test_every_kind_of_pixels_comes_out_as_a_plain_picture(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (30, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG", icc_profile=b"")
    made = read_raster(out.getvalue())
    assert Image.open(io.BytesIO(made.data)).mode in ("RGB", "L", "RGBA")
    assert (made.width, made.height) == (30, 20)
    assert made == read_raster(out.getvalue())


@pytest.mark.parametrize(("form", "options", "kind"), [
    ("PNG", {}, "png"), ("WEBP", {"lossless": True}, "png"), ("WEBP", {"quality": 80}, "jpeg"), ("JPEG", {}, "jpeg"),
])  # fmt: skip
def test_a_picture_loses_nothing_that_its_file_has(form: str, options: dict[str, Any], kind: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#335577").save(out, form, **options)
    assert read_raster(out.getvalue()).kind == kind


def test_a_picture_is_turned_upright_and_made_no_larger_than_a_page_can_show() -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (3000, 1500)).save(out, "JPEG", exif=exif)
    made = read_raster(out.getvalue())
    assert (made.kind, made.width, made.height) == ("jpeg", 1000, 2000)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_of_another_profile_are_printed_as_they_are_meant(mode: str) -> None:
    """In this profile, the first channel is what sRGB has as blue, and the third is red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    turned = profile.replace(b"rXYZ", b"-XYZ").replace(b"bXYZ", b"rXYZ").replace(b"-XYZ", b"bXYZ")
    out = io.BytesIO()
    Image.new(mode, (9, 9), (255, 0, 0, 128)[: len(mode)]).save(out, "PNG", icc_profile=turned)
    shown = Image.open(io.BytesIO(read_raster(out.getvalue()).data))
    red, green, blue, *alpha = shown.getpixel((0, 0))  # type: ignore[misc]
    assert (red < 16, green < 16, blue > 240, alpha) == (True, True, True, [128][: len(mode) - 3])
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize("side", [5001, 60_000])
def test_a_small_file_of_many_pixels_is_refused_before_it_is_decoded(side: int) -> None:
    """The larger one is refused by the library that decodes it."""
    head = struct.pack(">4sIIBBBBB", b"IHDR", side, MAX_PIXELS // 5000, 1, 0, 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    with pytest.raises(BadPicture, match="million pixels"):
        read_raster(file + struct.pack(">I4s", 0, b"IDAT") + struct.pack(">I", zlib.crc32(b"IDAT")))


def test_an_empty_file_is_said_to_be_empty() -> None:
    with pytest.raises(BadPicture, match="it is empty"):
        read_raster(b"")


def test_pixels_without_end_and_moving_pictures_are_refused() -> None:
    out = io.BytesIO()
    Image.new("1", (MAX_PIXELS // 5000, 5001)).save(out, "PNG")
    with pytest.raises(BadPicture, match="million pixels"):
        read_raster(out.getvalue())
    moving = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "PNG", save_all=True, append_images=frames[1:])
    with pytest.raises(BadPicture, match="animated"):
        read_raster(moving.getvalue())


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 5"{}>{}</svg>'
NESTED = "".join(f'<g id="a{n}"><use href="#a{n + 1}"/><use href="#a{n + 1}"/></g>' for n in range(20))
PATTERNS = "".join(
    f'<pattern id="p{n}"><rect fill="url(#p{n + 1})"/><rect fill="url(#p{n + 1})"/></pattern>' for n in range(20)
)


@pytest.mark.parametrize(
    ("attributes", "inside", "said"),
    [
        ("", "<script>alert(1)</script>", "<script>"),
        (' onload="alert(1)"', "", "script"),
        ("", '<rect ONCLICK="alert(1)"/>', "script"),
        ("", '<image href="file:///etc/passwd"/>', "<image>"),
        ("", '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>', "<foreignObject>"),
        ("", '<a xlink:href="https://example.org"><rect/></a>', "<a>"),
        ("", '<use xlink:href="https://example.org#a"/>', "outside"),
        ("", '<use href="data:image/svg+xml,x#a"/>', "outside"),
        ("", '<rect fill="url(https://example.org/#a)"/>', "outside"),
        ("", '<rect style="fill:u\\72l(https://example.org/)"/>', "outside"),
        ("", "<style>rect{fill:url('//example.org')}</style>", "outside"),
        ("", "<style>@import 'x.css';</style>", "@import"),
        ("", "<style>@font-face{src:url(x)}</style>", "@font-face"),
        ("", '<rect style="filter:blur(3px)"/>', "filter"),
        ("", '<rect filter="url(#a)"/>', "filter"),
        ("", "<rect style=\"fill:src('//example.org')\"/>", "outside"),
        ("", "<rect style=\"fill:image-set('x.png' 1x)\"/>", "outside"),
        ("", '<rect style="@media print{}"/>', "@media"),
        ("", '<rect style="fill:)"/>', "cannot be read"),
        ("", "<style>rect</style>", "cannot be read"),
        ("", "<style>rect[id^=a]{fill:red}</style>", "a rule for"),
        ("", '<animate attributeName="x"/>', "<animate>"),
        ("", '<g id="a"><use href="#a"/></g>', "itself"),
        ("", NESTED, "elements"),
        ("", PATTERNS, "elements"),
        ("", f'<style>rect{{fill:url(#p)}}</style><pattern id="p">{"<rect/>" * 150}</pattern>', "elements"),
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(attributes: str, inside: str, said: str) -> None:
    with pytest.raises(BadPicture) as refused:
        read_svg(SVG.format(attributes, inside).encode())
    assert said in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg", "cannot be read as SVG"),
        (b"<html/>", "not an SVG file"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="10"/>', "does not state its size"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1000"/>', "1 by 1000 pixels"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30000 30000"/>', "30000 by 30000 pixels"),
    ],
)
def test_a_drawing_that_cannot_be_shown_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(BadPicture) as refused:
        read_svg(data)
    assert said in refused.value.message
    assert refused.value.hint


def test_a_drawing_without_a_view_box_has_its_own_size() -> None:
    made = read_svg(b'<svg xmlns="http://www.w3.org/2000/svg" width="1in" height="48px"><rect/></svg>')
    assert (made.width, made.height) == (96, 48)
    assert 'viewBox="0 0 96 48"' in made.data.decode()


def test_entities_are_refused() -> None:
    with pytest.raises(BadPicture):
        read_svg(
            b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG.format("", "<text>&a;</text>").encode()
        )


def test_what_nobody_sees_of_a_drawing_is_dropped_and_the_rest_stays() -> None:
    written = SVG.format(
        ' width="20mm" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" inkscape:version="1"',
        '<metadata>x</metadata><title>t</title><style>.a{fill:#123;-inkscape-x:1}</style><g class="a" data-x="1" '
        'style="stroke:red;font-family:Wingdings"><path d="M0 0L1 1"/> </g><use xlink:href="#b"/><text>a<desc>d</desc>b</text>',
    )
    made = read_svg(written.encode())
    assert made.words == "ab"
    text = made.data.decode()
    for kept in (".a{fill:#123}", 'style="stroke:red"', 'd="M0 0L1 1"', 'href="#b"', "IBM Plex"):
        assert kept in text
    for dropped in ("metadata", "inkscape", "data-x", "Wingdings", "<title", "<desc"):
        assert dropped not in text
    assert read_svg(made.data).data == made.data


def test_letters_that_the_page_cannot_draw_are_reported(folder: Path) -> None:
    (folder / "briefs/data/map.svg").write_text(MAP.replace("North", "\N{GOTHIC LETTER AHSA}"), "utf-8")
    assert [one.place.line for one in found(folder, "picture-file")] == [21]


def _built(folder: Path) -> list[str]:
    return [one.target for one in publish(Project(folder), None).outcomes if one.ran and one.target != "assets"]


def test_a_drawing_with_a_script_is_named_where_the_brief_names_it(folder: Path) -> None:
    (folder / "briefs/data/map.svg").write_text(MAP.replace("<path", "<script>1</script><path"), "utf-8")
    (problem,) = found(folder, "picture-unsafe")
    assert (problem.place.line, problem.place.column) == (21, 24)


def test_a_design_that_prints_no_sections_is_refused(folder: Path) -> None:
    own = folder / "templates/presets/own"
    own.mkdir(parents=True)
    (own / "preset.yaml").write_text(
        "description: x\nsize: A4\ncolumns: 4\nblocks: [sections, tables, positions, notes]\n"
    )
    (own / "page.html.j2").write_text('{% extends "parts/page.html.j2" %}')
    for sheet in ("screen", "print", "paged"):
        (own / f"{sheet}.css").write_text("")
    change(folder, "experts:", "preset: own\nexperts:")
    assert [one.place.line for one in found(folder, "section-not-printed")] == [20]
