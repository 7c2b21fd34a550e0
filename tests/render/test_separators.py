"""What the program prints between and after its own words and the author's: the colon, semicolon and full stop of each language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html as parser

from generator.model import CitationKind
from generator.render.html import Styles
from generator.render.labels import load_labels
from generator.render.preset import preset_names
from generator.render.template_folders import template_roots
from tests.render.pages import page, preset, printed
from tests.render.stress_languages import spoken_brief
from tests.site.site_project import HOUSE, WORKS, files, made, write
from tests.site.site_project import page as page_of

BRIEF = """
title: Gains
subtitle: Losses
language: {tag}
date: 2025-02-14
status: published
experts: [ann, ben, cleo]
selection: Asked.
authors: [{{name: Dan}}, {{name: Eva}}]
topics: [Trade, Ports]
corrections: [{{date: 2025-03-01, what: Corrected.}}]
questions:
  - id: works
    ask: Gains
    scale: [Never, Always]
    positions:
      ann: {{stance: Always, says: Gains., cite: "@talk"}}
      ben: {{gap: declined}}
      cleo: {{gap: declined}}
facts:
  - id: many
    claim: Many.
    key: true
    figures:
      - {{amount: 5, unit: km, by: Dan, measures: road, cite: "@talk"}}
      - {{amount: 7, unit: km, by: Eva, measures: rail, cite: "@talk"}}
charts:
  - id: lengths
    kind: position
    caption: Lengths
    units: km
    columns: [Port, Length]
    ends: [Short, Long]
    span: [0, 10]
    rows: [[Quillport Harbour, 4], [Marren, 6], [Elsewhere, "-"], [Nowhere, "-"]]
    cite: "@talk; @press"
"""
EXPERTS = "ann: {name: Ann}\nben: {name: Ben}\ncleo: {name: Cleo}\n"
MARKS = {
    "fr": ("\u202f: ", "\u202f; "),
    "fr-CA": ("\u202f: ", "; "),
    "ar": (": ", "؛ "),
    "ja": ("：", "；"),
    "de": (": ", "; "),
}
STOPS = {"ja": "。", "zh": "。", "hi": "।", "de": ".", "ar": "."}
_LATIN = re.compile(r"[:;] |\(")
_LATIN_STOP = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]\.(?:\s|$)")


@pytest.mark.parametrize("tag", MARKS)
def test_a_page_has_the_colon_and_semicolon_of_its_language(tag: str) -> None:
    colon, semicolon = MARKS[tag]
    written = printed(page(BRIEF.format(tag=tag), experts=EXPERTS, design=preset("report")), styles=Styles.ABSENT)
    root = parser.document_fromstring(written)
    whole = root.text_content()
    assert f"Dan{semicolon}Eva" in _texts(root, "byline")
    assert f"Trade{semicolon}Ports" in whole
    assert all(f"Ben{semicolon}Cleo" in text and colon in text for text in _texts(root, "silent-line"))
    assert all(colon in text for text in _texts(root, "legend"))
    assert f"{colon}Corrected." in whole
    assert f"Gains{colon}Losses" in whole
    assert f"Quillport Harbour{colon}4{semicolon}Marren{colon}6" in written
    assert f"{load_labels(template_roots(), tag)('chart_gap')}{colon}Elsewhere" in whole


@pytest.mark.parametrize("tag", STOPS)
def test_sentences_of_the_program_end_with_the_full_stop_of_its_language(tag: str) -> None:
    made = page(BRIEF.format(tag=tag), experts=EXPERTS, design=preset("report"))
    root = parser.document_fromstring(printed(made))
    assert all(text.endswith(f"Cleo{STOPS[tag]}") for text in _texts(root, "silent-line"))
    citation = "".join(run.text for run in made.colophon.citation)
    assert f"Losses{STOPS[tag]}" in citation
    assert citation.endswith(STOPS[tag])


@pytest.mark.parametrize("tag", STOPS)
def test_a_reason_that_precedes_a_colon_has_no_full_stop(tag: str) -> None:
    root = parser.document_fromstring(printed(page(BRIEF.format(tag=tag), experts=EXPERTS)))
    assert not [text for text in _texts(root, "silent-line") if re.search(rf"{re.escape(STOPS[tag])}\s*[:：]", text)]


@pytest.mark.parametrize(
    ("tag", "claim"), [("ja", "Many<1>。"), ("zh", "Many<1>。"), ("hi", "Many।<1>"), ("de", "Many.<1>")]
)
def test_the_number_of_a_note_precedes_an_ideographic_full_stop(tag: str, claim: str) -> None:
    text = BRIEF.format(tag=tag).replace("claim: Many.", f'claim: Many{STOPS[tag]}\n    cite: "@talk"')
    text = text.partition("charts:")[0].replace("    key: true\n", "")
    root = parser.document_fromstring(printed(page(text, experts=EXPERTS), styles=Styles.ABSENT))
    (said,) = root.xpath("//ol[@class='fact-list']//div[@class='claim']/p[not(@class)]")
    assert re.sub(r"\d+", "<1>", said.text_content()) == claim


@pytest.mark.parametrize(("tag", "claim"), [("ja", "Many talk。"), ("hi", "Many talk।"), ("de", "Many talk.")])
def test_a_citation_in_words_precedes_every_full_stop(tag: str, claim: str) -> None:
    text = BRIEF.format(tag=tag).replace("claim: Many.", f'claim: Many{STOPS[tag]}\n    cite: "@talk"')
    root = parser.document_fromstring(printed(page(text, experts=EXPERTS), CitationKind.AUTHOR_DATE))
    (said,) = root.xpath("//ol[@class='fact-list']//div[@class='claim']/p[not(@class)]")
    assert said.text_content() == claim


@pytest.mark.parametrize("design", preset_names())
def test_no_latin_punctuation_is_printed_in_japanese(design: str) -> None:
    root = parser.document_fromstring(printed(page(**spoken_brief("ja"), design=preset(design))))
    assert [text for text in _printed(root) if _LATIN.search(text) or _LATIN_STOP.search(text)] == []
    assert [text for text in _printed(root) if "。、" in text] == [], "a title that ends with a full stop, and a comma"


def test_the_pages_of_a_site_have_them_too(tmp_path: Path) -> None:
    project = write(tmp_path, works=WORKS)
    (tmp_path / "briefs/house.yaml").write_text(HOUSE.replace("en-GB", "ja"), "utf-8")
    made(project)
    pages = [name for name in files(project) if name.endswith(".html") and not name.startswith("embed/")]
    assert {"experts/ann.html", "questions/index.html", "related/works.html", "sources/talk.html"} <= set(pages)
    assert [(name, text) for name in pages for text in _printed(page_of(project, name)) if _LATIN.search(text)] == []


def _texts(root: Any, name: str) -> list[str]:
    texts = [one.text_content() for one in root.xpath(f"//*[@class='{name}']")]
    assert texts
    return texts


def _printed(root: Any) -> list[str]:
    """The texts of a page and those of its attributes, without what only programs read."""
    texts = root.xpath("//body//text()[not(ancestor::script or ancestor::pre or ancestor::textarea)]")
    return [*texts, *root.xpath("//body//@*[not(name() = 'style' or starts-with(name(), 'data-policy'))]")]
