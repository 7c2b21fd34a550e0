"""Tables from files beside the brief: what is printed, what depends on them, and what is wrong with them."""

from __future__ import annotations

import datetime
import io
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generator.engine import Reads
from generator.engine.processes import calls, worker
from generator.evidence.capture_lock import open_lock
from generator.evidence.captures.capture_store import capture
from generator.pipeline.brief_inputs import material
from generator.pipeline.check_brief import Examined, examine
from generator.pipeline.inspect_project import inspect
from generator.pipeline.publish_brief import world_of
from generator.problems import Problem
from generator.project import Project
from generator.render.labels import load_labels
from generator.render.page.section_views import table_views
from generator.render.template_folders import template_roots
from tests.commands.run import brief as brief_command

BRIEF = """\
title: Does it work?
date: 2024-06-01
experts: [ann]
selection: The one who spoke.
summary: SUMMARY
tables:
  - id: costs
    table: data/costs.csv
    caption: What the runs cost
    cite: "@talk, para. 1"
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, says: It works well., cite: "@talk, para. 1"}
"""
CSV = 'Model,Year,Cost,Note\nA,2023,"1,234.56",first\nB,2024,-5.6,"a ""b"", c"\nC,2025,,007\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "house.yaml": "name: Desk\n",
        "experts.yaml": "ann: {name: Ann Example, affiliation_note: none given}\n",
        "sources.yaml": "references:\n  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}\n",
        "one.yaml": brief(),
        "data/costs.csv": CSV,
    }
    (tmp_path / "briefs/data").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / "briefs" / name).write_text(text, "utf-8")
    return tmp_path


def brief(more: str = "", summary: str = "It works [#table:costs].", file: str = "data/costs.csv") -> str:
    text = BRIEF.replace("SUMMARY", summary).replace("data/costs.csv", file)
    return text.replace("    caption:", f"{more}    caption:")


def write(folder: Path, text: str | bytes, name: str = "data/costs.csv") -> None:
    data = text.encode() if isinstance(text, str) else text
    (folder / "briefs" / name).write_bytes(data)


def looked_at(folder: Path) -> Examined:
    return examine(Reads(world_of(Project(folder), None)), "one", "briefs/one.yaml")


def found(folder: Path) -> list[tuple[str, str, int, int]]:
    problems = inspect(Project(folder), ["one"])
    return [(one.code, one.place.file.removeprefix("briefs/"), one.place.line, one.place.column) for one in problems]


def only(folder: Path) -> Problem:
    (problem,) = inspect(Project(folder), ["one"])
    return problem


def printed(folder: Path, language: str = "en-GB") -> list[list[str]]:
    seen = looked_at(folder)
    assert seen.brief is not None
    assert not seen.problems, seen.problems
    (view,) = table_views(seen.brief, seen.library, load_labels(template_roots(), language))
    return [[column.head for column in view.columns], *([cell.words for cell in row] for row in view.rows)]


def workbook(
    rows: list[list[Any]], formats: dict[str, str] | None = None, merge: str = "", sheets: int = 1, hide: str = ""
) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Costs"
    for row in rows:
        sheet.append(row)
    for cell, written in (formats or {}).items():
        sheet[cell].number_format = written
    if merge:
        sheet.merge_cells(merge)
    if hide.isdecimal():
        sheet.row_dimensions[int(hide)].hidden = True
    elif hide:
        sheet.column_dimensions[hide].hidden = True
    for number in range(1, sheets):
        book.create_sheet(f"Sheet {number}")
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_table_is_printed_by_the_language_of_the_brief(folder: Path) -> None:
    assert printed(folder) == [
        ["Model", "Year", "Cost", "Note"],
        ["A", "2023", "1,234.56", "first"],
        ["B", "2024", "−5.6", 'a "b", c'],
        ["C", "2025", "empty", "007"],
    ]
    assert printed(folder, "de")[1] == ["A", "2023", "1.234,56", "first"]


def test_columns_are_chosen_and_renamed(folder: Path) -> None:
    write(folder, brief("    columns: [Cost, Model]\n    heads: {Cost: Cost of training}\n"), "one.yaml")
    assert printed(folder)[:2] == [["Cost of training", "Model"], ["1,234.56", "A"]]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + CSV,
        CSV.replace("\n", "\r\n"),
        CSV.replace("\n", "\r\n") + "\r\n,,,\r\n",
        'Model;Year;Cost;Note\nA;2023;"1,234.56";first\nB;2024;-5.6;"a ""b"", c"\nC;2025;;007',
        CSV.replace('"a ""b"", c"', '"a ""b"",\nc"').replace("\nc", " c"),
        'Model\tYear\tCost\tNote\nA\t2023\t1,234.56\tfirst\nB\t2024\t-5.6\t"a ""b"", c"\nC\t2025\t\t007\n',
    ],
)
def test_csv_is_read_as_programs_write_it(folder: Path, text: str) -> None:
    write(folder, text)
    assert printed(folder)[2] == ["B", "2024", "−5.6", 'a "b", c']


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        (CSV.encode("utf-16"), "bad-csv", 1, 1, "UTF-16"),
        ("Model,Cost\nCafé,5\n".encode("latin-1"), "bad-csv", 2, 4, "“é”"),
        ("Model,Cost\nA,1,2\n", "bad-csv", 2, 5, "3 cells, but the first row has 2"),
        ("Model,Cost\nA,1\nB\n", "bad-csv", 3, 1, "1 cell, but the first row has 2"),
        ("Model,Cost\n\nA,1\n", "bad-csv", 2, 1, "1 cell"),
        ('Model,Cost\n"A,1\n', "bad-csv", 2, 1, "never closed"),
        ('Model,Cost\n"A"x,1\n', "bad-csv", 2, 4, "“x”"),
        ("Model,Cost;Year\nA,1\n", "bad-csv", 1, 1, "commas and semicolons"),
        ("", "bad-csv", 1, 1, "empty"),
        ("Model,Cost\n", "table-file", 8, 12, "only a header row"),
        ("Model,,Cost\nA,,5\n", "table-column", 1, 7, "column 2 has no name"),
        ("Cost,Cost\n1,2\n", "table-column", 1, 6, "two columns"),
        ("Model,Cost\nA,1.234\nB,5.678\n", "table-number", 2, 3, "1234, or 1 and 234 thousandths; so may 1 more cell"),
        ("Model,Cost\nA,1.5\nB,\"2,5\"\n", "table-number", 3, 3, "not written in the same way"),
        ("Model,Cost\nA,5\u200b\n", "invisible-character", 2, 4, "ZERO WIDTH SPACE"),
        ('Model,Note,Cost\nA,"two\nlines",1.234\nB,x,5.678\n', "table-number", 3, 8, "1234, or 1 and 234 thousandths"),
        ("Model\n" + "A\n" * 501, "table-too-large", 502, 1, "more than 500 rows"),
        ("Model\nA\n" + "\n" * 600 + "A\n", "table-too-large", 502, 1, "more than 500 rows"),
        ("Model\n" + "," * 1200 + "\n", "table-too-large", 2, 1001, "more than 1,000 cells"),
        (",".join(f"c{n}" for n in range(13)) + "\n" + ",".join("1" * 13) + "\n", "table-too-large", 8, 12, "13 columns"),
        ("Model\n" + "A" * 601 + "\n", "table-too-large", 2, 1, "601 characters"),
    ],
)  # fmt: skip
def test_each_mistake_in_a_csv_file_is_at_its_cell(
    folder: Path, text: str | bytes, code: str, line: int, column: int, words: str
) -> None:
    write(folder, text)
    problem = only(folder)
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (brief(file="data/cots.csv"), "table-file", 8),
        (brief(file="/etc/passwd.csv"), "table-file", 8),
        (brief(file="../captures/x.csv"), "table-file", 8),
        (brief(file="data/../../../x.csv"), "table-file", 8),
        (brief(file="data/costs.txt"), "table-file", 8),
        (brief(file="data/link.csv"), "table-file", 8),
        (brief("    columns: [Modle]\n"), "table-column", 9),
        (brief("    heads: {Modle: x}\n"), "table-column", 7),
        (brief("    numbers: de\n"), "table-number", 2),
        (brief("    numbers: english\n"), "unknown-language", 9),
        (brief().replace('    cite: "@talk, para. 1"\nquestions', "questions"), "uncited", 7),
        (brief().replace('    cite: "@talk, para. 1"\nquestions', '    cite: "@tlak"\nquestions'), "unknown-source", 10),
        (brief(summary="See [#table:cots]."), "unknown-fact", 5),
        (brief().replace("questions", '  - {id: costs, table: data/costs.csv, caption: x, cite: "@talk"}\nquestions'), "duplicate-id", 11),
    ],
)  # fmt: skip
def test_each_mistake_in_the_brief_has_its_code_and_line(folder: Path, text: str, code: str, line: int) -> None:
    outside = folder.parent / f"{folder.name}-outside.csv"
    outside.write_text(CSV)
    (folder / "briefs/data/link.csv").symlink_to(outside)
    write(folder, text, "one.yaml")
    assert [(one[0], one[2]) for one in found(folder)] == [(code, line)]


def test_a_table_that_is_wider_than_the_page_is_refused_with_both_measures(folder: Path) -> None:
    wide = ",".join(f"Incomprehensibilities{n}" for n in range(6)) + "\n" + ",".join("12345") + ",6\n"
    write(folder, wide)
    problem = only(folder)
    assert (problem.code, problem.place.line) == ("table-too-wide", 8)
    assert "235 mm, and the page has 170 mm" in problem.message
    write(folder, brief("    columns: [Incomprehensibilities1, Incomprehensibilities5]\n"), "one.yaml")
    assert found(folder) == []


def test_a_design_without_the_block_is_told(folder: Path) -> None:
    preset = folder / "templates/presets/own"
    shutil.copytree(template_roots()[0] / "presets/briefing", preset)
    described = (preset / "preset.yaml").read_text("utf-8").replace("  - tables\n", "")
    (preset / "preset.yaml").write_text(described, "utf-8")
    write(folder, brief() + "preset: own\n", "one.yaml")
    assert [(one[0], one[2]) for one in found(folder)] == [("table-not-printed", 7)]


ROWS: list[list[Any]] = [
    ["Model", "Cost", "Share", "Day"],
    ["A", 1234.5, 0.256, datetime.date(2024, 5, 1)],
    ["007", 0.1 + 0.2, 0.5, None],
]


def rewritten(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook with other bytes in its parts."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(held, "w") as changed:
        contents = {name: whole.read(name) for name in whole.namelist()}
        assert any(old in content for content in contents.values())
        for name, content in contents.items():
            changed.writestr(name, content.replace(old, new))
    return held.getvalue()


def in_workbook(folder: Path, data: bytes, more: str = "") -> None:
    write(folder, data, "data/costs.xlsx")
    write(folder, brief(more, file="data/costs.xlsx"), "one.yaml")


def test_a_workbook_is_printed_as_its_formats_say(folder: Path) -> None:
    in_workbook(folder, workbook([*ROWS, [None]], {"B2": "#,##0.00", "C2": "0.0%"}))
    assert printed(folder) == [
        ["Model", "Cost", "Share", "Day"],
        ["A", "1,234.50", "25.6%", "2024-05-01"],
        ["007", "0.3", "0.5", "empty"],
    ]


def test_a_part_of_a_sheet_is_chosen(folder: Path) -> None:
    in_workbook(folder, workbook(ROWS, sheets=2), "    sheet: Costs!A1:B2\n")
    assert printed(folder) == [["Model", "Cost"], ["A", "1234.5"]]
    in_workbook(folder, workbook(ROWS, hide="D"), "    sheet: Costs!A1:B2\n")
    assert printed(folder) == [["Model", "Cost"], ["A", "1234.5"]]


@pytest.mark.parametrize(
    ("data", "more", "words"),
    [
        (workbook(ROWS, sheets=2), "", "2 sheets"),
        (workbook(ROWS), "    sheet: Csts\n", "no sheet “Csts”"),
        (workbook([*ROWS, ["B", "=B2+1"]]), "", "Costs!B4 is a formula"),
        (workbook([*ROWS, ["B", "#DIV/0!"]]), "", "Costs!B4 is an error"),
        (workbook(ROWS, {"B2": '"EUR" 0.0'}), "", "Costs!B2 has the number format"),
        (workbook(ROWS, merge="A2:A3"), "", "A2:A3 are merged"),
        (workbook(ROWS, hide="3"), "", "row 3 is hidden"),
        (workbook(ROWS, hide="B"), "", "column B is hidden"),
        (workbook([[]]), "", "empty"),
        (workbook([["Model"], *([["A"]] * 600)]), "", "more than 500 rows"),
        (workbook([["Model"], ["A\u200bB"]]), "", "Costs!A2 has an invisible character"),
        (b"no workbook", "", "not an .xlsx file"),
        (rewritten(workbook(ROWS), b"</sheets>", b"<broken"), "", "the workbook cannot be read"),
        (workbook([["Model"], [datetime.timedelta(hours=30)]]), "", "Costs!A2 is a duration or no number"),
        (rewritten(workbook(ROWS), b"</sheetData>", b"<broken"), "", "the workbook cannot be read"),
        (
            rewritten(workbook([["Model"], [5.6]]), b"<v>5.6</v>", b"<v>1e999</v>"),
            "",
            "Costs!A2 is a duration or no number",
        ),
        (rewritten(workbook(ROWS, merge="A2:A3"), b'"A2:A3"', b'":::"'), "", "the workbook cannot be read"),
    ],
)
def test_each_mistake_in_a_workbook_is_told_with_its_cell(folder: Path, data: bytes, more: str, words: str) -> None:
    in_workbook(folder, data, more)
    problem = only(folder)
    assert (problem.code, problem.place.line) == ("table-sheet", 8)
    assert words in problem.message


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_not_unpacked(folder: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", b"0" * (65 << 20))
    in_workbook(folder, held.getvalue())
    assert "bytes when unpacked" in only(folder).message


def test_a_table_changes_the_trace_of_its_brief_alone(folder: Path) -> None:
    write(
        folder,
        brief(summary="It works.").partition("tables:")[0] + "questions:" + brief().partition("questions:")[2],
        "two.yaml",
    )

    def traces() -> list[dict[tuple[str, str], str]]:
        found = []
        for slug in ("one", "two"):
            reads = Reads(world_of(Project(folder), None))
            examine(reads, slug, f"briefs/{slug}.yaml")
            found.append(dict(reads.trace))
        return found

    before = traces()
    write(folder, CSV.replace("2025", "2026"))
    after = traces()
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_the_file_travels_in_the_pdf(folder: Path) -> None:
    reads = Reads(world_of(Project(folder), None))
    assert material(reads, examine(reads, "one", "briefs/one.yaml"))["briefs/data/costs.csv"] == CSV.encode()


def test_numbers_are_looked_for_in_the_captured_source(folder: Path) -> None:
    text = "In 2023, A cost 1,234.56 million dollars. B lost -5.6 million in 2024. Nothing is known of 2025."
    capture(folder, "talk", [("talk.txt", text.encode())], datetime.date(2024, 5, 3))
    write(folder, brief("    units: million US dollars\n"), "one.yaml")
    assert found(folder) == []
    write(folder, CSV.replace("-5.6", "-5.60"))
    assert found(folder) == [], "with its units it is the number of the source, in other digits"
    write(folder, CSV.replace("-5.6", "-6.5").replace("2023", "2022"))
    problem = only(folder)
    assert (problem.code, problem.place.line, problem.place.column) == ("table-unsupported", 2, 3)
    assert "“2022” and 1 more number are not in talk" in problem.message
    assert problem.hint.startswith("correct the numbers or the citation, or say under `derived` how they were computed")
    write(folder, CSV.replace("2023", "2022"))
    assert only(folder).hint.startswith(
        "correct the number or the citation, or say under `derived` how it was computed"
    )
    write(folder, CSV.replace("-5.6", "-6.5").replace("2023", "2022"))
    write(folder, brief("    derived: By us.\n"), "one.yaml")
    assert found(folder) == []


def test_the_lock_pins_a_table_for_clones_without_captures(folder: Path) -> None:
    from click.testing import CliRunner

    from generator.cli import cli

    text = "In 2023, A cost 1,234.56. B lost -5.6 in 2024. Nothing is known of 2025."
    capture(folder, "talk", [("talk.txt", text.encode())], datetime.date(2024, 5, 3))
    assert CliRunner().invoke(cli, ["-C", str(folder), "lock"]).exit_code == 0
    shutil.rmtree(folder / "captures")
    assert found(folder) == []
    write(folder, CSV.replace("-5.6", "-6.5"))
    assert [one[0] for one in found(folder)] == ["table-unsupported"]
    assert "cannot be checked: the lock does not contain them" in only(folder).message


def test_a_table_is_pinned_to_the_source_that_has_its_numbers(folder: Path) -> None:
    sources = (folder / "briefs/sources.yaml").read_text()
    write(folder, f"{sources}  - {{id: other, type: speech, title: Another}}\n", "sources.yaml")
    write(folder, brief().replace('"@talk, para. 1"', '"@other; @talk"', 1), "one.yaml")
    text = "In 2023, A cost 1,234.56. B lost -5.6 in 2024. Nothing is known of 2025."
    capture(folder, "talk", [("talk.txt", text.encode())], datetime.date(2024, 5, 3))
    assert brief_command("lock", cwd=folder).code == 0
    lock, _ = open_lock(Project(folder).open)
    assert lock.sources == {"talk"}
    assert found(folder) == []
    shutil.rmtree(folder / "captures")
    assert found(folder) == []


def test_a_pdf_with_a_workbook_and_shared_facts_is_verified_from_what_it_carries(folder: Path) -> None:
    in_workbook(folder, workbook(ROWS))
    write(folder, 'facts:\n  - {id: scope, claim: The run is the last one., cite: "@talk"}\n', "facts.yaml")
    write(folder, (folder / "briefs/one.yaml").read_text("utf-8") + "uses: [scope]\n", "one.yaml")
    assert brief_command("build", "one", cwd=folder).code == 0
    verified = brief_command("verify", "build/one.pdf", cwd=folder)
    assert "every byte is as built from its attachments" in verified.out
    assert verified.code == 0


def test_in_a_limited_worker_a_workbook_is_read_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "limits_here", [worker.Limits()])
    assert calls.sandboxed("it", os.getpid) == os.getpid()
    with pytest.raises(calls.GivenUp, match="it was given up: ValueError"):
        calls.sandboxed("it", int, "x")
    with pytest.raises(ValueError, match="invalid literal"):
        calls.sandboxed("it", int, "x", raises=ValueError)


def test_cells_are_lines_of_plain_text(folder: Path) -> None:
    write(folder, "Gas CO~2~,Tonnes\nin *all*,5\n10^6^ of it,6\n")
    assert found(folder) == [("markup-in-line", "data/costs.csv", 2, 1)]
    write(folder, "Gas CO~2~,Tonnes\nin all,5\n10^6^ of it,6\n")
    assert printed(folder) == [["Gas CO₂", "Tonnes"], ["in all", "5"], ["10⁶ of it", "6"]]
