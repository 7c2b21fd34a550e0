"""Every script and both directions, in one brief that quotes them all: in HTML, on paper, and read back from the paper."""

from __future__ import annotations

import datetime
import re
import subprocess
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from lxml import html as parser

from generator.languages.locales import script_of
from generator.render import design_checks, fonts
from generator.render.html import Styles
from generator.render.layout.structure_reader import read_structure
from generator.render.layout.xmp import DocumentInfo
from generator.render.printed_texts import printed_texts
from generator.render.script_runs import mark_scripts, scripts_used
from generator.render.scripts import BY_CODE, direction_of, runs
from generator.render.style_sheets import pdf_stylesheets
from tests import support
from tests.render.every_script import EXPERTS, NAMES, QUOTES, SOURCES, TEXT
from tests.render.pages import page, preset, printed
from tests.render.papers import Paper, write_pdf
from tests.render.stress_languages import spoken_brief

if TYPE_CHECKING:
    from generator.problems import Location, Problem

_UNSEEN = re.compile("[\\s\u00ad\u0002\ufffe\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Spaces and ends of lines, divided words, joiners and what Poppler writes around text from right to left."""


@pytest.fixture(scope="module")
def screen() -> Any:
    return parser.document_fromstring(printed(page(TEXT, experts=EXPERTS, sources=SOURCES)))


@pytest.fixture(scope="module")
def paper() -> Paper:
    made, day = page(TEXT, experts=EXPERTS, sources=SOURCES), datetime.date(2025, 2, 14)
    about = DocumentInfo(title=made.title, language=made.language, created=day, modified=day)
    return write_pdf(printed(made, styles=Styles.ABSENT), pdf_stylesheets(made.preset), about)


def bare(text: str) -> str:
    return _UNSEEN.sub("", text)


# ---------------------------------------------------------------- runs and languages


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(run.script.code, text[run.start : run.end]) for run in runs(text, language)]


def test_a_run_goes_from_the_first_letter_of_a_script_to_the_last_with_its_own_punctuation():
    assert found("He said مرحبا بالعالم، كيف؟ and שלום!") == [("Arab", "مرحبا بالعالم، كيف؟"), ("Hebr", "שלום")]
    assert found("(नमस्ते। दुनिया) ok") == [("Deva", "नमस्ते। दुनिया")]
    assert found("a) नमस्ते (दुनिया 12) ok") == [("Deva", "नमस्ते (दुनिया 12)")]
    assert found("עברית (מ־2022).") == [("Hebr", "עברית (מ־2022)")]
    assert found("東京都は「日本」です。") == [("Jpan", "東京都は「日本」です。")]
    assert found("한국어 漢字") == [("Kore", "한국어 漢字")]


def test_han_is_drawn_as_its_language_draws_it():
    assert [found("骨", tag)[0][0] for tag in ("en", "zh", "zh-TW", "ja", "ko")] == [
        "Hans",
        "Hans",
        "Hant",
        "Jpan",
        "Kore",
    ]


def test_a_single_greek_letter_is_a_symbol():
    assert found("about π metres, μ = 2") == []
    assert found("Ωμέγα") == [("Grek", "Ωμέγα")]


def test_the_script_of_a_language_is_that_of_cldr_and_of_its_tag():
    tags = ("en-GB", "sr-Latn", "uk", "fa", "pa-PK", "zh-HK", "xx")
    assert [script_of(tag) for tag in tags] == ["Latn", "Latn", "Cyrl", "Arab", "Arab", "Hant", ""]
    assert [direction_of(tag) for tag in ("ar", "he", "hi", "xx")] == ["rtl", "rtl", "ltr", "ltr"]


def test_runs_get_language_direction_and_font_only_where_they_differ():
    html = '<html lang="en"><title>שלום</title><p>«מרחב» <b lang="fa" dir="rtl">سلام</b> &amp; مرحبا'
    assert mark_scripts(html, "en") == (
        '<html lang="en"><title>שלום</title><p>«<span class="script hebr" lang="he" dir="rtl">מרחב</span>» '
        '<b lang="fa" dir="rtl"><span class="script arab">سلام</span></b> &amp; '
        '<span class="script arab" lang="und-Arab" dir="rtl">مرحبا</span>'
    )
    assert mark_scripts('<html lang="ar" dir="rtl"><p>مرحبا</p>', "ar") == '<html lang="ar" dir="rtl"><p>مرحبا</p>'
    assert scripts_used('<html lang="ja"><span class="script hebr">') == ("Hebr", "Jpan")


def test_foreign_names_and_titles_are_marked_wherever_they_stand_and_the_longer_one_wins():
    words = {"Der Preis der Ruhe": "de", "Der Preis": "de", "Müller & Söhne": "de"}
    html = "<p title='Der Preis'>Der Preis der Ruhe, <i>Der Preis</i>; Der Preise, Müller &amp; Söhne</p>"
    assert mark_scripts(html, "en", words) == (
        '<p title=\'Der Preis\'><span lang="de">Der Preis der Ruhe</span>, <i><span lang="de">Der Preis</span></i>; Der Preise, '
        '<span lang="de">Müller &amp; Söhne</span></p>'
    )


# ---------------------------------------------------------------- on the page


def test_each_quotation_has_the_language_of_its_source_and_its_own_direction(screen: Any):
    quotes = screen.xpath("//blockquote[@class='quote']")
    assert [quote.get("lang") for quote in quotes] == list(QUOTES)
    assert [quote.get("dir") for quote in quotes] == ["rtl" if tag in ("ar", "fa", "he") else None for tag in QUOTES]


def test_each_name_has_its_language(screen: Any):
    spans = screen.xpath("//th/span[@class='name']/span[@lang]")
    assert [(span.get("lang"), span.text_content()) for span in spans] == list(NAMES.items())


def test_every_character_is_drawn_and_every_font_is_embedded(paper: Paper):
    assert not paper.layout.diagnostics
    with pikepdf.open(BytesIO(paper.data)) as pdf:
        names = " ".join(str(one.get("/FontName", "")) for one in pdf.objects if isinstance(one, pikepdf.Dictionary))
    families = {script.family for code, script in BY_CODE.items() if code != "Hant"}
    assert {family for family in families if family.replace(" ", "-") not in names} == set()


# ---------------------------------------------------------------- read back from the paper


@pytest.fixture(scope="module")
def paragraphs() -> Paper:
    """Each quotation as a paragraph: numbers of notes and neighbouring columns are no matter of scripts."""
    quoted = "".join(f'<p lang="{tag}" dir="{direction_of(tag)}">{quote}</p>' for tag, quote in QUOTES.items())
    html = mark_scripts(f'<html lang="en"><body><p>English</p>{quoted}</body></html>', "en")
    day = datetime.date(2025, 2, 14)
    return write_pdf(
        html, pdf_stylesheets(preset()), DocumentInfo(title="Words", language="en", created=day, modified=day)
    )


def test_text_extracted_by_pdfium_is_that_of_the_sources(paragraphs: Paper):
    with pypdfium2.PdfDocument(paragraphs.data) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    joined = " ".join(text.split())
    assert [tag for tag, quote in QUOTES.items() if quote.replace("\u200c", "") not in joined] == []


def test_text_extracted_by_poppler_has_the_words_of_the_sources(paragraphs: Paper, tmp_path: Path):
    """Poppler leaves the brackets and the order of numbers in text from right to left to its readers."""
    (tmp_path / "brief.pdf").write_bytes(paragraphs.data)
    ran = subprocess.run(["pdftotext", "brief.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    text = bare(ran.stdout.decode())
    assert [tag for tag, quote in QUOTES.items() if direction_of(tag) == "ltr" and bare(quote) not in text] == []
    words = {tag: re.findall(r"[^\W\d_]{2,}", quote.replace("\u200c", "")) for tag, quote in QUOTES.items()}
    assert [word for tag in ("ar", "fa", "he") for word in words[tag] if word not in text] == []


def test_the_structure_tree_reads_each_quotation_in_its_order_and_language(paper: Paper):
    quotes = list(read_structure(paper.data).find("BlockQuote"))
    assert [quote.language for quote in quotes] == list(QUOTES)
    for quote, (tag, words) in zip(quotes, QUOTES.items(), strict=True):
        assert bare(words) in bare(quote.text), tag


# ---------------------------------------------------------------- what is missing is said


def problems(monkeypatch: pytest.MonkeyPatch, text: str, missing: frozenset[str] = frozenset()) -> list[Problem]:
    """What `brief check` finds where the fonts of some extras are not installed."""
    installed = fonts.script_files
    monkeypatch.setattr(
        design_checks, "script_files", lambda code: () if BY_CODE[code].extra in missing else installed(code)
    )

    def find(words: str, place: Location) -> Location:
        return place

    return list(design_checks.check_scripts(printed_texts(support.brief(text), support.library()), "en", find))


def test_one_problem_a_script_says_at_its_first_character_which_extra_to_install(monkeypatch: pytest.MonkeyPatch):
    text = """
title: A title
experts: []
summary: |
  First words,
  then 日本 and 中文, then مرحبا and again مرحبا.
limits: 日本
"""
    first, second = problems(monkeypatch, text, frozenset({"cjk", "arabic"}))
    assert (first.code, first.place.line, first.place.column, first.place.length) == ("script-fonts", 6, 8, 2)
    assert "pip install 'policy-brief-generator[cjk]'" in first.hint
    assert (second.place.line, second.place.column) == (6, 24)
    assert "policy-brief-generator[arabic]" in second.hint
    assert problems(monkeypatch, text) == []


def test_a_character_that_no_font_has_is_told_once_at_its_place(monkeypatch: pytest.MonkeyPatch):
    (only,) = problems(monkeypatch, "title: Some ☃ snow\nexperts: []\nsummary: And ☃ again, of π and µ and ≥.\n")
    assert (only.code, only.place.line, only.place.column) == ("missing-glyph", 1, 13)


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("\u2011", "write “-”"),
        ("\uf0b7", "it is a sign of one font only, such as a bullet of Word"),
        ("\uff02b\uff02", 'write “"”'),
        ("☃", "use another character"),
    ],
)
def test_the_hint_for_a_missing_character_names_the_one_that_is_meant(
    monkeypatch: pytest.MonkeyPatch, written: str, hint: str
) -> None:
    (only,) = problems(monkeypatch, f"title: A {written} b\nexperts: []\n")
    assert only.hint.startswith(hint)


def test_what_is_passed_over_quickly_is_in_the_fonts_of_every_page():
    every = "".join(map(chr, range(0x20, 0x2100)))
    assert fonts.uncovered(design_checks._BEYOND.sub("", every)) == []


def test_words_quoted_in_prose_have_the_language_and_direction_of_the_source_cited_beside_them():
    sources = (
        "references:\n"
        "  - {id: fr, type: speech, language: fr-CA, title: Un discours, issued: 2024-05-02}\n"
        "  - {id: ar, type: speech, language: ar, title: A speech, issued: 2024-05-02}\n"
        "  - {id: en, type: speech, language: en-GB, title: A talk, issued: 2024-05-02}\n"
    )
    text = """
    title: Does it work?
    date: 2025-02-14
    status: published
    experts: [ann]
    selection: Asked.
    summary: |
      It is "un *grand* «pas» en avant" [@fr], "a ‘big’ step" [@en], and "2022" [@ar].

      She wrote [@fr]:

      > Un pas en avant.

      A term[^1] *"ends* outside" [@fr].

      [^1]: He said "non" [@fr].
    questions:
      - id: works
        ask: Does it?
        scale: [Never, Always]
        positions:
          ann: {stance: Always, quote: "So 'they' say", cite: "@en"}
    """
    html = printed(page(text, sources=sources, experts="ann: {name: Ann Example}"))
    assert '“<span lang="fr-CA">un <em>grand</em> «pas» en avant</span>' in html
    assert "“a ‘big’ " in html
    assert '“<span lang="ar" dir="rtl">2022</span>' in html
    assert '<blockquote lang="fr-CA">\n<p>Un pas en avant.</p>' in html
    assert "<em>“ends</em> " in html
    assert '“<span lang="fr-CA">non</span>”' in html
    assert "“So ‘they’ " in html


def test_a_note_number_stays_with_its_word_from_right_to_left_too():
    html = printed(page(**spoken_brief("ar")))
    assert 'أُعلن.\N{WORD JOINER}<span class="tied"><sup' in html
    assert "\N{WORD JOINER}" not in printed(page(**spoken_brief("fr")))


@pytest.mark.parametrize("code", ["Jpan", "Kore", "Hans", "Hant"])
def test_each_way_to_draw_han_has_a_regular_and_a_bold(code: str):
    assert [(file.weight, file.style) for file in fonts.script_files(code)] == [(400, "normal"), (700, "normal")]
