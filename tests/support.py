"""What many tests need: YAML text in, records or problems out."""

from __future__ import annotations

from textwrap import dedent

from generator.model import Brief, HouseStyle, Library
from generator.pipeline.inputs.data_tables import with_data
from generator.problems import Location, Problem
from generator.read.file_readers import read_brief, read_experts, read_house, read_sources
from generator.read.yaml_text import parse_bytes

EXPERTS = """
ann: {name: Ann Example, affiliations: [{role: professor, organisation: University of Examples}]}
ben: {name: Ben Sample, affiliation_note: affiliation not given in the source}
"""
SOURCES = """
references:
  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}
  - {id: press, type: article-newspaper, title: A report, title-short: newspaper report, issued: 2024-05-03, provenance: report}
"""
HOUSE = "name: Example Desk\n"


def library(experts: str = EXPERTS, sources: str = SOURCES, house: str = HOUSE) -> Library:
    """Read a library from YAML texts, which have to be without problems."""
    people, first = read_experts(parse_bytes(dedent(experts).encode(), "briefs/experts.yaml")[0])
    entries, second = read_sources(parse_bytes(dedent(sources).encode(), "briefs/sources.yaml")[0])
    style, third = read_house(parse_bytes(dedent(house).encode(), "briefs/house.yaml")[0])
    assert not (first or second or third), (first, second, third)
    files = {"experts": "briefs/experts.yaml", "sources": "briefs/sources.yaml", "house": "briefs/house.yaml"}
    return Library(people, entries, style, files=files)


def read(text: str, slug: str = "sample") -> tuple[Brief | None, tuple[Problem, ...]]:
    """Read a fact file from its text, with all that reading finds."""
    file = f"briefs/{slug}.yaml"
    document, problems = parse_bytes(dedent(text).encode(), file)
    brief, found = read_brief(slug, document, HouseStyle("Example Desk", Location("briefs/house.yaml")))
    return brief, (*problems, *found)


def brief(text: str, slug: str = "sample") -> Brief:
    """Read a fact file that is without problems as far as reading shows."""
    found, problems = read(text, slug)
    assert found is not None
    assert not problems, problems
    return with_data(found, _no_file)[0] if found.charts else found


def _no_file(path: str) -> bytes:
    raise FileNotFoundError(path)
