"""A small project with two experts on the same question in two briefs, a changed mind, a gap, a voice and a draft."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import html

from generator.engine import Report, TargetStatus
from generator.pipeline.publish_brief import publish
from generator.project import Project

HOUSE = "name: Example Desk\nlanguage: en-GB\nsite: https://example.org/\nmethod: We read everything [@talk].\n"
EXPERTS = """
ann:
  name: Ann Example
  affiliations:
    - {role: member, organisation: City Council, until: 2023}
    - {role: professor, organisation: University of Examples, from: 2024}
ben: {name: Ben Sample, affiliation_note: affiliation not given in the source}
cleo: {name: Cleo Third, affiliations: [{role: reader, organisation: Elsewhere}]}
"""
SOURCES = """
references:
  - {id: talk, type: speech, title: A talk, issued: 2024-05-02, URL: "https://example.com/talk?a=1&b=2"}
  - {id: Talk, type: speech, title: Another talk, issued: 2022-05-02}
  - {id: press, type: article-newspaper, title: A report, title-short: newspaper report, issued: 2024-05-03, provenance: report}
"""
WORKS = """
title: Does it work?
subtitle: Two answers
answer: One of two says that it works [@talk].
topics: [Trade, "Rules & law"]
date: 2025-02-14
status: published
edition: 1
selection: Both were asked.
experts: [ann, ben]
corrections: [{date: 2025-02-20, what: A date was wrong.}]
questions:
  - id: works
    ask: Does it work?
    scale: [Never, Sometimes, Always]
    positions:
      ann:
        stance: Always
        says: It works & it holds.
        cite: "@talk, p. 3"
        earlier: [{stance: Never, says: It fails., cite: "@Talk"}]
      ben: {gap: no-position-found, searched: three reports, until: 2025-02-01}
voices:
  - {id: third, who: cleo, says: It matters., cite: "@press"}
"""
COSTS = """
title: What does it cost?
answer: Both say that it costs little [@talk].
topics: [trade]
date: 2024-12-01
status: published
selection: Both were asked.
experts: [ann, ben]
questions:
  - id: same
    ask: Does it  work?
    scale: [Never, Sometimes, Always]
    positions:
      ann: {stance: Sometimes, says: =1+1 is what it costs., cite: "@talk"}
      ben: {stance: Never, says: It does not., cite: "@press"}
"""
DRAFT = """
title: What comes next?
status: draft
date: 2025-03-01
experts: [ben]
questions:
  - id: next
    ask: What comes next?
    scale: [Less, More]
    positions: {ben: {stance: More, says: More of it., cite: "@talk"}}
"""


def write(folder: Path, **briefs: str) -> Project:
    """A project with these briefs, by slug; underscores stand for slashes."""
    files = {"house": HOUSE, "experts": EXPERTS, "sources": SOURCES, **briefs}
    for name, text in files.items():
        path = folder / "briefs" / f"{name.replace('_', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Project(folder)


def built(report: Report) -> set[str]:
    """The targets of the site that a build made."""
    return {
        outcome.target.removeprefix("site/")
        for outcome in report.outcomes
        if outcome.target.startswith("site/") and outcome.status is TargetStatus.BUILT
    }


def made(project: Project, **options: Any) -> Report:
    """Build everything; nothing may be refused or break."""
    report = publish(project, None, **options)
    assert report.ok, [(one.target, one.notes, one.failure) for one in report.outcomes if one.notes or one.failure]
    return report


def page(project: Project, path: str) -> Any:
    """A built page as a tree."""
    return html.document_fromstring((project.output / path).read_text("utf-8"))


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


def files(project: Project) -> set[str]:
    """Everything that was built, without what the engine keeps and what presets share."""
    found = (path.relative_to(project.output).as_posix() for path in project.output.rglob("*") if path.is_file())
    return {path for path in found if not path.startswith((".brief/", "assets/"))}
