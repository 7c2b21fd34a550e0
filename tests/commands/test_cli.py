"""The real command, run as its users run it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.run import brief


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    assert brief("init", "desk", cwd=folder).code == 0
    return folder / "desk"


@pytest.fixture
def project(starter: Path, tmp_path: Path) -> Path:
    """A folder as `brief init` leaves it."""
    return Path(shutil.copytree(starter, tmp_path / "desk"))


TEN_MISTAKES = """\
title: A brief with ten mistakes
subtitel: misspelt key
date: 2024-13-01
status: redy
experts: [example-a, example-b, example-c]
summary: Something [@debate-2025, para. 2] and [#cots].
facts:
  - id: cost
    claim: It costs much.
    figures: [{amount: plenty, unit: EUR, by: someone, cite: "@debate-2024, pg. 1"}]
questions:
  - id: keep
    ask: Should it stay?
    scale: [End it, Keep it]
    positions:
      example-a: {stance: Kep it, says: Yes., cite: "@debate-2024, para. 2"}
"""


def test_a_new_project_checks_and_builds_and_the_second_build_does_nothing(project: Path) -> None:
    checked = brief("check", cwd=project)
    assert checked.code == 0, checked.out
    built = brief("build", cwd=project)
    assert built.code == 0, built.err
    assert (project / "build/example.pdf").read_bytes().startswith(b"%PDF-")
    assert "<h1>Should the invented tariff stay?</h1>" in (project / "build/example.html").read_text("utf-8")
    times = {path: path.stat().st_mtime_ns for path in (project / "build").glob("example.*")}
    again = brief("build", cwd=project)
    assert again.code == 0
    assert again.out == "nothing to do: 1 brief up to date\n"
    assert {path: path.stat().st_mtime_ns for path in (project / "build").glob("example.*")} == times


def test_ten_mistakes_are_all_named_at_their_lines(project: Path) -> None:
    (project / "briefs/mistakes.yaml").write_text(TEN_MISTAKES, "utf-8")
    ran = brief("check", "mistakes", "--format", "json", cwd=project)
    assert ran.code == 1
    found = {(p["code"], p["line"]) for p in json.loads(ran.out) if p["severity"] == "error"}
    assert found >= {
        ("unknown-key", 2),
        ("bad-date", 3),
        ("bad-value", 4),
        ("unknown-expert", 5),
        ("unknown-source", 6),
        ("unknown-fact", 6),
        ("bad-amount", 10),
        ("unknown-locator", 10),
        ("unknown-stance", 16),
        ("blank-cell", 12),
    }


def test_problems_are_drawn_with_line_caret_and_hint_relative_to_where_one_stands(project: Path) -> None:
    (project / "briefs/mistakes.yaml").write_text(TEN_MISTAKES, "utf-8")
    (project / "deep").mkdir()
    ran = brief("check", "mistakes", cwd=project / "deep")
    assert "../briefs/mistakes.yaml:2:1: error[unknown-key]: unknown key 'subtitel'\n" in ran.out
    assert "    2 | subtitel: misspelt key\n      | ^^^^^^^^\n  hint: did you mean 'subtitle'?\n" in ran.out
    assert "\x1b[" not in ran.out


def test_c_names_the_folder_to_work_in(project: Path) -> None:
    ran = brief("-C", "desk", "check", cwd=project.parent)
    assert ran.code == 0
    assert brief("-C", "nowhere", "check", cwd=project.parent).code == 2


def test_colour_can_be_forced_and_no_color_is_honoured(project: Path) -> None:
    (project / "briefs/mistakes.yaml").write_text(TEN_MISTAKES, "utf-8")
    assert "\x1b[" in brief("--color", "always", "check", cwd=project).out
    assert "\x1b[" not in brief("check", cwd=project, NO_COLOR="1").out


def test_each_format_is_what_it_says(project: Path) -> None:
    assert json.loads(brief("check", "--format", "json", cwd=project).out) is not None
    (project / "briefs/mistakes.yaml").write_text(TEN_MISTAKES, "utf-8")
    github = brief("check", "--format", "github", cwd=project).out
    assert "::error file=briefs/mistakes.yaml,line=2,col=1,title=unknown-key::unknown key 'subtitel'" in github
    log = json.loads(brief("check", "--format", "sarif", cwd=project).out)
    assert log["version"] == "2.1.0"
    rules = {rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in log["runs"][0]["results"]} <= rules


def test_a_brief_with_errors_keeps_its_last_good_output(project: Path) -> None:
    assert brief("build", cwd=project).code == 0
    before = {path.name: path.read_bytes() for path in (project / "build").glob("example.*")}
    file = project / "briefs/example.yaml"
    file.write_text(file.read_text("utf-8").replace("stance: Keep it", "stance: Kep it"), "utf-8")
    ran = brief("build", cwd=project)
    assert ran.code == 1
    assert "error[unknown-stance]" in ran.err
    assert {path.name: path.read_bytes() for path in (project / "build").glob("example.*")} == before
    again = brief("build", cwd=project)
    assert again.code == 1
    assert "error[unknown-stance]" in again.err


def test_a_depfile_names_what_each_output_rests_on_from_where_one_stands(project: Path) -> None:
    ran = brief("-C", "desk", "build", "--depfile", "made.d", cwd=project.parent)
    assert ran.code == 0, ran.err
    rule = next(
        line
        for line in (project.parent / "made.d").read_text("utf-8").splitlines()
        if " desk/build/example.pdf: " in line
    )
    outputs, _, inputs = rule.partition(": ")
    assert outputs.split() == [
        "desk/build/embed/example/positions.html",
        "desk/build/embed/example/strip-keep.html",
        "desk/build/example.html",
        "desk/build/example.pdf",
    ]
    assert {"desk/briefs/example.yaml", "desk/briefs/house.yaml", "desk/briefs/sources.yaml"} <= set(inputs.split())


def test_a_step_that_takes_too_much_is_stopped_and_said_to_be(project: Path) -> None:
    ran = brief("build", "--memory-limit", "64", cwd=project)
    assert ran.code == 3
    assert "briefs/example.yaml: could not be built" in ran.err
    assert not (project / "build/example.pdf").exists()


def test_a_cache_elsewhere_serves_a_second_folder(project: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(project, tmp_path / "other"))
    assert brief("build", "--cache", str(tmp_path / "kept"), cwd=project).code == 0
    ran = brief("build", "--cache", str(tmp_path / "kept"), "--json", cwd=other)
    assert ran.code == 0, ran.err
    assert (other / "build/example.pdf").read_bytes() == (project / "build/example.pdf").read_bytes()


def test_outputs_of_a_vanished_fact_file_go_with_it(project: Path) -> None:
    assert brief("build", "--no-site", cwd=project).code == 0
    (project / "build/keep.txt").write_text("mine", "utf-8")
    (project / "briefs/example.yaml").rename(project / "briefs/renamed.yaml")
    assert brief("build", "--no-site", cwd=project).code == 0
    assert sorted(path.name for path in (project / "build").glob("*.*") if path.is_file()) == [
        "keep.txt",
        "renamed.html",
        "renamed.pdf",
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("biuld",), "did you mean 'build'?"),
        (("check", "exampel"), "did you mean 'example'?"),
        (("explain", "unkown-key"), "did you mean 'unknown-key'?"),
        (("check", "--format", "xml"), "xml"),
        (("new", "Not A Slug"), "cannot be part of an address"),
        (("new", "example"), "exists already"),
    ],
)
def test_wrong_use_is_explained_and_exits_with_2(project: Path, arguments: tuple[str, ...], says: str) -> None:
    ran = brief(*arguments, cwd=project)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_outside_a_project_one_is_told_how_to_start_one(tmp_path: Path) -> None:
    ran = brief("build", cwd=tmp_path)
    assert ran.code == 2
    assert "brief init" in ran.err


def test_init_leaves_what_is_there(project: Path) -> None:
    (project / "briefs/house.yaml").write_text("name: Mine\n", "utf-8")
    ran = brief("init", cwd=project)
    assert "kept" in ran.out
    assert (project / "briefs/house.yaml").read_text("utf-8") == "name: Mine\n"


def test_a_new_fact_file_is_sound_as_far_as_it_goes(project: Path) -> None:
    assert brief("new", "trade-rules", cwd=project).code == 0
    problems = json.loads(brief("check", "trade-rules", "--format", "json", cwd=project).out)
    assert [p for p in problems if p["severity"] == "error"] == []


def test_a_fault_of_ours_is_said_to_be_one_with_a_report_to_paste(project: Path) -> None:
    code = "import sys, generator.pipeline.inspect_project as p; p.inspect = None; from generator.cli import run; sys.exit(run(['check']))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)
    assert ran.returncode == 3
    assert "a bug in the program" in ran.stderr
    assert "TypeError" in ran.stderr


@pytest.mark.parametrize(
    ("command", "code", "message"),
    [
        ("explain > /dev/full", 2, "brief: cannot read or write the output: no space left on device"),
        ("init briefs/house.yaml", 2, "house.yaml/briefs: not a directory"),
        ("schema >&-", 0, ""),
        ("check >&- <&-", 0, ""),
    ],
)
def test_what_the_system_refuses_is_no_fault_of_the_program(
    project: Path, command: str, code: int, message: str
) -> None:
    ran = subprocess.run(
        f"{sys.executable} -m generator {command}", shell=True, cwd=project, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr.count("\n") > 1) == (code, False)
    assert message in ran.stderr


def test_a_reader_that_goes_away_is_no_fault(project: Path) -> None:
    ran = subprocess.run(
        f"{sys.executable} -m generator explain --markdown | head -1",
        shell=True,
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout == "# Problems\n"
    assert ran.stderr == ""


def test_a_missing_shared_file_is_a_problem_not_a_crash(project: Path) -> None:
    (project / "briefs/sources.yaml").unlink()
    ran = brief("check", cwd=project)
    assert ran.code == 1
    assert "briefs/sources.yaml:1:1: error[unreadable-file]" in ran.out


def test_explain_tells_about_a_code_and_lists_all() -> None:
    told = brief("explain", "unknown-stance", cwd=Path())
    assert told.code == 0
    assert "Wrong:" in told.out
    listed = brief("explain", cwd=Path())
    assert "duplicate-key" in listed.out
