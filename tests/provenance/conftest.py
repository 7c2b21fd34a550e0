"""A small brief, made once for all tests of a process: with a capture, a lock that lacks its passages, and an annex."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from generator import publish
from generator.build import Status
from generator.evidence.captures import capture
from generator.project import Project
from generator.provenance.contents import Contents, open_contents
from generator.provenance.rebuilding import Remade, remake

FILES = {
    "briefs/house.yaml": "name: Example Desk   # who publishes\nevidence_annex: true\n",
    "briefs/experts.yaml": """
zoe: {name: Zoe Unused, affiliation_note: none given}

# ---- those who are on record
ben: {name: Ben Sample, affiliation_note: none given}
ann:
  name: Ann Example   # as she writes it
  affiliation_note: none given
""",
    "briefs/sources.yaml": """
references:
  - {id: unused, type: book, title: Not cited, issued: 2020}
  # what was said
  - id: talk
    type: speech
    title: A talk   # the title on the slides
    issued: 2024-05-02
""",
    "briefs/works.yaml": """
title: Does it work?   # the question of the day
date: 2024-06-01
status: published
experts: [ann, ben]
selection: Those who spoke.
summary: It is disputed whether it works [@talk, para. 1].
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, quote: the harbour works very well indeed, cite: "@talk, para. 2"}
      ben: {gap: no-position-found, searched: one talk, until: 2024-06-01}
""",
}
TALK = "The harbour.\n\nAnn Example said: “the harbour works very well indeed, as it has for years.”\n"
TODAY = datetime.date(2024, 6, 2)


@dataclass(frozen=True)
class Brief:
    folder: Path
    pdf: bytes

    @property
    def contents(self) -> Contents:
        return open_contents(self.pdf)


def project(folder: Path) -> Project:
    """Write the brief's project, with the capture of its source."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    capture(folder, "talk", [("talk.txt", TALK.encode())], TODAY)
    return Project(folder)


def build(at: Project, **options: object) -> bytes:
    """Build it, and return the PDF."""
    report = publish.publish(at, ["works"], today=TODAY, **options)
    assert report.outcomes[0].status in (Status.BUILT, Status.SKIPPED), report.outcomes
    return (at.output / "works.pdf").read_bytes()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    at = project(tmp_path_factory.mktemp("works"))
    return Brief(at.folder, build(at))


@cache
def _remade(pdf: bytes) -> Remade:
    contents = open_contents(pdf)
    return remake(contents.files, contents.manifest.slug)


@pytest.fixture(scope="session")
def remade(made: Brief) -> Remade:
    """What its attachments make, made once."""
    return _remade(made.pdf)
