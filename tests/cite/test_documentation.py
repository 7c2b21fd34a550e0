"""What docs/citations.md promises, held against the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.cite.citation_processor import format_citations
from generator.cite.styles import find_style
from generator.model import Source, Text
from generator.problems import Location
from generator.syntax.citations import read_cite
from generator.syntax.locators import forms

PAGE = (Path(__file__).parent.parent.parent / "docs" / "citations.md").read_text(encoding="utf-8")
PLACE = Location("x")


def table(heading: str) -> list[list[str]]:
    """The cells of the first table behind a heading."""
    behind = PAGE[PAGE.index(heading) :]
    lines = re.search(r"(?:^\|.*\n)+", behind, re.MULTILINE)
    assert lines
    return [[cell.strip() for cell in line.strip("|\n").split("|")] for line in lines[0].splitlines()[2:]]


def source(key: str, family: str, year: int) -> Source:
    csl = {"type": "book", "title": "T", "author": [{"family": family}], "issued": {"date-parts": [[year]]}}
    return Source(key, csl, PLACE, "T", "primary", None, "")


SOURCES = {"story": source("story", "Example", 2031), "report": source("report", "Sample", 2030)}


@pytest.mark.parametrize("row", [row for row in table("## Writing citations") if row[2]], ids=lambda row: row[0])
def test_each_example_prints_as_shown(row: list[str]) -> None:
    written = row[0].removesuffix(" in text").strip("`")
    in_text = written.startswith("@")
    inner = re.sub(r"^(@story) \[(.*)\]$", r"\1, \2", written) if in_text else written.strip("[]")
    group, problems = read_cite(Text(inner, PLACE))
    assert group is not None
    assert not problems
    if in_text:
        group = type(group)(group.citations, PLACE, in_text=True)
    found = format_citations([group], SOURCES, find_style("apa", Path()), "en-US")
    assert re.sub(r"</?em>", "*", found.citation_groups[0]) == row[2]


def test_each_locator_form_is_one() -> None:
    known = {form: term for term, words in forms().items() for form in words}
    rows = table("### Locators")
    written = [re.findall(r"`([^`\d]+?)(?: [\d:]+)?`", row[1]) for row in rows]
    terms = [{known[form] for form in words} for words in written]
    assert all(len(found) == 1 for found in terms)
    assert set().union(*terms) == set(forms())


@pytest.mark.parametrize("row", table("## Choosing a style"), ids=lambda row: row[0])
def test_each_style_is_there(row: list[str]) -> None:
    for name in re.findall(r"`([^`]+)`", row[1].partition("there is no")[0]):
        assert find_style(name, Path()).is_file()
