"""Experts, sources and house style: what they are read as, and each mistake at its place."""

from __future__ import annotations

from textwrap import dedent

import pytest

from generator.model import Date, ExpertKind
from generator.problems import Problem
from generator.read.file_readers import read_experts, read_house, read_sources
from generator.read.reading_state import settle
from generator.read.yaml_text import parse_bytes


def problems_in(kind: str, text: str) -> list[tuple[str, int]]:
    reader = {"experts": read_experts, "sources": read_sources, "house": read_house}[kind]
    document, found = parse_bytes(dedent(text).lstrip("\n").encode(), f"briefs/{kind}.yaml")
    problems: tuple[Problem, ...] = (*found, *settle(document, reader(document)[1])[0])
    return [(problem.code, problem.place.line) for problem in problems]


def sources(text: str):
    return read_sources(parse_bytes(dedent(text).encode(), "briefs/sources.yaml")[0])[0]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("sources", "references:\n  - {id: a, type: report}\n  - {id: a, type: book}\n", [("duplicate-source", 3)]),
        ("sources", "references:\n  - {id: a, type: report, author: Ann Example}\n", [("bad-name", 2)]),
        ("sources", "references:\n  - {id: a, type: report, author: [{name: Ann}]}\n", [("bad-name", 2)]),
        ("sources", "references:\n  - {id: a, type: report, URL: www.example.org}\n", [("bad-url", 2)]),
        ("sources", "references:\n  - {id: a, type: report, issued: last week}\n", [("bad-date", 2)]),
        ("sources", "references:\n  - {id: a, type: raport}\n", [("bad-value", 2)]),
        ("sources", "references:\n  - {id: a, type: report, titel: B}\n", [("unknown-key", 2)]),
        ("sources", "references:\n  - {type: report}\n", [("missing-field", 2)]),
        ("sources", "references: a\n", [("wrong-type", 1)]),
        ("sources", "references:\n  - {id: a, type: report, provenance: hearsay}\n", [("bad-value", 2)]),
        ("experts", "ann: {}\n", [("missing-field", 1)]),
        ("experts", "ann: {name: Ann, affiliations: [{from: soon}]}\n", [("bad-date", 1)]),
        ("experts", "ann: {name: Ann, famly: Example}\n", [("unknown-key", 1)]),
        ("experts", "ann: Ann Example\n", [("wrong-type", 1)]),
        ("house", "language: en-GB\n", [("missing-field", 1)]),
        ("house", "name: Desk\noverdue: maybe\n", [("bad-value", 2)]),
        ("house", "name: Desk\nevidence_annex: yes\n", [("yaml-surprise", 2)]),
        ("house", "name: Desk\nevidence_annex: 7\n", [("wrong-type", 2)]),
        ("house", "name: Desk\nevidence_annex: 'yes'\n", [("wrong-type", 2)]),
        ("house", "name: Desk\nreview_period: 30.0\n", [("wrong-type", 2)]),
        ("house", "name: Desk\nreview_period: 0\n", [("bad-value", 2)]),
    ],
)
def test_each_mistake_has_its_code_and_line(kind: str, text: str, expected: list[tuple[str, int]]) -> None:
    assert problems_in(kind, text) == expected


def test_sources_become_csl_json() -> None:
    found = sources(
        """
        references:
          - id: rise
            type: article-newspaper
            title: A rise
            title-short: news report
            author: [{family: Example, given: Ann}, {literal: News Agency}]
            issued: 2025-01-29
            accessed: {year: 2025, month: 2}
            URL: https://example.org/rise
            provenance: report
        """
    )["rise"]
    assert found.csl == {
        "id": "rise",
        "type": "article-newspaper",
        "title": "A rise",
        "title-short": "news report",
        "author": [{"family": "Example", "given": "Ann"}, {"literal": "News Agency"}],
        "issued": {"date-parts": [[2025, 1, 29]]},
        "accessed": {"date-parts": [[2025, 2]]},
        "URL": "https://example.org/rise",
    }
    assert (found.provenance, found.issued, found.short) == ("report", Date(2025, 1, 29), "news report")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025", {"date-parts": [[2025]]}),
        ("2024-11/2025-01", {"date-parts": [[2024, 11], [2025, 1]]}),
        ("{date-parts: [[2025, 1]]}", {"date-parts": [[2025, 1]]}),
        ("[{year: 2025, month: 1, day: 29}]", {"date-parts": [[2025, 1, 29]]}),
        ("{literal: Spring 2025}", {"literal": "Spring 2025"}),
    ],
)
def test_dates_in_every_form_that_csl_yaml_has(written: str, expected: dict[str, object]) -> None:
    assert sources(f"references:\n  - {{id: a, type: report, issued: {written}}}\n")["a"].csl["issued"] == expected


def test_experts_are_people_or_institutions_with_dated_affiliations() -> None:
    text = """
    ann: {name: Ann van Example, family: van Example, also: [A. Example], affiliations: [{role: professor, from: 2019, until: 2024-06}]}
    desk: {name: The Example Institute, kind: institution}
    """
    experts = read_experts(parse_bytes(dedent(text).encode(), "briefs/experts.yaml")[0])[0]
    assert experts["ann"].family == "van Example"
    assert experts["ann"].also == ("A. Example",)
    assert (experts["ann"].affiliations[0].start, experts["ann"].affiliations[0].end) == (Date(2019), Date(2024, 6))
    assert experts["desk"].kind is ExpertKind.INSTITUTION
    assert experts["desk"].family == "The Example Institute"


def test_a_house_style_has_defaults_for_all_but_the_name() -> None:
    house, problems = read_house(parse_bytes(b"name: Desk\n", "briefs/house.yaml")[0])
    assert problems == ()
    assert (house.preset, house.citation_style, house.evidence_annex) == (
        "briefing",
        "chicago-notes-bibliography",
        False,
    )


@pytest.mark.parametrize(
    ("kind", "text", "message"),
    [
        ("house", "name: Desk\nmethod: [x]\n", "'method' has to be text, not a list"),
        ("house", "name: Desk\ncitation_style:\n", "'citation_style' has no value"),
        ("house", "name: {}\n", "'name' has no text in any language"),
        (
            "house",
            "name: Desk\nreview_period: 12345678901\n",
            "'review_period' has to be a number from 1 to 999,999,999",
        ),
        ("house", "name: Desk\nlicence: {url: {en: 5, de: [x]}}\n", "'de' has to be text, not a list"),
        ("sources", "references:\n  - {id: '', type: report}\n", "'id' has no value"),
    ],
)
def test_messages_call_a_field_by_its_name(kind: str, text: str, message: str) -> None:
    reader = {"sources": read_sources, "house": read_house}[kind]
    assert message in [one.message for one in reader(parse_bytes(text.encode(), f"briefs/{kind}.yaml")[0])[1]]
