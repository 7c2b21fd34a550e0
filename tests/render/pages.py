"""What the tests of pages share: from the text of a fact file to the page, without pandoc."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent
from typing import Any

from lxml import html as parser

from generator.model import BibliographyEntry, CitationGroup, CitationKind, Evidence, FormattedCitations
from generator.render.html import Styles, ordered_citation_groups, render_page
from generator.render.page import Page, build_page
from generator.render.preset import Preset, load_preset
from tests import support

HEAD = """
title: Does it work?
subtitle: Two answers
number: 2025-01
date: 2025-02-14
status: published
experts: [ann, ben]
selection: Both were asked.
"""
QUESTION = """
questions:
  - id: works
    ask: Does it work?
    scale: [Never, Sometimes, Always]
    positions:
      ann: {stance: Sometimes, says: It depends., cite: "@talk, p. 3"}
      ben: {gap: no-position-found, searched: three reports, until: 2025-02-01}
"""


def many(count: int) -> dict[str, str]:
    """The text of a fact file with so many columns, and that of its experts."""
    ids = [f"e{n}" for n in range(1, count + 1)]
    experts = "\n".join(f"{one}: {{name: Expert {one}, family: '{one}'}}" for one in ids)
    cells = "\n".join(f"      {one}: {{stance: Never, says: No., cite: '@talk'}}" for one in ids)
    head = HEAD.replace("[ann, ben]", f"[{', '.join(ids)}]")
    asked = f"questions:\n  - id: works\n    ask: Does it?\n    scale: [Never, Always]\n    positions:\n{cells}\n"
    return {"text": head + asked, "experts": experts}


def preset(name: str = "briefing", project: Path | None = None) -> Preset:
    found, problems = load_preset(name, project)
    assert found is not None, problems
    return found


def page(text: str, *, evidence: Sequence[Evidence] = (), design: Preset | None = None, **shared: str) -> Page:
    """The records of a fact file; `shared` are the texts of `experts`, `sources` and `house` that are not support's."""
    library = support.library(**shared)
    return build_page(support.brief(dedent(text)), library, design or preset(), evidence=evidence)


def formatted(citation_groups: Sequence[CitationGroup], kind: CitationKind = CitationKind.NOTE) -> FormattedCitations:
    """As a citation processor might: keys with their prefixes and locators."""
    texts = tuple(" ; ".join(map(_text, group.citations)) for group in citation_groups)
    keys = sorted({citation.key for group in citation_groups for citation in group.citations})
    return FormattedCitations(kind, texts, tuple(BibliographyEntry(key, f"Entry {key}.") for key in keys))


def _text(citation: Any) -> str:
    place = f", {citation.locator.label} {citation.locator.value}" if citation.locator else ""
    return f"{citation.prefix} {citation.key}{place}".strip()


def printed(made: Page, kind: CitationKind = CitationKind.NOTE, styles: Styles = Styles.LINKED) -> str:
    return render_page(made, formatted(ordered_citation_groups(made), kind), styles=styles)


def tree(text: str, kind: CitationKind = CitationKind.NOTE, **rest: Any) -> Any:
    """The finished page of a fact file as a tree."""
    return parser.document_fromstring(printed(page(text, **rest), kind))


def words(node: Any) -> str:
    return " ".join(node.text_content().split())
