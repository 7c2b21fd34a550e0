"""Who publishes and who writes: what is printed of it, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from generator.engine import Made, Reads
from generator.model import Colours
from generator.pipeline.page_step import make_page
from generator.pipeline.publish_brief import publish, world_of
from generator.problems import Problem
from generator.project import Project
from generator.read.file_readers import read_house
from generator.read.yaml_text import parse_bytes
from generator.render.page.house_colours import house_css, house_css_dark
from generator.syntax.colour_values import contrast
from generator.syntax.identifiers import doi_address, read_doi, read_issn
from tests.support import read

HOUSE = """\
name: Desk
site: https://briefs.example.org/
logo: {picture: logo.svg, alt: The Desk}
colours: {deep: "#3b1450", accent: "#b0225f"}
address: 12 Example Street
issn: 2049-3630
qr: true
"""
BRIEF = """\
title: Does it work?
date: 2024-06-01
status: published
doi: https://doi.org/10.5555/desk.2024(1)
topics: [chips, trade]
authors:
  - {name: Ann Example, role: analyst, email: ann@example.org, picture: ann.png, biography: "Ann *has* counted chips."}
  - {name: Ben Sample}
related:
  - {title: The other half, url: other.html, note: about ferries}
answer: It works [@talk, para. 1].
summary: It works [@talk, para. 1].
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10"/></svg>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    from PIL import Image

    files = {
        "house.yaml": HOUSE,
        "experts.yaml": "ann: {name: Ann Example, affiliation_note: none given}\n",
        "sources.yaml": "references:\n  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}\n",
        "one.yaml": BRIEF,
        "logo.svg": LOGO,
    }
    (tmp_path / "briefs").mkdir()
    for name, text in files.items():
        (tmp_path / "briefs" / name).write_text(text, "utf-8")
    Image.new("RGB", (40, 50), "#446688").save(tmp_path / "briefs/ann.png")
    return tmp_path


def test_identity_is_printed_told_to_machines_and_travels(folder: Path) -> None:
    report = publish(Project(folder), None)
    assert report.ok, report
    build = folder / "build"
    text = (build / "one.html").read_text("utf-8")
    page = html.document_fromstring(text)
    (logo,) = page.xpath("//p[contains(@class, 'publisher')]/a/img")
    assert (logo.get("src"), logo.get("alt")) == ("assets/pictures/one/logo.svg", "The Desk")
    assert page.xpath("//img[@class='portrait']/@alt") == ["Portrait of Ann Example"]
    colophon = " ".join(page.xpath("//section[contains(@class, 'colophon')]")[0].text_content().split())
    identifiers = "ISSN 2049-3630. DOI 10.5555/desk.2024(1). Edition 1."
    for words in ("Ann Example, analyst", "ann@example.org", "Ann has counted chips.", identifiers):
        assert words in colophon
    assert "chips; trade" in colophon
    assert "12 Example Street" in colophon
    assert page.xpath("//ul[@class='related']//a/@href") == ["https://briefs.example.org/other.html"]
    assert "https://doi.org/10.5555/desk.2024(1)" in colophon
    (own,) = (build / "assets/pages").glob("one.*.css")
    assert "--deep:#3b1450" in own.read_text("utf-8")
    assert page.xpath("//meta[@name='citation_doi']/@content") == ["10.5555/desk.2024(1)"]
    (data,) = (json.loads(one.text) for one in page.xpath("//script[@type='application/ld+json']"))
    assert (data["keywords"], data["isPartOf"]["issn"]) == ("chips, trade", "2049-3630")
    with pikepdf.open(build / "one.pdf") as pdf:
        elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
        figures = {str(item.get("/Alt")) for item in elements if item.get("/S") == "/Figure"}
        assert figures == {
            "The Desk",
            "Portrait of Ann Example",
            "QR code that leads to https://briefs.example.org/one.html",
        }
        assert {"logo.svg", "ann.png"} <= set(pdf.attachments)
        assert "chips, trade" in str(pdf.docinfo["/Keywords"])


def house(text: str) -> list[Problem]:
    document, problems = parse_bytes(text.encode(), "briefs/house.yaml")
    return [*problems, *read_house(document)[1]]


@pytest.mark.parametrize(
    ("line", "code", "column", "said", "hint"),
    [
        (
            'colours: {accent: "#ffcc00"}',
            "house-colour",
            19,
            "a contrast of 1.5:1 to white; at least 4.5:1",
            '"#8f7200"',
        ),
        ('colours: {deep: "#b0225f"}', "house-colour", 17, "6.4:1 to white; at least 7:1", '"#'),
        ('colours: {deep: "navy"}', "house-colour", 17, "not a colour", "#12284a"),
        ("issn: 2049-3631", "bad-identifier", 7, "check digit of the ISSN 2049-3631 is wrong", "should be 0"),
        ("issn: 12", "bad-identifier", 7, "is not an ISSN", "eight digits"),
        ("qr: true", "qr-without-site", 1, "no address", "site"),
    ],
)
def test_what_is_wrong_in_the_house_style(line: str, code: str, column: int, said: str, hint: str) -> None:
    (problem,) = house(f"name: Desk\n{line}\n")
    assert (problem.code, problem.place.line, problem.place.column) == (code, 2, column)
    assert said in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("doi: 11.5/x", "bad-identifier", 6),
        ("related: [{title: Other, url: 'javascript:alert(1)'}]", "bad-url", 31),
        ("authors: [{name: Ann, url: 'file:///etc/passwd'}]", "bad-url", 28),
        ("reviewers: [{name: Ben, picture: ben.png}]", "unknown-key", 25),
    ],
)
def test_what_is_wrong_in_a_brief(line: str, code: str, column: int) -> None:
    (problem,) = read(f"title: One\n{line}\n")[1]
    assert (problem.code, problem.place.line, problem.place.column) == (code, 2, column)


def test_shades_keep_their_contrast_whatever_the_colours() -> None:
    for deep, accent in (("#3b1450", "#b0225f"), ("#000000", "#767676"), ("#0b5d0b", ""), ("", "#005fcc")):
        colours = Colours(deep, accent)
        light, dark = _shades(house_css(colours)), _shades(house_css_dark(colours))
        for name in {"deep", "accent"} & light.keys():
            assert contrast(light[name], light["tint"]) >= 4.5
            assert contrast(dark[name], "#11161e") >= 6
            assert contrast(dark[name], dark.get("tint", "#11161e")) >= 4.5
        if "pale" in light:
            assert contrast(light["pale"], light["deep"]) >= 4.5
    assert house_css(Colours()) == house_css_dark(Colours()) == ""


def _shades(css: str) -> dict[str, str]:
    inner = css[css.rindex(":root{") + 6 : css.rindex(";")]
    return {name.removeprefix("--"): value for name, _, value in (one.partition(":") for one in inner.split(";"))}


def test_identifiers_are_read_in_all_their_forms() -> None:
    assert {read_issn(one) for one in ("2049-3630", "20493630", "ISSN 2049-3630")} == {"2049-3630"}
    assert read_issn("2434-561x") == "2434-561X"
    assert {read_doi(one) for one in ("10.5555/a.b", "doi:10.5555/a.b", "https://doi.org/10.5555/a.b")} == {
        "10.5555/a.b"
    }
    assert doi_address("10.5555/a%b") == "https://doi.org/10.5555/a%25b"


@pytest.mark.parametrize("site", ["https://example.org/briefs", "https://example.org/briefs/"])
def test_a_pdf_without_a_doi_is_identified_by_its_address(folder: Path, site: str) -> None:
    (folder / "briefs/house.yaml").write_text(f"name: Desk\nsite: {site}\n")
    (folder / "briefs/one.yaml").write_text("\n".join(line for line in BRIEF.splitlines() if "doi" not in line))
    made = make_page(Reads(world_of(Project(folder), None)), "one", "briefs/one.yaml")
    assert isinstance(made, Made), made
    assert json.loads(made.parts["about"])["info"]["identifier"] == "https://example.org/briefs/one.pdf"
