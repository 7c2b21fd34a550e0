"""Fields of a source, one at a time: what is read, and where it is told what is wrong with one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.read.entries import entry_digests
from generator.read.file_readers import read_sources
from generator.read.yaml_text import parse_bytes

FILE = "briefs/sources.yaml"


def read(field: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The CSL of a source with one more field, and what is found: code, and the words that are underlined."""
    text = f"references:\n  - id: talk\n    type: book\n    title: A talk\n    {field}\n"
    sources, problems = read_sources(parse_bytes(text.encode(), FILE)[0])
    lines = text.splitlines()
    marked = [lines[p.place.line - 1][p.place.column - 1 :][: p.place.length] for p in problems]
    return dict(sources["talk"].csl), [(problem.code, mark) for problem, mark in zip(problems, marked, strict=True)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("author: [{family: Example, given: Ann}]", [{"family": "Example", "given": "Ann"}]),
        ("author: {literal: Some Body}", [{"literal": "Some Body"}]),
        ("author: [{given: Ann, family: ''}]", [{"given": "Ann"}]),
        ("issued: 2025-01-29", {"date-parts": [[2025, 1, 29]]}),
        ("issued: 2024/2025", {"date-parts": [[2024], [2025]]}),
        ("issued: [{year: 2025, month: 1}]", {"date-parts": [[2025, 1]]}),
        ("issued: {year: 2025, month: 1, day: 29}", {"date-parts": [[2025, 1, 29]]}),
        ("issued: {date-parts: [[2024], [2025, 2]], circa: true}", {"date-parts": [[2024], [2025, 2]], "circa": "true"}),
        ("issued: {date-parts: [[-500]]}", {"date-parts": [[-500]]}),
        ("issued: {literal: in press}", {"literal": "in press"}),
        ("URL: https://example.org/a", "https://example.org/a"),
        ("note: two   words", "two words"),
    ],
)  # fmt: skip
def test_a_field_that_is_right_is_read(field: str, value: object) -> None:
    csl, problems = read(field)
    assert problems == []
    assert csl[field.partition(":")[0]] == value


@pytest.mark.parametrize(
    ("field", "code", "marked"),
    [
        ("author: Ann Example", "bad-name", "Ann Example"),
        ("author: [Ann Example]", "bad-name", "Ann Example"),
        ("author: [{suffix: Jr.}]", "bad-name", "{"),
        ("author: [{family: Example, givn: Ann}]", "bad-name", "givn"),
        ("issued: soon", "bad-date", "soon"),
        ("issued: 2025-02-30", "bad-date", "2025-02-30"),
        ("issued: [2025, 1, 29]", "bad-date", "["),
        ("issued: [{year: 2025}, {year: 2026}, {year: 2027}]", "bad-date", "["),
        ("issued: [{year: this}]", "bad-date", "["),
        ("issued: {date-parts: [[this]]}", "bad-date", "{"),
        ("issued: {date-parts: 2025}", "bad-date", "{"),
        ("issued: {date-parts: [2025, 1]}", "bad-date", "{"),
        ("issued: {date-parts: [[2025, 2, 29]]}", "bad-date", "{"),
        ("issued: {date-parts: [[2025, 13]]}", "bad-date", "{"),
        ("issued: {date-parts: [[2025, 1, 29, 5]]}", "bad-date", "{"),
        ("issued: {date-parts: []}", "bad-date", "{"),
        ("issued: {year: 2025, month: 13}", "bad-date", "{"),
        ("issued: {year: 2025, month: 2, day: 29}", "bad-date", "{"),
        ("issued: {year: soon}", "bad-date", "{"),
        ("issued: {year: '', month: 3}", "bad-date", "{"),
        ("issued: {month: 3}", "bad-date", "{"),
        ("issued: {date-parts: [[2023], [2024], [2025]]}", "bad-date", "{"),
        ("URL: example.org/a", "bad-url", "example.org/a"),
        ("URL: https://example.org@evil.example/a", "bad-url", "https://example.org@evil.example/a"),
        ("URL: 'https://example.org\\@evil.example'", "bad-url", "'https://example.org"),
        ("URL: 'https://[::1'", "bad-url", "'https://[::1'"),
        ("URL: 'https://example.org/<a>'", "bad-url", "'https://example.org/<a>'"),
        ("URL: 'https://exam|ple.org/a'", "bad-url", "'https://exam|ple.org/a'"),
        ("DOI: 10.1000/a b", "bad-identifier", "10.1000/a b"),
        ("DOI: https://example.org/10.1000/a", "bad-identifier", "https://example.org/10.1000/a"),
        ("PMID: 12 <a>", "bad-identifier", "12 <a>"),
        ("PMCID: ../12", "bad-identifier", "../12"),
        ("publisher: [A, B]", "wrong-type", "publisher"),
    ],
)
def test_a_field_that_is_wrong_is_told_where_it_is(field: str, code: str, marked: str) -> None:
    csl, problems = read(field)
    assert [found for found, _ in problems] == [code]
    assert problems[0][1].startswith(marked), problems
    assert csl["title"] == "A talk", "the others are read"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("DOI: 'https://doi.org/10.1002/a%3C15::AID%3E3.0'", "10.1002/a<15::AID>3.0"),
        ("DOI: 'doi: 10.1000/a#b%20'", "10.1000/a#b%20"),
        ("PMID: 'PMID: 31452104'", "31452104"),
        ("PMCID: PMC6743246", "PMC6743246"),
        ("URL: https://uk.wikipedia.org/wiki/Порт_(місто)?a=1", "https://uk.wikipedia.org/wiki/Порт_(місто)?a=1"),
        ("URL: 'https://example.org/a|{b}[c]%zz%20#d#e'", "https://example.org/a%7C%7Bb%7D%5Bc%5D%25zz%20#d%23e"),
        ("URL: 'http://[::1]/[a]'", "http://[::1]/%5Ba%5D"),
    ],
)
def test_an_identifier_is_read_without_its_label_and_an_address_as_it_can_be_published(field: str, value: str) -> None:
    csl, problems = read(field)
    assert problems == []
    assert csl[field.partition(":")[0]] == value


SIMPLE = b"references:\n- id: one\n  type: book\n  title: First\n- id: two\n  type: book\n  title: Second\n"


def test_a_further_file_of_sources_has_the_same_entries_whichever_way_it_is_read() -> None:
    """A plain one is cut at its entries without being parsed; the digest of an entry is its own alone."""
    before = entry_digests("briefs/sources/library.yaml", SIMPLE)
    after = entry_digests("briefs/sources/library.yaml", SIMPLE.replace(b"Second", b"Other"))
    assert set(before) == {"one", "two"}
    assert {key for key in before if before[key] != after[key]} == {"two"}
    flow = json.dumps({"references": [{"id": "one", "type": "book"}, {"id": "two", "type": "book"}]}).encode()
    assert set(entry_digests("briefs/sources/library.yaml", flow)) == {"one", "two"}
    twice = entry_digests("briefs/sources/library.yaml", SIMPLE + b"- id: two\n  type: book\n  title: Third\n")
    assert twice["one"] == before["one"]
    assert twice["two"] != before["two"], "both count"


def test_an_entry_whose_id_is_no_text_hides_no_other() -> None:
    assert set(entry_digests(FILE, b"references:\n  - id: [a]\n  - id: {b: c}\n  - {id: d}\n")) == {"d"}


@pytest.mark.parametrize("content", [b"- a\n", b"a: [\n", b"\xff", b"? [a]\n: b\n"])
def test_what_has_no_entries_has_no_digests(content: bytes) -> None:
    assert entry_digests(FILE, content) == {}


@pytest.mark.parametrize(("title", "words"), [("10^−3^ m", "10⁻³ m"), ("10^-3^ m", "10⁻³ m"), ("x~(2)~", "x₍₂₎")])
def test_raised_and_lowered_signs_stay_raised_and_lowered_in_the_words_of_a_title(title: str, words: str) -> None:
    text = f"references:\n  - {{id: talk, type: book, title: '{title}'}}\n"
    sources, problems = read_sources(parse_bytes(text.encode(), FILE)[0])
    assert (sources["talk"].title, problems) == (words, ())
