from __future__ import annotations

from pathlib import Path

import pytest

from generator.cli import run

BIB = """@report{story,
  title = {A story}, institution = {Example Institute}, date = {2031-03-05},
  owner = {someone else},
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "briefs").mkdir()
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    return tmp_path


def imported(project: Path, *options: str) -> int:
    return run(["-C", str(project), "import", str(project / "refs.bib"), *options])


def sources(project: Path) -> Path:
    return project / "briefs" / "sources.yaml"


def test_writes_what_is_new(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(project) == 0
    out, err = capsys.readouterr()
    assert sources(project).read_text(encoding="utf-8") == (
        "references:\n  - id: story\n    type: report\n    title: A story\n"
        '    publisher: Example Institute\n    issued: "2031-03-05"\n'
    )
    assert "added 1" in out
    assert "refs.bib:3" in err
    assert "'owner' of 'story'" in err


def test_dry_run_shows_and_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(project, "--dry-run") == 0
    assert "+  - id: story" in capsys.readouterr().out
    assert not sources(project).exists()


def test_differences_are_reported_until_updated(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = "references:\n  - id: story  # mine\n    type: report\n    title: My title\n"
    sources(project).write_text(mine, encoding="utf-8")
    assert imported(project) == 0
    assert "'title' of 'story' is “My title” here" in capsys.readouterr().err
    assert sources(project).read_text(encoding="utf-8") == mine
    assert imported(project, "--update", "story", "--update", "typo") == 0
    assert "typo" in capsys.readouterr().err
    assert "id: story  # mine\n    type: report\n    title: A story\n" in sources(project).read_text(encoding="utf-8")


def test_a_bad_file_is_an_error_at_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "refs.bib").write_text("@report{a,\n  title = {b}\n@report{", encoding="utf-8")
    assert imported(project) == 1
    assert "refs.bib:1:1: error[bad-import-entry]" in capsys.readouterr().err


def test_a_sources_file_in_another_form_is_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources(project).write_text("references: [{id: a}]\n", encoding="utf-8")
    assert imported(project) == 1
    assert "sources.yaml:1:1: error[not-mergeable]" in capsys.readouterr().err


def test_other_kinds_of_file_are_wrong_use(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "refs.docx").write_bytes(b"")
    assert run(["-C", str(project), "import", str(project / "refs.docx")]) == 2
    assert ".bib, .ris, .json" in capsys.readouterr().err
