"""Texts of the house style by language: each brief prints its own, and one that is not there is reported in the house's file."""

from __future__ import annotations

import pytest

from generator.model import Library
from generator.problems import Problem, Severity
from generator.read.file_readers import in_language, read_houses, untranslated
from generator.read.reading_state import nearest_language
from generator.read.yaml_text import parse_bytes

TEXTS = """
name: {en: Example Desk, de: Beispielstelle}
language: en-GB
series: {en-GB: Briefing, de: Kurzdossier}
contact:
  name: {en: The desk, de: Die Stelle}
  email: desk@example.org
licence: {name: CC BY 4.0, url: {en: "https://example.org/en", de: "https://example.org/de"}}
method: {en: Asked neutrally., de: Neutral gefragt., fr-CA: Questions neutres.}
disclaimer: {en: Ours., de: Unsere.}
"""


def library(text: str) -> tuple[Library, tuple[Problem, ...]]:
    house, houses, problems = read_houses(parse_bytes(text.encode(), "briefs/house.yaml")[0])
    return Library({}, {}, house, houses), problems


def lacking(text: str, language: str, *, draft: bool = False) -> list[Problem]:
    house = in_language(library(text)[0], language).house
    return list(untranslated(house, language, draft=draft))


def test_each_language_has_its_own_texts():
    known, problems = library(TEXTS)
    assert problems == ()
    for language in ("de", "de-AT"):
        house = in_language(known, language).house
        assert (house.name, house.series, house.contact.name) == ("Beispielstelle", "Kurzdossier", "Die Stelle")
        assert (house.licence.name, house.licence.url) == ("CC BY 4.0", "https://example.org/de")
        assert house.method is not None
        assert house.method.plain == "Neutral gefragt."
        assert house.untranslated == ()
    for language in ("en-GB", "en-US"):
        house = in_language(known, language).house
        assert (house.name, house.series) == ("Example Desk", "Briefing")
        assert house.untranslated == ()


def test_what_a_language_lacks_is_printed_in_the_houses_own_and_reported():
    house = in_language(library(TEXTS)[0], "fr").house
    assert house.method is not None
    assert house.disclaimer is not None
    assert (house.method.plain, house.disclaimer.plain, house.name) == ("Questions neutres.", "Ours.", "Example Desk")
    assert [str(text) for text in house.untranslated] == ["name", "series", "contact.name", "licence.url", "disclaimer"]
    problem = lacking(TEXTS, "fr")[-1]
    assert (problem.code, problem.severity, problem.place.line) == ("house-language", Severity.ERROR, 10)
    assert "`disclaimer: {en-GB: ..., fr: ...}`" in problem.hint
    assert lacking(TEXTS, "fr", draft=True)[-1].severity is Severity.WARNING


def test_sentences_in_one_language_do_not_serve_another():
    text = "name: Example Desk\nlanguage: en-GB\nseries: Briefing\nmethod: Asked neutrally.\nfunding: By us.\n"
    assert [(problem.place.line, problem.code) for problem in lacking(text, "de-AT")] == [
        (5, "house-language"),
        (4, "house-language"),
    ]
    assert lacking(text, "en-US") == []


def test_a_language_that_no_text_is_given_in_lacks_all_of_them():
    assert len(lacking(TEXTS, "es")) == 6


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("method: {german: Neutral.}", "unknown-language", "BCP 47"),
        ("method: {en–GB: Neutral.}", "unknown-language", "en dash"),
        ("method: {}", "bad-value", ""),
        ("method: [a]", "wrong-type", ""),
        ("method: {en: {a: b}}", "wrong-type", ""),
        ('method: {en: "See [@a @b]."}', "bad-citation", ""),
        ('method: {fr: "See [@a @b]."}', "bad-citation", ""),
    ],
)
def test_mistakes_are_reported_once_where_they_stand(line, code, hint):
    _, problems = library(f"name: A\nlanguage: en-GB\n{line}\n")
    assert [(problem.code, problem.place.line) for problem in problems] == [(code, 3)]
    assert hint in problems[0].hint


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de-AT", "de-AT"), ("de-CH", "de"), ("DE", "de"), ("en", "en-US"), ("fr", ""), ("d", "")],
)
def test_the_nearest_language_is_itself_its_base_or_another_country(language, expected):
    assert nearest_language(["de", "de-AT", "en-US"], language) == expected


def test_a_text_in_norwegian_serves_bokmal():
    assert nearest_language(["de", "no"], "nb") == "no"


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("site: https://[::1", 7),
        ("site: javascript:alert(1)", 7),
        ("site: //example.org/", 7),
        ("site: https://example.org/../briefs/", 7),
        ("site: https://example.org/briefs/?page=", 7),
        ("site: https://example.org/#briefs", 7),
        ("site: https://example.org/all briefs/", 7),
        ('contact: {url: "javascript:alert(1)"}', 16),
        ('licence: {name: L, url: "data:text/html,x"}', 25),
    ],
)
def test_an_address_that_is_no_web_address_is_a_problem_and_no_link(text: str, column: int):
    known, problems = library(f"name: Desk\n{text}\n")
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [("bad-url", 2, column)]
    assert (known.house.site, known.house.contact.url, known.house.licence.url) == ("", "", "")


@pytest.mark.parametrize("written", ["https://example.org/briefs", "https://example.org/briefs/"])
def test_names_of_pages_can_be_added_to_the_address_of_the_site(written: str):
    known, problems = library(f"name: Desk\nsite: {written}\n")
    assert (known.house.site, problems) == ("https://example.org/briefs/", ())
