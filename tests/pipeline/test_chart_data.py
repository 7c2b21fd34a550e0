"""Charts from the fact file and from files beside it: what an author can get wrong, and what depends on a chart's file."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from generator.engine import Reads
from generator.evidence.captures.capture_store import capture
from generator.pipeline.brief_inputs import material
from generator.pipeline.check_brief import Examined, examine
from generator.pipeline.inspect_project import inspect
from generator.pipeline.publish_brief import world_of
from generator.problems import Problem
from generator.project import Project
from generator.render.template_folders import template_roots

BRIEF = """\
title: Does it work?
date: 2024-06-01
experts: [ann]
selection: The one who spoke.
summary: It works [#chart:yield].
charts:
  - id: yield
    kind: bar
    caption: What it brings
    units: million euros
    columns: [Town, Yield]
    rows:
      - [Quillport, 4.2]
      - [Marren, -1.5]
    cite: "@talk, para. 1"
    derived: invented
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, says: It works well., cite: "@talk, para. 1"}
"""
ROWS = "    rows:\n      - [Quillport, 4.2]\n      - [Marren, -1.5]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "house.yaml": "name: Desk\n",
        "experts.yaml": "ann: {name: Ann Example, affiliation_note: none given}\n",
        "sources.yaml": "references:\n  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}\n",
        "one.yaml": BRIEF,
        "data/yield.csv": "Town,2024,2025\nQuillport,4.2,5\nMarren,,3\n",
    }
    (tmp_path / "briefs/data").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / "briefs" / name).write_text(text, "utf-8")
    return tmp_path


def found(folder: Path, text: str) -> list[Problem]:
    (folder / "briefs/one.yaml").write_text(text, "utf-8")
    return list(inspect(Project(folder), ["one"]))


def looked_at(folder: Path, text: str) -> Examined:
    (folder / "briefs/one.yaml").write_text(text, "utf-8")
    return examine(Reads(world_of(Project(folder), None)), "one", "briefs/one.yaml")


def kind(name: str, columns: str, *rows: str, more: str = "") -> str:
    """The brief with a chart of another kind and other numbers."""
    given = "".join(f"      - [{row}]\n" for row in rows)
    text = BRIEF.replace("kind: bar", f"kind: {name}").replace("[Town, Yield]", f"[{columns}]")
    return text.replace(ROWS, f"    rows:\n{given}{more}")


FROM_FILE = BRIEF.replace("    columns: [Town, Yield]\n", "").replace(ROWS, "    table: data/yield.csv\n")


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (BRIEF.replace("kind: bar", "kind: pie"), "bad-value", 8, 11),
        (BRIEF.replace("    caption: What it brings\n", ""), "missing-field", 7, 5),
        (BRIEF.replace("    units: million euros\n", ""), "chart-units", 7, 5),
        (BRIEF.replace('    cite: "@talk, para. 1"\n    derived', "    derived"), "uncited", 7, 5),
        (BRIEF.replace("chart:yield", "chart:yeild"), "unknown-fact", 5, 19),
        (BRIEF.replace(ROWS, ""), "chart-data", 7, 5),
        (BRIEF.replace(ROWS, ROWS + "    table: data/yield.csv\n"), "chart-data", 7, 5),
        (BRIEF.replace("    columns: [Town, Yield]\n", ""), "chart-data", 7, 5),
        (BRIEF.replace("Marren, -1.5", "Marren"), "chart-data", 14, 10),
        (BRIEF.replace("-1.5", "about five"), "chart-number", 14, 18),
        (BRIEF.replace("-1.5", '"1.300,5"'), "table-number", 14, 18),
        (BRIEF.replace("[Marren, ", "['', "), "chart-number", 14, 10),
        (BRIEF.replace("-1.5", "1e400"), "yaml-surprise", 14, 18),
        (BRIEF.replace("-1.5", '"1e400"'), "chart-number", 14, 18),
        (kind("line", "When, Yield", "2024-02, 1", "2023, 2", "2022, 3"), "chart-shape", 14, 10),
        (BRIEF.replace("-1.5", "1234567890123"), "chart-number", 14, 18),
        (BRIEF.replace("-1.5", "0.000000000001"), "chart-number", 14, 18),
        (BRIEF.replace("4.2", "null").replace("-1.5", "n/a"), "chart-number", 7, 5),
        (BRIEF.replace("Marren", "M" * 111), "chart-too-many", 14, 10),
        (kind("bar", "Town, 2024, 2025", "Ost, 1, 2"), "chart-shape", 7, 5),
        (kind("grouped-bar", "Town, 2024", "Ost, 1"), "chart-shape", 7, 5),
        (kind("range", "Town, Low, High", "Ost, 7, 5"), "chart-shape", 13, 15),
        (kind("range", "Town, Low, High", "Ost, 7, null"), "chart-shape", 13, 10),
        (kind("timeline", "Phase, From", "Hearing, in May"), "chart-number", 13, 19),
        (kind("timeline", "Phase, From, Until", "Hearing, 2025, 2024-05"), "chart-shape", 13, 25),
        (kind("timeline", "Phase, From, Until", "Hearing, null, 2024-05"), "chart-shape", 13, 25),
        (kind("position", "Who, Place", "Left, 11", more="    span: [0, 10]\n"), "chart-shape", 13, 16),
        (kind("position", "Who, Place", "Left, 11", more="    span: [10, 0]\n"), "chart-shape", 14, 12),
        (kind("position", "Who, Place", "Left, 11", more="    span: [0, ten]\n"), "chart-shape", 14, 12),
        (kind("bar", "Who, Place", "Left, 11", more="    ends: [Less, More]\n"), "chart-shape", 7, 5),
        (kind("bar", "Town, Yield", *(f"T{number}, 1" for number in range(24))), "chart-too-many", 7, 5),
        (kind("position", "Town, Yield", *(f"T{number}, 1" for number in range(17))), "chart-too-many", 29, 10),
        (FROM_FILE, "chart-shape", 7, 5),
        (FROM_FILE.replace("bar", "grouped-bar").replace("yield.csv", "yeild.csv"), "table-file", 11, 12),
        (FROM_FILE.replace("bar", "grouped-bar").replace("table:", "columns: [Town, 2023]\n    table:"), "table-column", 11, 21),
    ],
)  # fmt: skip
def test_each_mistake_has_its_code_and_place(folder: Path, text: str, code: str, line: int, column: int) -> None:
    problems = found(folder, text)
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [(code, line, column)]


def test_a_mistake_in_a_file_is_at_its_cell(folder: Path) -> None:
    (folder / "briefs/data/yield.csv").write_text("Town,2024,2025\nQuillport,4.2,5\nMarren,few,3\n")
    (problem,) = found(folder, FROM_FILE.replace("bar", "grouped-bar"))
    assert (problem.code, problem.place.file, problem.place.line) == ("chart-number", "briefs/data/yield.csv", 3)


def test_numbers_that_the_source_does_not_have_are_found(folder: Path) -> None:
    said = b"It brought 4.2 million euros in Quillport."
    capture(folder, "talk", [("talk.txt", said)], datetime.date(2024, 5, 3))
    (problem,) = found(folder, BRIEF.replace("    derived: invented\n", ""))
    assert (problem.code, problem.place.line) == ("table-unsupported", 14)


def test_quoted_words_beside_a_chart_or_in_the_timeline_are_held_against_the_source(folder: Path) -> None:
    said = b"It brought 4.2 million euros in Quillport. Marren lost by it."
    capture(folder, "talk", [("talk.txt", said)], datetime.date(2024, 5, 3))
    text = kind("position", "Who, Place", "Ost, 1", more='    ends: [\'No "never was"\', "Yes"]\n')
    short = '  - {date: 2023, event: It lost., short: \'It "won by it"\', cite: "@talk, para. 1"}\n'
    short += "".join(f'  - {{date: {year}, event: It lost., cite: "@talk"}}\n' for year in (2020, 2021, 2022))
    problems = found(folder, f"{text}timeline:\n{short}")
    assert {(one.code, one.place.line) for one in problems} == {("quote-absent", 14), ("quote-absent", 24)}
    assert found(folder, f"{text}timeline:\n{short}".replace("never was", "in Quillport").replace("won", "lost")) == []


def test_the_file_of_a_chart_is_read_and_travels_with_the_brief(folder: Path) -> None:
    text = FROM_FILE.replace("bar", "grouped-bar")
    reads = Reads(world_of(Project(folder), None))
    seen = looked_at(folder, text)
    assert not seen.problems
    assert seen.brief is not None
    assert [cell.text for cell in seen.brief.charts[0].rows[1]] == ["Marren", "", "3"]
    assert "briefs/data/yield.csv" in material(reads, seen)


def test_a_design_without_the_block_is_told(folder: Path) -> None:
    preset = folder / "templates/presets/own"
    shutil.copytree(template_roots()[0] / "presets/briefing", preset)
    described = (preset / "preset.yaml").read_text("utf-8").replace("  - charts\n", "")
    (preset / "preset.yaml").write_text(described, "utf-8")
    (problem,) = found(folder, BRIEF + "preset: own\n")
    assert (problem.code, problem.place.line) == ("chart-not-printed", 7)
    (preset / "preset.yaml").write_text(described.replace('"#12284a"', "navy"), "utf-8")
    assert "preset-value" in {one.code for one in found(folder, BRIEF + "preset: own\n")}
