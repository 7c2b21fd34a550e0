"""A project that is in order, and what is found in it after one mistake."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from generator.console.formatters import ordered
from generator.pipeline.inspect_project import inspect
from generator.problems import Problem
from generator.project import Project

BRIEF = """\
title: Do controls work?
number: 2025-01
date: 2025-02-14
status: draft
experts: [ann, ben]
selection: The academics quoted in five press reports.
summary: Training was cheap [@talk, p. 2].
key_points:
  - Controls are disputed.
facts:
  - id: cost
    claim: Training was cheap.
    cite: "@talk, p. 2"
    figures:
      - amount: 5.6 million
        unit: USD
        by: Example Lab
        cite: "@talk, p. 3"
questions:
  - id: work
    ask: Do controls work?
    scale: [They backfire, Mixed, They work]
    positions:
      ann:
        stance: Mixed
        says: They slow China down.
        cite: "@talk, para. 5"
        rests_on: [cost]
      ben:
        gap: no-position-found
        searched: five press reports
        until: 2025-02-14
timeline:
  - date: 2023-10
    event: Controls are widened.
    cite: "@press, p. 1"
limits: |
  The sources are few.
"""
FILES = {
    "brief": BRIEF,
    "experts": """\
ann:
  name: Ann Example
  affiliations:
    - role: professor
      organisation: University of Examples
ben:
  name: Ben Sample
  affiliation_note: affiliation not given in the source
""",
    "sources": """\
references:
  - id: talk
    type: speech
    title: A talk
    author:
      - family: Example
        given: Ann
    issued: 2024-05-02
  - id: press
    type: article-newspaper
    title: A report
    issued: 2024-05-03
    URL: https://www.example.org/report
""",
    "house": """\
name: Example Desk
language: en-GB
series: Briefing
citation_style: chicago-notes-bibliography
preset: briefing
licence:
  name: CC BY 4.0
""",
}


def checked(folder: Path, file: str, content: bytes | None) -> list[Problem]:
    """Problems of the project with another content of one file, or without the file; notes left out."""
    (folder / "briefs").mkdir(exist_ok=True)
    for name, text in FILES.items():
        path = folder / "briefs" / ("sample.yaml" if name == "brief" else f"{name}.yaml")
        new = content if name == file else text.encode()
        if new is not None:
            path.write_bytes(new)
    problems = inspect(Project(folder), ["sample"], datetime.date(2025, 3, 1))
    return [problem for problem in ordered(problems) if problem.severity != "note"]


def mistaken(folder: Path, file: str, right: str, wrong: str) -> list[Problem]:
    """Problems of the project with one text in one file replaced."""
    assert right in FILES[file]
    return checked(folder, file, FILES[file].replace(right, wrong, 1).encode())


def cases(table: str) -> list[tuple[str, ...]]:
    """The lines of a table, with their columns: file, right, wrong, and what is to be found. `⏎` is a line break."""
    lines = [line.split(" ¦ ") for line in table.strip("\n").split("\n")]
    return [tuple(_written(cell) for cell in line) for line in lines]


def _written(cell: str) -> str:
    """Read the escapes of invisible characters, so that they can be seen in the table."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), cell).replace("⏎", "\n").replace("\\t", "\t")
